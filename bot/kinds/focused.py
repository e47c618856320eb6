"""Quotes the best sentence of the one document that nearly all of the best passages are of, however it is worded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.evidence import amounts, holds_figures, holds_units, is_the_opposite, says_attribute
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query
from bot.question.wording import Kind
from bot.quoting import quote, telling
from bot.trimming import misplaced
from bot.versions import without_copies
from vectorstore.model import Document, Hit

BEST = 5
"""Chunks, the best first, that are looked at."""
OF_ONE = 0.8
"""Share of them that must be of one document: who asks in words of his own still meets the one that tells, while a
question that none tells meets pieces of many."""
SAYS_SOME, SAYS_ITSELF = 0.3, 0.2
"""Shares of the question that its sentence must hold with what is around it, and alone."""
OPEN_SAYS = 0.5
"""The former where no form tells an answer from another sentence."""
FORMED: tuple[Kind, ...] = ("number", "date", "person", "list", "responsibility", "definition", "yes_no")
"""Kinds whose answer has a form, which the sentence must have entirely."""
_OF_A_ROW = re.compile(r"第[一二三四五六七八九十\d]{1,3}[批期轮次届]")
"""One of several alike, of which the others are no answer."""


def focused(hits: Sequence[Hit], passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The sentence that answers, among `passages` (best first) of the document that `hits` meet; [] where they meet
    several, or none of its sentences has the form, the attribute, the figures, the place and the year asked for.
    """
    document = met(hits)
    if document is None or query.items or query.kind not in (*FORMED, "general"):
        return []
    for passage in passages:
        if passage.document.id == document.id and _answers(passage, query):
            piece = telling(passage, quote(passage, query, terms), query)
            if piece and not misplaced(passage, piece.start, piece.end, query):
                return [piece]
    return []


def met(hits: Sequence[Hit]) -> Document | None:
    """The document that nearly all of the best of `hits` are of; None where there is none."""
    best = without_copies(hits)[:BEST]
    if not best:
        return None
    document = best[0].document
    return document if sum(hit.document.id == document.id for hit in best) >= OF_ONE * len(best) else None


def _answers(passage: Passage, query: Query) -> bool:
    # What has a shape that was asked for, such as a colour, is no less told from others.
    formed = query.kind in FORMED or passage.fit == 1.0
    return (
        passage.coverage >= (SAYS_SOME if formed else OPEN_SAYS)
        and passage.own >= SAYS_ITSELF
        and passage.fit >= (1.0 if formed else 0.5)
        and passage.in_place
        and all(one in passage.text for one in _OF_A_ROW.findall(query.text))
        and not is_the_opposite(query.text, passage.text)
        and says_attribute(query, passage)
        and (query.kind != "number" or all(amount in passage.text for amount in amounts(query)))
        and (query.kind != "yes_no" or (holds_figures(query.figures, passage.text) and holds_units(query, passage)))
    )
