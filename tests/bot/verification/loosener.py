"""Makes lies out of true sentences by loosening what they hang on: conditions, limits, rates, sides, whose they are."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from vectorstore.model import Document
from vectorstore.tokens import words

Way = Callable[[str, Document, random.Random], "str | None"]
_RULE = r"(?:可以|应当|必须|不得|给予|奖励|补助|免收|处以?\d|依法)"
_CONDITION = re.compile(
    rf"(?:(?<=^)|(?<=[，,；;]))[^，,。；;：:]{{4,40}}(?:的|后|时)[，,](?=[^，,。；;]{{0,8}}{_RULE})"
)
_LIMIT = re.compile(
    r"首次|第一次|规模以上|限额以上|连续(?=\d|缴)|新(?:认定|获批|引进|注册)的?|(?<!最[长高多短低少])(?<!最[高低]额度)(?:最高|最多|至多|不超过|不低于|不少于)(?=\d)"
    r"|经[^，。；、]{2,14}(?:批准|同意|审核)后?[，,]?(?=[^，。；]{0,6}可以?)"
)
_RATE = re.compile(r"(?:每年|每月|每季度|每人|每户|年均|人均|户均|亩均|日均)(?=[^，,。；;\d]{0,10}\d)")
_DONE = re.compile(r"已(?:经)?(?=[建完形达培设开组覆])")
_PAIRS = (("年起", "年前"), ("日起", "日前"), ("年底前", "年起"), ("个工作日", "天"), ("或者", "和"), ("以内", "以外"))
_SPAN = re.compile(
    r"[由从](?P<a>\d[\d.]*[万亿]?)(?P<u>[^\d，。；]{1,4})(?P<m>[^，。；\d]{0,6}[至到])(?P<b>\d[\d.]*[万亿]?)(?P=u)"
)
_RESPECTIVELY = re.compile(
    r"[和与、][^，。；\d]{1,14}分别[^，。；\d]{0,8}(?P<a>\d[\d.]*)(?P<m>[^，。；\d]{1,6}[和、])(?P<b>\d[\d.]*)"
)
_GENERAL_WORDS = """
同时 其中 通过 主要 分别 根据 进一步 按照 为了 并且 以及 可以 应当 每年 全市 全省 全县 全区
"""
_GENERAL = frozenset(_GENERAL_WORDS.split())


def _without(pattern: re.Pattern[str]) -> Way:
    def make(text: str, document: Document, chance: random.Random) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        match = chance.choice(found)
        return text[: match.start()] + text[match.end() :]

    return make


def _to_come(text: str, document: Document, chance: random.Random) -> str | None:
    """What is done told as to come."""
    return _DONE.sub("将", text, count=1) if _DONE.search(text) and not re.search("将|拟|计划", text) else None


def _shifted(text: str, document: Document, chance: random.Random) -> str | None:
    able = [(old, new) for old, new in _PAIRS if old in text and f"{old}施行" not in text and f"{old}实施" not in text]
    return text.replace(*chance.choice(able), 1) if able else None


def _turned_round(text: str, document: Document, chance: random.Random) -> str | None:
    """Where it comes from and where it goes to, or which is whose of 分别, exchanged."""
    match = _SPAN.search(text) or _RESPECTIVELY.search(text)
    if not match or match["a"] == match["b"]:
        return None
    (a, b), (c, d) = match.span("a"), match.span("b")
    return text[:a] + match["b"] + text[b:c] + match["a"] + text[d:]


def _anothers(text: str, document: Document, chance: random.Random) -> str | None:
    """What a clause gives a figure of, in the place of what the next one does: 地铁延长1小时 told of 公交."""
    clauses = [c for c in re.split(r"[，,；;。]", text) if re.search(r"\d", c)]
    heads = [(c, w[0]) for c in clauses if (w := words(c)) and len(w) > 2 and _is_head(w[0], c)]
    able = [(c, head, other) for c, head in heads for _, other in heads if other != head and other not in c]
    if not able:
        return None
    clause, head, other = chance.choice(able)
    return clause.replace(head, other, 1) + "。" if head not in other and other not in head else None


def _is_head(word: str, clause: str) -> bool:
    usable = len(word) >= 3 and clause.startswith(word) and word not in _GENERAL
    return usable and not re.search(r"[\d省市区县]|^[对将把在由为到从]", word)


def _of_the_other(text: str, document: Document, chance: random.Random) -> str | None:
    """Of 甲…，一次发放；乙…，分年发放 what is said of the other: 甲分年发放."""
    groups = [[c for c in re.split(r"[，,]", g) if c.strip()] for g in re.split(r"[；;]", text.rstrip("。；; "))]
    able = [
        g
        for g in groups
        if len(g) >= 2 and not re.search("[年月日]$", g[0]) and (w := words(g[0])) and _is_head(w[0], g[0])
    ]
    if len(able) < 2:
        return None
    one, other = chance.sample(able, 2)
    head, own = words(one[0])[0], words(other[0])[0]
    if head == own or head in "".join(other) or other[-1] in "".join(one) or own in other[-1]:
        return None
    return f"{one[0]}，{other[-1]}。"


LOOSENED: tuple[tuple[str, Way], ...] = (
    ("condition dropped", _without(_CONDITION)), ("limit dropped", _without(_LIMIT)),
    ("rate dropped", _without(_RATE)), ("told as to come", _to_come), ("shifted", _shifted),
    ("turned round", _turned_round), ("another's figure", _anothers), ("of the other", _of_the_other),
)  # fmt: skip
