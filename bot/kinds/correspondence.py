"""Answers about a letter or a reply: to whom it is addressed, who put forward what it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.kinds.card_answers import about
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import OPENING, Query

_ASKED = re.compile(
    r"(?:发|写|批|答复|批复|复函|是)给(?:的是|的)?(?:谁|哪)|主送(?:机关|单位)?|(?:答复|批复|回复)的?(?:是|给)?(?:谁|哪[个位几些])"
    r"|(?:谁|哪[几一两]?[位个名]?(?:委员|代表|人))(?:提出?|建议|提交)|(?:提案|建议)(?:人)?是(?:由)?(?:谁|哪)[^，,。]{0,6}(?:提|写|[?？。]?$)"
    r"|是谁提(?:出|交)?的"
)
_LETTER = re.compile(r"函|答复|批复")
_ADDRESSEE = re.compile(r"^[^\S\n]*([^\n：:，,。]{2,60}(?:[，,、][^\n：:。]{2,400})?)[：:][^\S\n]*$", re.M)


def addressed(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The addressee of the letter asked about (for a reply, who put forward what it answers), with what it answers;
    [] for any other question, and where the document asked about is no letter."""
    document = about(passages, query, terms) if _ASKED.search(query.text) else None
    if document is None or not _LETTER.search(document.title):
        return []
    line = _ADDRESSEE.search(document.text[:OPENING])
    if line is None:
        return []
    start, end = line.span(1)
    behind = document.text[line.end() :].lstrip()
    # What was put forward is told by the first sentence, which belongs to whom it is told.
    if re.match(r"(?:您|你们|你)[^。\n]{0,80}(?:收悉|已收到)", behind):
        at = len(document.text) - len(behind)
        end = at + re.match(r"[^，。\n]*(?:收悉|已收到)", behind).end()  # type: ignore[union-attr]
    return [Piece(document, (), start, end)]
