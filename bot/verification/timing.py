"""Whether a clause tells of the same time as the source: its dates, spans of years and parts of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verification.binding import governing
from bot.verification.confines import same_rate
from bot.verification.counterpart import told_of
from bot.verification.dates import Day, days, periods
from bot.verification.ground import Ground

_GOES_TO = re.compile(
    r"(?P<goes>延长|推迟|延期|提前|顺延|延后|缓缴|放宽|延续)(?P<until>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末))"
)
"""What goes to a date says so; without 至 it would be told by how much."""
_NOW = re.compile("^(?:现|目前|如今|当前|今)(?=[为是任有设属已称在])")
_DAY_ALONE = re.compile(r"(?<![月\d])(\d{1,2}日|[今明去]年|当日|次日)([前起后])")
_RANGE = re.compile(r"(\d{4})年?(?:-|–|—|~|至|到)+(\d{4})年")


def dated_alike(clause: str, ground: Ground, i: int) -> bool:
    """Whether each date of the clause is the source's, or governs it where the source gives none of its kind."""
    source = ground.plains[i]
    here = days(source)
    if len(here) > 1 and (bound := governing(clause, source, days)):
        here = tuple(bound)
    for told in _GOES_TO.finditer(clause):
        if told.group() not in source and re.search(f"{told['goes']}[至到]{told['until']}", source):
            return False
    sides = dict(_DAY_ALONE.findall(source))
    if any(sides.get(day, side) != side for day, side in _DAY_ALONE.findall(clause)):
        return False
    if not set(_RANGE.findall(clause)) <= set(_RANGE.findall(f"{source}。{ground.context}")):
        return False
    known = _NOW.search(told_of(clause, source)) is not None or any(day.year for day in days(source))
    return all(_datestands(day, here, ground.days_before(i), known=known) for day in days(clause)) and _timed(
        clause, source, ground
    )


def _timed(clause: str, source: str, ground: Ground) -> bool:
    """Whether each part of a year that the clause names is the source's: 上半年, 每年."""
    named = periods(clause)
    here = governing(clause, source, periods) if len(set(periods(source))) > 1 else list(periods(source))
    told = told_of(clause, source)
    return all(period in (here or periods(ground.context)) or same_rate(period, told) for period in named)


def _datestands(day: Day, here: Sequence[Day], governing: Sequence[Day], *, known: bool) -> bool:
    """Whether `day` is one of a sentence's own, `here`, or of those `governing` it, unless that has its time itself
    (`known`: now, or a year)."""
    if any(_within(day, other) for other in here):
        return True
    if day.year is not None and day.month is not None:  # 2016年12月28日 where the source has 12.28日, of 2016
        dated = any(_within(Day(0, 0, None, day.month, day.day), other) and other.year is None for other in here)
        return dated and any(other.year == day.year for other in governing)
    if day.year is not None and any(other.year is not None for other in here):
        return False
    if day.year is not None and day.month is None and all(other.year is None for other in here):
        return not known and any(other.year == day.year for other in governing)
    return not here and not known and any(_within(day, other) for other in governing)


def _within(day: Day, other: Day) -> bool:
    """Whether `other` is the same date, or the same and more exact."""
    if day.side in ("before", "from") and other.side not in (day.side, "by" if day.side == "before" else day.side):
        return False  # 2031年起 isn't 2031年前
    pairs = ((day.year, other.year), (day.month, other.month), (day.day, other.day))
    return all(mine is None or mine == its for mine, its in pairs)
