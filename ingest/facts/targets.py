"""Finds the figures that a document sets as goals, and those it reports as reached, with indicator and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.facts.aims import is_ahead, is_planned
from ingest.facts.source import Line, Source
from ingest.facts.statements import read_statements
from ingest.facts.years import YearMention, years_in
from vectorstore.model import Target
from vectorstore.sentences import sentence_spans

_FIGURE: Final = re.compile(
    r"\d|番|百分之|十[一二三四五六]五|[一二三四五六七八九十](?:家|个|项|件|所|座|名|人|户|倍)(?:以上|左右|以内)"
)


class _GoalYears:
    """The goal years that sections have set so far, by heading path."""

    def __init__(self, period: tuple[int, int] | None) -> None:
        self._by_path: dict[tuple[str, ...], int] = {}
        self._period_end = period[1] if period else None

    def set(self, path: tuple[str, ...], year: int) -> None:
        self._by_path[path] = year

    def of_section(self, path: tuple[str, ...]) -> int | None:
        """That of the section or of the nearest around it."""
        around = (path[:n] for n in range(len(path), 0, -1)) if path else iter([path])
        return next((self._by_path[outer] for outer in around if outer in self._by_path), None)

    def of_goal(self, path: tuple[str, ...]) -> int | None:
        """That of the section, else the end of the period in the document's title."""
        return self.of_section(path) or self._period_end


def find_targets(source: Source) -> Iterator[Target]:
    """The goals and reported figures of the document, in order."""
    goal_years = _GoalYears(source.document.period)
    for line in source.lines:
        if not _FIGURE.search(source.half, line.start, line.end):
            continue
        told: int | None = None  # the year that the line's sentences so far speak of
        for first, last in sentence_spans(source.text[line.start : line.end]):
            start, end = line.start + first, line.start + last
            years = years_in(source.half, start, end, source.written)
            ahead = [year for year in years if year.ahead and is_ahead(year, source, source.half[year.end : end])]
            if ahead:
                goal_years.set(line.path, ahead[0].year)
            yield from _sentence(source, line, start, end, years, goal_years, told)
            told = years[-1].year if years else told


def _sentence(
    source: Source,
    line: Line,
    start: int,
    end: int,
    years: list[YearMention],
    goal_years: _GoalYears,
    told: int | None,
) -> Iterator[Target]:
    if not _FIGURE.search(source.half, start, end):
        return
    follows = False  # a goal before it in the sentence
    for statement in read_statements(source, start, end):
        quantity = statement.quantity
        year = next((found for found in reversed(years) if found.end <= quantity.start), None)
        set_by_section = goal_years.of_section(line.path) is not None
        planned = is_planned(source, line, start, statement, year, goal_year=set_by_section)
        if planned is None and follows and quantity.bound:
            planned = True
        if planned is None:
            continue
        follows = follows or planned
        inherited = goal_years.of_goal(line.path) if planned else told
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
            year=year.year if year else inherited,
            planned=planned,
        )
