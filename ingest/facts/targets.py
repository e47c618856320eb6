"""Finds the figures that a document sets as goals, reports as reached or foresees, with indicator and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.facts.aims import is_ahead, standing_of
from ingest.facts.source import Line, Source
from ingest.facts.statements import read_statements
from ingest.facts.years import YearMention, years_in
from ingest.timeline import EXPECTED
from vectorstore.model import Target
from vectorstore.sentences import sentence_spans

_FIGURE: Final = re.compile(
    r"\d|番|百分之|十[一二三四五六]五|[一二三四五六七八九十](?:家|个|项|件|所|座|名|人|户|倍)(?:以上|左右|以内)"
)


_Year = tuple[int, str | None]
"""A year, and the words that give it where they count from the day of writing."""
_NO_YEAR: Final = (None, None)


class _GoalYears:
    """The goal years that sections have set so far, by heading path."""

    def __init__(self, period: tuple[int, int] | None) -> None:
        self._by_path: dict[tuple[str, ...], _Year] = {}
        self._period_end = (period[1], None) if period else None

    def set(self, path: tuple[str, ...], year: _Year) -> None:
        self._by_path[path] = year

    def of_section(self, path: tuple[str, ...]) -> _Year | None:
        """That of the section or of the nearest around it."""
        around = (path[:n] for n in range(len(path), 0, -1)) if path else iter([path])
        return next((self._by_path[outer] for outer in around if outer in self._by_path), None)

    def of_goal(self, path: tuple[str, ...]) -> _Year | None:
        """That of the section, else the end of the period in the document's title."""
        return self.of_section(path) or self._period_end


def find_targets(source: Source) -> Iterator[Target]:
    """The goals, reported and expected figures of the document, in order."""
    goal_years = _GoalYears(source.document.period)
    for line in source.lines:
        if not _FIGURE.search(source.half, line.start, line.end):
            continue
        told: _Year | None = None  # the year that the line's sentences so far speak of
        for first, last in sentence_spans(source.text[line.start : line.end]):
            start, end = line.start + first, line.start + last
            years = years_in(source.half, start, end, source.written)
            ahead = next((year for year in years if year.ahead and is_ahead(year, source, end)), None)
            if ahead is not None and not EXPECTED.search(source.half, start, end):
                goal_years.set(line.path, (ahead.year, ahead.words))
            yield from _sentence(source, line, start, end, years, goal_years, told)
            told = (years[-1].year, years[-1].words) if years else told


def _sentence(
    source: Source,
    line: Line,
    start: int,
    end: int,
    years: list[YearMention],
    goal_years: _GoalYears,
    told: _Year | None,
) -> Iterator[Target]:
    if not _FIGURE.search(source.half, start, end):
        return
    follows = False  # a goal before it in the sentence
    year: YearMention | None = None  # the last one before the figure
    following = iter([*years, None])
    coming = next(following)
    for statement in read_statements(source, start, end):
        quantity = statement.quantity
        while coming is not None and coming.end <= quantity.start:
            year, coming = coming, next(following)
        set_by_section = goal_years.of_section(line.path) is not None
        standing = standing_of(source, line, start, statement, year, goal_year=set_by_section)
        if standing is None and follows and quantity.bound:
            standing = "goal"
        if standing is None:
            continue
        follows = follows or standing == "goal"
        inherited = goal_years.of_goal(line.path) if standing == "goal" else told
        said = (year.year, year.words) if year else inherited or _NO_YEAR
        yield Target(
            doc_id=source.document.id,
            start=statement.start,
            end=statement.end,
            quote=source.text[statement.start : statement.end],
            path=line.path,
            region=source.region(line.path),
            indicator=statement.indicator,
            comparator=quantity.comparator,
            value=quantity.value,
            upper=quantity.upper,
            unit=quantity.unit,
            change=quantity.change,
            year=said[0],
            year_words=said[1],
            planned=standing == "goal",
            expected=standing == "expected",
        )
