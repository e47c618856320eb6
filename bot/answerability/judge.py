"""Says how surely what was found answers a question, before a word of an answer is written, and how sure is enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from bot.answerability.features import unread
from bot.answerability.form import asks_form
from bot.answerability.reading import OF_READING, read
from bot.answerability.trees import embedded
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.reader.windows import Part, readings
from bot.reranker.features import Idf
from vectorstore.model import Document, Hit

LEAST = 0.055
"""How probable it must be that the documents answer a question, before its wording is looked at any closer."""
LEAST_IN_PROSE = 0.6
"""The same for a time, figure, name or place in texts that are nobody's: much is written on one subject, and neither
region nor issuer nor heading tells what a passage is of. One document alone is on its own subject, and so is one whose
subject the question names."""
SUBJECT = 20
"""Characters of a title, or of a text's first line, that is its subject's name."""

BEST = 3
"""Chunks, the best first, most of which must be such prose."""


class Sureness:
    """How surely `hits` (reranked) with their `passages` hold the answer to `query`.

    Reading takes half of the time of an answer, and for nine questions in ten nothing that could be read would change
    what is decided, because the trees rise with what was read: so it is read only where it may, and no further than
    the best part where that is enough.
    """

    def __init__(self, query: Query, hits: Sequence[Hit], passages: Sequence[Passage], terms: Terms, idf: Idf) -> None:
        self._query, self._hits, self._terms = query, hits, terms
        self._seen = unread(query, hits, passages, terms, idf) if hits else {}
        self._unread = readings(query.text, hits)
        self._read: list[Part] = []

    @cached_property
    def probability(self) -> float:
        """From 0 to 1; 0 without hits."""
        return self._after(None)

    def reaches(self, least: float) -> bool:
        """Whether the probability is `least` or more."""
        lowest, highest = self._bounds
        if lowest >= least or highest < least:
            return lowest >= least
        return self._after(1) >= least or self.probability >= least

    @property
    def readings(self) -> Sequence[Part]:
        """What is read in all parts."""
        self._read += self._unread
        return self._read

    def _after(self, parts: int | None) -> float:
        """The probability when so many parts more are read, or all: it only rises with each."""
        self._read += islice(self._unread, parts)
        return (
            embedded()({**self._seen, **read(self._query, self._read, self._hits, self._terms)}) if self._hits else 0.0
        )

    @cached_property
    def _bounds(self) -> tuple[float, float]:
        """The probability if nothing of an answer were read, and if the surest of all were."""
        if not self._hits:
            return 0.0, 0.0
        worst, best = (embedded()({**self._seen, **dict.fromkeys(OF_READING, end)}) for end in (-math.inf, math.inf))
        return worst, best


def least(query: Query, hits: Sequence[Hit]) -> float:
    """The probability below which `query` is refused, by what it asks for and what the best of `hits` stand in."""
    best = hits[:BEST]
    several = len({hit.document.id for hit in hits}) > 1
    if several and asks_form(query.text) and sum(map(_is_prose, best)) > len(best) / 2:
        asked = fold(query.text)
        if not any(_is_subject(name, asked) for hit in best for name in (hit.document.title, _opening(hit.document))):
            return LEAST_IN_PROSE
    return LEAST


def _is_prose(hit: Hit) -> bool:
    """Whether nothing but its words says what a passage is of: no card of its document, no heading."""
    document = hit.document
    return not (document.doc_number or document.issuer or document.region or hit.chunk.path)


def _opening(document: Document) -> str:
    return document.text[: SUBJECT + 2].partition("\n")[0].strip()


def _is_subject(name: str, asked: str) -> bool:
    """Whether a document is so called, and the folded question names it."""
    return 1 < len(name) <= SUBJECT and fold(name) in asked
