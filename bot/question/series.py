"""Members of a series told apart by their number (第五次大督查, 第六届会议, 第二级): of another is no answer."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.question.counting import numeral

_PERIOD = re.compile(r"[上下]半年|全年|前?[一二三四]季度")
_MEMBER = re.compile(r"第\s*([零百一二三四五六七八九十两\d]{1,5})\s*([次届批期轮号][\u4e00-\u9fff]{2})")

_RANK = re.compile(r"第\s*([一二三四五六七八九十两\d]{1,3})\s*([级档类等批梯阶])(?!学校|中学|小学|医院)")


@lru_cache(maxsize=64)  # of one question and the few documents that it finds
def members(text: str) -> frozenset[tuple[str, int]]:
    """What `text` names by its number in a series: (次督查, 5)."""
    return frozenset((m[2], n) for m in _MEMBER.finditer(text) if (n := numeral(m[1])) is not None)


def of_another_period(asked: str, told: str) -> bool:
    """Whether `told` is of another half or quarter of a year than `asked` names (下半年, where it has 上半年)."""
    named = _periods(asked)
    there = set(_PERIOD.findall(told)) if named else set()
    return bool(there) and not named & there


@lru_cache(maxsize=64)  # one question is asked of hundreds of sentences
def _periods(text: str) -> frozenset[str]:
    return frozenset(_PERIOD.findall(text))


@lru_cache(maxsize=1024)  # one question is asked of every part of its sentences
def ranks(text: str) -> frozenset[tuple[str, int]]:
    """The steps of a scale that `text` names: 第二级 is (级, 2), with what stands behind it or without."""
    return frozenset((m[2], n) for m in _RANK.finditer(text) if (n := numeral(m[1])) is not None)


def of_another_rank(asked: str, told: str) -> bool:
    """Whether `told` is of steps of the scale that `asked` names one of, and of that one not."""
    named = ranks(asked)
    there = {rank for rank in ranks(told) if rank[0] in {kind for kind, _ in named}} if named else set()
    return bool(there) and not named & there


def of_another_member(asked: str, told: str) -> bool:
    """Whether `told` speaks of a series that `asked` names a member of, and of that member nowhere."""
    named = members(asked)
    if not named:
        return False
    there = members(told)
    kinds = {kind for kind, _ in there}
    return any(kind in kinds and (kind, number) not in there for kind, number in named)
