"""Writes an answer without an LLM: chooses, by the kind of question, which words of the documents answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.articles import article
from bot.card_answers import basis, find_number, issued, origin, own_number
from bot.charge import responsible
from bot.compose import Piece, named
from bot.evidence import usable
from bot.listing import listing
from bot.passages import Passage, trim
from bot.signals import asks_figure
from bot.terms import Terms
from bot.understand import Query, fold
from bot.wording import Kind

LIMITS: dict[Kind, int] = {
    "number": 110, "date": 100, "person": 100, "definition": 220, "list": 400, "compare": 110, "across": 140,
    "yes_no": 110, "source": 110, "basis": 200, "doc_number": 110, "responsibility": 180, "article": 380,
    "general": 150,
}  # fmt: skip
"""Characters a quotation may have, by kind of question: what one reads at a glance."""
AS_GOOD = 0.8
"""Across documents, a passage that covers this share of what the best one covers answers too."""


def extract(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The pieces that answer `query`, in reading order; empty when `passages` (best first) don't."""
    match query.kind:
        case "doc_number":
            return own_number(passages, query, terms)
        case "date":
            return (
                _best(_dated(passages), query, terms) or issued(passages, query, terms) or _best(passages, query, terms)
            )
        case "source":
            return origin(passages, query, terms)
        case "basis":
            return basis(passages, query, terms) or _best(passages, query, terms)
        case "across":
            return _across(passages, query, terms)
        case "article":
            return article(passages, query, terms)
        case "responsibility":
            found = responsible(passages, query, terms)
            return found if found or query.items else _best(passages, query, terms)
        case "list":
            return listing(passages, query, terms) or _best(passages, query, terms)
        case _:
            return _best(passages, query, terms)


def _best(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    chosen = usable(passages, query, terms)[:1]
    return [_piece(p, query, terms) for p in chosen]


def _dated(passages: Sequence[Passage]) -> list[Passage]:
    """Those that name a day, not only a year."""
    return [p for p in passages if p.fit == 1.0]


def _piece(passage: Passage, query: Query, terms: Terms, *, label: str | None = None) -> Piece:
    limit = LIMITS[query.kind]
    precise = query.kind in ("number", "date", "definition", "list", "compare", "across")
    if precise or passage.end - passage.start > limit:
        start, end = trim(passage, query, terms, limit=limit)
    else:
        start, end = passage.start, passage.end
    return Piece(passage.document, passage.chunk.path, start, end, label or _subject(passage, query, start, end))


def _subject(passage: Passage, query: Query, start: int, end: int) -> str | None:
    """The region asked about, when neither the quotation nor anything in it says which one it speaks of."""
    if len(query.regions) != 1 or query.kind not in ("number", "date", "compare"):
        return None
    quote = passage.document.text[start:end]
    region = query.regions[0]
    place = passage.chunk.region or passage.document.region or ""
    return (
        (region.county or region.city or region.province)
        if region.short not in quote and region.short in place
        else None
    )


def compare(parts: Sequence[tuple[Query, Terms, Sequence[Passage]]]) -> list[Piece]:
    """One piece a side of a comparison, in the order asked; sides without enough evidence are left out."""
    pieces = []
    for query, terms, passages in parts:
        kind: Kind = "number" if asks_figure(query.text) else "general"
        side = replace(query, kind=kind)
        chosen = usable(passages, side, terms)[:1]
        region = query.regions[0]
        label = region.county or region.city or region.province
        pieces += [_piece(p, side, terms, label=label) for p in chosen]
    return pieces


def _across(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """One piece for each region or document that qualifies, best first."""
    if query.doc_numbers:
        return _mentions(passages, query)
    good = usable(passages, query, terms)
    if not good:
        return []
    bar = AS_GOOD * max(terms.coverage((fold(p.text), 1.0)) for p in good)
    best: dict[str, Passage] = {}
    for passage in good:
        if terms.coverage((fold(passage.text), 1.0)) >= bar:
            best.setdefault(_whose(passage), passage)
    return [_piece(p, query, terms, label=_label(p, query)) for p in best.values()]


def _whose(passage: Passage) -> str:
    return passage.chunk.region or passage.document.region or passage.document.id


def _label(passage: Passage, query: Query) -> str:
    if re.search(r"文件|政策|法规|通知|意见", query.text):
        return named(passage.document)
    return passage.chunk.region or passage.document.region or named(passage.document)


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
