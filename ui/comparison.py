"""What an answer that compares sets side by side, as the cells of a table: of the page and of the channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.answer import Answer
from bot.kinds.tabulate import Line, compares, lines
from ui.factsheet import demand
from ui.plain import plain
from ui.quotation import folded
from vectorstore.model import Fact

Column = Literal["whose", "indicator", "demand", "by_year", "said"]
"""A column, by the name that ui.words has for it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table: its columns, and for each of its lines a cell in each of them."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, ...], ...]


def comparison(answer: Answer, facts: Iterable[Fact]) -> Comparison | None:
    """The table of figures, or of passages where not all of them hold one; None for an answer that compares nothing.

    `facts` are those of the cited documents.
    """
    if not compares(answer):
        return None
    found = tuple(lines(answer, facts))
    if all(line.target for line in found):
        return Comparison(("whose", "indicator", "demand", "by_year"), found, tuple(_figures(line) for line in found))
    return Comparison(("whose", "said"), found, tuple((line.whose, folded(line.citation.quote)) for line in found))


def _figures(line: Line) -> tuple[str, ...]:
    assert line.target is not None
    return line.whose, line.target.indicator, demand(plain(line.target)), str(line.target.year or "")
