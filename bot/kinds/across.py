"""Answers with a line for each of the regions or documents that qualify."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose import Piece, named
from bot.evidence import usable
from bot.kinds.card_answers import find_number
from bot.passages import Passage, placed
from bot.question.terms import Terms
from bot.question.understand import Query
from bot.quoting import LIMITS, best, quote, telling
from bot.spans.network import Network
from vectorstore.regions import Gazetteer

SEVERAL = 3
"""A sentence that names as many regions answers by itself which regions do something."""
AS_GOOD = 0.8
"""A passage that covers this share of what the best one covers answers too."""


LONGEST_ROLL = 240
"""Characters of the clauses that name them all."""
_BREAK = re.compile(r"[，,。；;：:\n]")
_OF_DOCUMENTS = re.compile(r"文件|政策|法规|通知|意见")


def across(passages: Sequence[Passage], query: Query, terms: Terms, *, network: Network | None = None) -> list[Piece]:
    """One piece for each region or document that qualifies, best first. `network` as in bot.spans.choose."""
    if query.doc_numbers:
        return _mentions(passages, query)
    good = usable(passages, query, terms)
    if not good:
        return []
    bar = AS_GOOD * max(p.own for p in good)
    of_documents = bool(_OF_DOCUMENTS.search(query.text))
    named_in = (p for p in good if p.own >= bar and len(Gazetteer().find(p.text)) >= SEVERAL)
    roll_call = None if of_documents else next(named_in, None)
    if roll_call:
        return [_all_named(roll_call) or quote(roll_call, query, terms)]
    if not of_documents and not any(p.chunk.region or p.document.region for p in good if p.own >= bar):
        # Documents of no region: the places stand in the words, all of which are needed.
        return best(good, replace(query, kind="general"), terms, network=network)
    whose: dict[str, Passage] = {}
    for passage in good:
        if passage.own >= bar:
            whose.setdefault(passage.document.id if of_documents else _whose(passage), passage)
    lines = (telling(p, quote(p, query, terms, label=_label(p, query)), query) for p in whose.values())
    return [line for line in lines if line]


def _all_named(passage: Passage) -> Piece | None:
    """The clauses of `passage` from the first region it names to the last; None where they are too long to quote."""
    named = Gazetteer().find(passage.text)
    start = max((m.end() for m in _BREAK.finditer(passage.text, 0, named[0].start)), default=0)
    after = _BREAK.search(passage.text, named[-1].end)
    end = after.start() if after else len(passage.text)
    if end - start > LONGEST_ROLL:
        return None
    return Piece(passage.document, passage.chunk.path, passage.start + start, passage.start + end)


def _whose(passage: Passage) -> str:
    return passage.chunk.region or passage.document.region or passage.document.id


def _label(passage: Passage, query: Query) -> str:
    if _OF_DOCUMENTS.search(query.text):
        return named(passage.document)
    place = placed(passage.chunk.region or passage.document.region or "")
    return place.local if place else named(passage.document)


def _mentions(passages: Sequence[Passage], query: Query) -> list[Piece]:
    """For each document that cites the number asked for, the clause that does."""
    pieces = []
    for document in dict.fromkeys(p.document for p in passages):
        spot = find_number(document, query.doc_numbers[0])
        if spot and document.doc_number != query.doc_numbers[0]:
            start = max(document.text.rfind(mark, 0, spot[0]) for mark in "。\n；") + 1
            end = min(
                (i for mark in "。\n；" if (i := document.text.find(mark, spot[1])) >= 0), default=len(document.text)
            )
            if end - start > LIMITS["across"]:
                start = max(start, max(document.text.rfind(mark, 0, spot[0]) for mark in "，,《"))
                end = spot[1] + 1 if document.text[spot[1] : spot[1] + 1] in "）)" else spot[1]
            piece = Piece(document, (), start, end, named(document))
            pieces.append(piece)
    return pieces
