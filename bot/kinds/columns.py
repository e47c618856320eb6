"""Answers from a table: the cell of the row that a question names, in the column whose head it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.compose import Piece
from bot.passages import TITLE_CREDIT, Passage
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from vectorstore.model import Document
from vectorstore.tokens import words

LOOKED_AT = 8
"""Passages, the best first, that may stand in a table."""
NAMES_ROW = 0.5
"""Share of what a question asks, the column aside, that a row must hold."""
NAMES_COLUMN = 0.5
"""Share of a column's head that a question must have: 推广范围 for 在哪些地方推广."""
LONGEST_HEAD = 24
"""Characters of a column's head."""
FURTHEST = 200
"""Lines that a table's head may stand above a row."""
BETWEEN = 40
"""Characters of a line that parts a table (一、某方面（共5项）)."""
_UNIT_BEHIND = re.compile(r"[（(][^（()）]*[)）]$|\s")
_NUMBER = re.compile(r"[\d一二三四五六七八九十.、（()）\s]*")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def columns(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The cell asked for, under the name of its row and its column's head; empty where no table's head has what the
    question asks."""
    best: tuple[float, float, Piece] | None = None
    for passage in (p for p in passages[:LOOKED_AT] if p.in_place):
        document = passage.document
        row = _row(document, passage.start)
        head = _head(document, row) if len(row) > 1 else []
        if len(head) != len(row):
            continue
        asked = [_asked(cell.text, query) for cell in head]
        column = max(range(len(head)), key=asked.__getitem__)
        named = next((c for i, c in enumerate(row) if i != column and not _NUMBER.fullmatch(c.text)), None)
        if asked[column] < NAMES_COLUMN or asked.count(asked[column]) > 1 or named is None:
            continue
        around = document.title + "".join(passage.chunk.path) + "".join(cell.text for cell in row)
        if not row[column].text.strip() or (query.regions and not any(r.short in around for r in query.regions)):
            continue
        rest = Terms(tuple(t for t in terms.weights if t[0] not in fold(head[column].text)))
        others = fold("".join(cell.text for i, cell in enumerate(row) if i != column))
        held = rest.coverage((others, 1.0), (fold(document.title + "".join(passage.chunk.path)), TITLE_CREDIT))
        # What a row is of stands in its first cell; the others may have the question's words by chance.
        worth = (_asked(named.text, query), held)
        if held >= NAMES_ROW and (best is None or worth > best[:2]):
            cell = row[column]
            label = f"{named.text}，{head[column].text}"  # a figure alone wouldn't say what of, nor in what unit
            best = (*worth, Piece(document, passage.chunk.path, cell.start, cell.end, label))
    return [best[2]] if best else []


def _asked(head: str, query: Query) -> float:
    """Share of a column's head that the question has, by its words."""
    bare = _UNIT_BEHIND.sub("", fold(head))
    if not bare or len(bare) > LONGEST_HEAD:
        return 0.0
    asked = fold(query.text)
    if bare in asked:
        return 1.0
    said = [word for word in words(bare) if len(word) > 1]
    return sum(word in asked for word in said) / len(said) if said else 0.0


def _row(document: Document, at: int) -> list[_Cell]:
    """The cells of the line around text[at]."""
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    return _cells(document, start, end if end >= 0 else len(document.text))


def _cells(document: Document, start: int, end: int) -> list[_Cell]:
    cells = []
    for part in document.text[start:end].split("\t"):
        inside = len(part) - len(part.lstrip())
        cells.append(_Cell(start + inside, start + inside + len(part.strip()), part.strip()))
        start += len(part) + 1
    return cells


def _head(document: Document, row: Sequence[_Cell]) -> list[_Cell]:
    """The cells of the first row of the table that `row` stands in, below it none."""
    first: list[_Cell] = []
    end = document.text.rfind("\n", 0, row[0].start)
    for _ in range(FURTHEST):
        if end < 0:
            break
        start = document.text.rfind("\n", 0, end) + 1
        cells = _cells(document, start, end)
        if len(cells) > 1:
            first = cells
        elif end - start > BETWEEN:
            break
        end = start - 1
    return first
