"""Dates and parts of a year in a text: 12.28日 is 12月28日, 二〇一七年 is 2017年, and 2030年前 isn't 2030年起."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from bot.verification.numerals import whole

_DATES: Final = re.compile(
    r"(?P<y>(?:19|20)\d{2}|[一二][〇零○\d一二三四五六七八九]{3})(?:年(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?|(?=[^\d]|$))"
    r"|(?P<sep>[-/.])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?!\d))"
    r"|(?P<fy>(?:19|20)\d{2})(?=年?(?:-|–|—|~|至|到)+(?:19|20)\d{2}年)"
    r"|(?<![\d.])(?P<m3>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<d3>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
    r"|(?<![\d.])(?P<m4>1[0-2]|[1-9])\.(?P<d4>[12]\d|3[01]|[1-9])日"
    r"|(?<![\d.个几数])(?P<m5>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?![之内])"
)
PERIODS: Final = re.compile(
    r"[上下]半年|第?[一二三四1-4]季度|全年|[年月]底|[年月]末|[年月]初|[每次当今去前][年月日天周]|前\d+个月"
)


@dataclass(frozen=True, slots=True)
class Day:
    """text[start:end] of a `plain` text is a date; what it leaves out is None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    side: Literal["", "by", "before", "from"] = ""
    """Until when (到2030年, 2030年前) or from when on (2030年起) what is told holds; "" for then."""


@lru_cache(maxsize=4096)
def days(text: str) -> tuple[Day, ...]:
    """The dates in a `plain` text, in order."""
    return tuple(found for match in _DATES.finditer(text) if (found := _day(match)))


@lru_cache(maxsize=8192)
def periods(text: str) -> tuple[str, ...]:
    """The parts of a year that a `plain` text names, and what recurs: 上半年, 第二季度, 每年."""
    return tuple(match.group().removeprefix("第") for match in PERIODS.finditer(text))


def _day(match: re.Match[str]) -> Day | None:
    year = match["y"] or match["fy"]
    month = match["m"] or match["m2"] or match["m3"] or match["m4"] or match["m5"]
    day = match["d"] or match["d2"] or match["d3"] or match["d4"]
    numbers = [None if part is None else whole(part) for part in (year, month, day)]
    if (numbers[1] or 1) > 12 or (numbers[2] or 1) > 31:
        return None
    return Day(match.start(), match.end(), numbers[0], numbers[1], numbers[2], _side(match))


_UNTIL: Final = re.compile(r"[底末]?[以之]?前(?!\d|[一二三四五六七八九十]个)")
_ON: Final = re.compile(r"[底末]?(?:起(?!施行)|[以之]?后(?![续备勤期劲方者来果台进援天半])|以来|开始)")


def _side(match: re.Match[str]) -> Literal["", "by", "before", "from"]:
    if _UNTIL.match(match.string, match.end()):
        return "before"
    if _ON.match(match.string, match.end()):
        return "from"
    return "by" if match.string[: match.start()].endswith(("到", "截止", "截至")) else ""
