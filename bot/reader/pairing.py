"""What the reader sees of a question and a passage together: which words of one stand in the other."""

from __future__ import annotations

import re

import numpy as np

from bot.reader.tokens import FORMS, MARK, Numbers, Tokens

_ASKS = tuple(
    map(
        re.compile,
        (
            "多少|几|多[大高长久]",
            "何时|什么时候|时间|日期|哪[天年月日]|期限",
            "谁|哪位|何人",
            "哪里|哪儿|何处|地点|在哪|哪[个座]?(?:城市|国家|省|市|地方|地区)",
            "哪些|哪几",
            "为什么|为何|原因|因何",
            "如何|怎么|怎样",
            "什么|何|哪",
            "吗|是否|能否|有没有",
            "多少钱|金额|罚款|比例|利率|率",
        ),
    )
)
_ASKING = re.compile("多少|几|何时|什么|时候|时间|日期|谁|哪|何|地点|为什么|如何|怎么|怎样|是否|吗")
_OF_PASSAGE, _OF_QUESTION = 8, 3
PASSAGE_COLUMNS = FORMS + 1 + _OF_PASSAGE
QUESTION_COLUMNS = FORMS + 1 + _OF_QUESTION + len(_ASKS)


def paired(question: Tokens, text: str, passage: Tokens, title: int) -> tuple[Numbers, Numbers]:
    """The columns of the question's tokens and of the passage's, of which the first `title` are its title.

    `text` is the question's. The last column of a passage's tokens says whether they are the title's.
    """
    beside, there = _columns(question, passage, title)
    asks = np.array([bool(pattern.search(text)) for pattern in _ASKS], dtype=np.float32)
    rows = len(question.surfaces)
    asked = [question.forms, question.rarity[:, None], there, np.broadcast_to(asks, (rows, len(_ASKS)))]
    return np.concatenate(asked, axis=1), np.concatenate([passage.forms, passage.rarity[:, None], beside], axis=1)


def _columns(question: Tokens, passage: Tokens, title: int) -> tuple[Numbers, Numbers]:
    rare = {said: rarity for said, rarity in zip(question.surfaces, question.rarity, strict=True) if said != MARK}
    asked = "".join(said for said in question.surfaces if said != MARK)
    pairs = {asked[i : i + 2] for i in range(len(asked) - 1)}
    beside = np.zeros((len(passage.surfaces), _OF_PASSAGE), dtype=np.float32)
    beside[:title, 7] = 1
    before = ""
    for row, said in enumerate(passage.surfaces):
        if said == MARK:
            before = ""
            continue
        held = said in rare
        if held:
            beside[row, 0], beside[row, 1] = 1, rare[said]
        if len(said) > 1:
            beside[row, 2] = sum(said[i : i + 2] in pairs for i in range(len(said) - 1)) / (len(said) - 1)
        beside[row, 3] = sum(char in asked for char in said) / len(said)
        if before and before[-1] + said[0] in pairs:
            beside[row, 4] = beside[row - 1, 5] = 1
        if said[0].isdigit():
            beside[row, 6] = 1 if held else -1
        before = said
    words, whole = set(passage.surfaces), "".join(passage.surfaces)
    there = np.array(
        [
            (said in words, said in whole, bool(_ASKING.search(said))) if said != MARK else (0, 0, 0)
            for said in question.surfaces
        ],
        dtype=np.float32,
    ).reshape(-1, _OF_QUESTION)
    return beside, there
