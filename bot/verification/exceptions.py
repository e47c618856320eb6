"""What is excepted (除…外): it isn't told as the rule, and a rule for all isn't told without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts

_EXCEPT: Final = re.compile(
    r"除(?![夕尘湿雪冰霜草虫名去非])(?P<what>[^;。]{2,120}?)[以之]?外(?![地国出来部围资卖省])(?!,?[^,;。]{0,16}[还也亦])"
)
"""除甲外，乙; not 除甲外，还乙, which has both."""
_EXCEPTED: Final = re.compile(r"(?P<what>[^,;。()]{2,60}?)的?(?:除外|不在此限|不适用)")
_SAYS_SO: Final = re.compile("除|外|不在此限|不适用|例外")
_UNENDED: Final = re.compile("(?<![解免清消排扣拆废删根开铲剔切])除(?![夕尘湿雪冰霜草虫名去非])(?![^;。]*外)")
"""What is excepted, without what ends it."""
_RESERVED: Final = re.compile("另有规定|另有约定|特殊情况|不可抗力")
"""What nearly every rule reserves, and a summary may leave out."""
_FOR_ALL: Final = re.compile("一律|所有|全部|均|都|凡|任何|一切|必须|应当|不得|严禁|禁止|不能")
_HEDGED: Final = re.compile("一般|原则上|通常|大多")


def exceptions_alike(clause: str, whole: str, source: str) -> bool:
    """Whether what `clause` tells is excepted in it if it is in `source`, and the sentence `whole` of the answer has
    the exception to a rule for all; all are `reading`s."""
    if "除" not in source and not _EXCEPTED.search(source):
        return True
    parts, mine = clauses_of(source), counterparts(clause, source)
    if not mine:
        return True
    if _EXCEPT.search(source) and "除" in clause and _UNENDED.search(whole):
        return False
    marked = _SAYS_SO.search(whole) is not None
    excepted = [_excepted(source, parts, n) for n in mine]
    if all(excepted) and not marked:
        return False
    governed = any(
        not _RESERVED.search(found["what"]) and _governs(found, source, parts, mine)
        for found in _EXCEPT.finditer(source)
    )
    return marked or not governed or any(excepted) or bool(_HEDGED.search(whole)) or not _FOR_ALL.search(clause)


def _at(source: str, parts: Sequence[str], n: int) -> int:
    """Where the clause `n` of `source` begins."""
    at = 0
    for part in parts[:n]:
        at = source.index(part, at) + len(part)
    return source.index(parts[n], at)


def _excepted(source: str, parts: Sequence[str], n: int) -> bool:
    """Whether the clause `n` of `source` lies within an exception of more than one clause, or is one."""
    start = _at(source, parts, n)
    found = (match.span() for pattern in (_EXCEPT, _EXCEPTED) for match in pattern.finditer(source))
    return any(a <= start and start + len(parts[n]) <= b for a, b in found)


def _governs(found: re.Match[str], source: str, parts: Sequence[str], mine: Sequence[int]) -> bool:
    """Whether the exception `found` stands before one of the clauses `mine`, in the same sentence."""
    starts = [_at(source, parts, n) for n in mine]
    return any(found.end() <= start and not re.search("[;。]", source[found.end() : start]) for start in starts)
