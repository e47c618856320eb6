"""Which side of a comparison or a change things stand on: 甲不低于乙 isn't 乙不低于甲, nor 由甲扩展至乙 扩展至甲."""

from __future__ import annotations

import re
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.wording import content

_COMPARES: Final = re.compile(
    "不低于|不高于|不少于|不多于|不超过|高于|低于|多于|少于|大于|小于|优于|快于|慢于|早于|晚于"
)
_WORD: Final = re.compile("[\u4e00-\u9fff]{2}")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_CHANGES: Final = re.compile("(?:扩展|扩大|调整|变更|转变|延伸|升级|拓展|转化|修改|改)(?:到|至|为)")


def compared_alike(clause: str, source: str) -> bool:
    """Whether what `clause` compares, or has one become the other, stands on the same sides in the `plain` sentence
    `source`, as far as its words stand on one side only there."""
    for sign in (_COMPARES, _CHANGES):
        for match in sign.finditer(clause):
            left, right = _sides(clause, match.start(), match.end())
            for part in clauses_of(_BRACKETS.sub("", source)):
                for there in re.finditer(match.group(), part):
                    its_left, its_right = _sides(part, there.start(), there.end())
                    crossed = bool(right & (its_left - its_right)) and not right & (its_right - its_left)
                    back = bool(left & (its_right - its_left)) or sign is _CHANGES
                    if crossed and back:
                        return False
    return True


def _sides(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words before and behind the sign at text[start:end]."""
    left, right = content(text[:start]), content(text[end:])
    return frozenset(filter(_WORD.match, left)), frozenset(filter(_WORD.match, right))
