"""Whether a clause tells of the same time as the source: its dates, spans of years and parts of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verification.binding import governing
from bot.verification.confines import same_rate
from bot.verification.counterpart import told_of
from bot.verification.dates import Day, days, periods
from bot.verification.ground import Ground

_RANGE = re.compile(r"(\d{4})年?(?:-|–|—|~|至|到)+(\d{4})年")


def dated_alike(clause: str, ground: Ground, i: int) -> bool:
    """Whether each date of the clause is the source's, or governs it where the source gives none of its kind."""
    source = ground.plains[i]
    here = days(source)
    if len(here) > 1 and (bound := governing(clause, source, days)):
        here = tuple(bound)
    if not set(_RANGE.findall(clause)) <= set(_RANGE.findall(f"{source}。{ground.context}")):
        return False
    return all(_datestands(day, here, ground.days_before(i)) for day in days(clause)) and _timed(clause, source, ground)


def _timed(clause: str, source: str, ground: Ground) -> bool:
    """Whether each part of a year that the clause names is the source's: 上半年, 每年."""
    named = periods(clause)
    here = governing(clause, source, periods) if len(set(periods(source))) > 1 else list(periods(source))
    told = told_of(clause, source)
    return all(period in (here or periods(ground.context)) or same_rate(period, told) for period in named)


def _datestands(day: Day, here: Sequence[Day], governing: Sequence[Day]) -> bool:
    if any(_within(day, other) for other in here):
        return True
    if day.year is not None and day.month is not None:  # 2016年12月28日 where the source has 12.28日, of 2016
        dated = any(_within(Day(0, 0, None, day.month, day.day), other) and other.year is None for other in here)
        return dated and any(other.year == day.year for other in governing)
    if day.year is not None and any(other.year is not None for other in here):
        return False
    return not here and any(_within(day, other) for other in governing)


def _within(day: Day, other: Day) -> bool:
    """Whether `other` is the same date, or the same and more exact."""
    if day.side in ("before", "from") and other.side not in (day.side, "by" if day.side == "before" else day.side):
        return False  # 2031年起 isn't 2031年前
    pairs = ((day.year, other.year), (day.month, other.month), (day.day, other.day))
    return all(mine is None or mine == its for mine, its in pairs)
