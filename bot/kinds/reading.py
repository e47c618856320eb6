"""Quotes the sentence in which the reader reads the answer, where the rules know none and the documents tell surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answerability.form import has_form
from bot.compose import Piece
from bot.evidence import is_the_opposite
from bot.kinds.definitions import names_a_measure
from bot.kinds.stated import KINDS, must_fit
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query
from bot.quoting import quote, telling
from bot.reader.windows import Part
from bot.signals import DESCRIBES
from bot.trimming import misplaced
from vectorstore.model import Hit

SURE = 3.0
"""How much better than none the answer must do that is read: a logarithm of odds."""


def as_read(
    parts: Sequence[Part], hits: Sequence[Hit], passages: Sequence[Passage], query: Query, terms: Terms
) -> list[Piece]:
    """The sentence of the surest answer in the `parts` of `hits` that were read; [] where none is sure, of the form
    asked for, and of the region and year asked about.

    It is asked only where the documents answer with a probability of bot.kinds.stated.SURE.
    """
    if query.kind not in KINDS or (must_fit(query) and query.kind != "person"):
        return []  # Who holds an office is read only where a name stands, so that it isn't one alone.
    for part in sorted(parts, key=lambda part: -part.reading.sure):
        passage = _passage(part, hits[part.place], passages) if part.reading.sure >= SURE else None
        if (
            passage
            and passage.in_place
            and has_form(query.text, passage.text)
            and (query.kind != "definition" or passage.fit >= DESCRIBES or names_a_measure(query))
            and not is_the_opposite(query.text, passage.text)
        ):
            piece = telling(passage, quote(passage, replace(query, kind="general"), terms), query)
            if piece and not misplaced(passage, piece.start, piece.end, query):
                return [piece]
    return []


def _passage(part: Part, hit: Hit, passages: Sequence[Passage]) -> Passage | None:
    """That of `passages` in which the answer begins."""
    start, end = part.sentence(part.reading.start)
    start, end = hit.chunk.start + start, hit.chunk.start + end
    own = (p for p in passages if p.document.id == hit.document.id)
    return next((p for p in own if p.start < end and start < p.end), None)
