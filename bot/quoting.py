"""Quotes the passage that answers: the part of it worth reading, under the name of whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.evidence import usable
from bot.passages import Passage, misplaced, trim
from bot.persons import names_person
from bot.terms import Terms
from bot.understand import Query
from bot.wording import Kind
from vectorstore.model import Document

LIMITS: dict[Kind, int] = {
    "number": 110, "date": 100, "person": 100, "definition": 220, "list": 400, "compare": 110, "across": 140,
    "yes_no": 110, "title": 110, "issuer": 110, "source": 110, "basis": 200, "doc_number": 110,
    "responsibility": 180, "duties": 180, "article": 380, "general": 150,
}  # fmt: skip
"""Characters a quotation may have, by kind of question: what one reads at a glance."""
PRECISE: tuple[Kind, ...] = ("number", "date", "definition", "list", "compare", "across")
"""Kinds whose answer is a part of a sentence, however short the sentence."""
_NEXT_LINE = re.compile(r"\n([^\n:：]{2,40})(?=\n|$)")


def best(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The quotation from the first of `passages` that answers `query`; empty when none does."""
    for passage in usable(passages, query, terms):
        piece = quote(passage, query, terms)
        if not misplaced(passage, piece.start, piece.end, query):
            return [piece]
    return []


def quote(passage: Passage, query: Query, terms: Terms, *, label: str | None = None) -> Piece:
    """The part of `passage` that answers, labelled `label` or, where the words leave it out, the region asked about."""
    start, end = passage.start, passage.end
    if query.kind in PRECISE or end - start > LIMITS[query.kind]:
        start, end = trim(passage, query, terms, limit=LIMITS[query.kind])
    if query.kind == "person":
        end = _with_colleagues(passage.document, end)
    return Piece(passage.document, passage.chunk.path, start, end, label or _subject(passage, query, start, end))


def _with_colleagues(document: Document, end: int) -> int:
    """The end of the lines after `end` that go on naming office-holders under the same heading."""
    while (line := _NEXT_LINE.match(document.text, end)) and names_person(line.group(1)):
        end = line.end()
    return end


def _subject(passage: Passage, query: Query, start: int, end: int) -> str | None:
    if len(query.regions) != 1 or query.kind not in ("number", "date"):
        return None
    region, place = query.regions[0], passage.chunk.region or passage.document.region or ""
    said = region.short in passage.document.text[start:end]
    return None if said or region.short not in place else region.local
