"""Answers to questions for a numbered place: 第六条, 主要任务第8项, 第三部分."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose import Piece
from bot.counting import numeral
from bot.passages import Passage, documents_of
from bot.terms import Terms
from bot.tree import label, leaves
from bot.understand import OPENING, Query, fold
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans

LONGEST = 380
"""Characters shown of an item, up to a sentence's end."""


def article(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The item with the number asked for, under the heading and in the document the question names, else nothing."""
    found = numbered(passages, query, terms)
    if found is None:
        return []
    document, section = found
    end = section.start
    for a, b in sentence_spans(document.text[section.start : section.end]):
        if b > LONGEST and a > 0:
            break
        end = section.start + b
    return [Piece(document, section.path, section.start, end)]


def numbered(passages: Sequence[Passage], query: Query, terms: Terms) -> tuple[Document, Section] | None:
    """The section numbered as `query` asks; among several the one whose document and headings above it names best."""
    if not query.items:
        return None
    wanted, unit = numeral(query.items[0][0]), query.items[0][1]
    best: tuple[float, Document, Section] | None = None
    for document in documents_of(passages, query):
        named = terms.coverage((fold(document.title), 1.0), (fold(document.text[:OPENING]), 0.5))
        rest = terms.without(fold(document.title))
        innermost = {id(section) for section in leaves(document)}
        for section in document.sections:
            own = label(section)
            if own is None or own[0] != wanted or (own[1] and own[1] != unit):
                continue
            score = named + rest.coverage((fold(" ".join(section.path[:-1])), 1.0))
            # 第六条 is so labelled itself, or it is the sixth of the innermost items.
            score += 0.5 * (own[1] == unit) + 0.2 * (id(section) in innermost and unit in "条项款")
            if best is None or score > best[0]:
                best = (score, document, section)
    return (best[1], best[2]) if best else None
