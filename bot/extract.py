"""Writes an answer without an LLM: chooses, by the kind of question, which words of the documents answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.articles import article
from bot.card_answers import basis, find_number, issued, issuer, origin, own_number, titled
from bot.charge import responsible
from bot.compose import Piece, named
from bot.evidence import usable
from bot.listing import listing
from bot.passages import Passage, misplaced, trim
from bot.signals import asks_figure, names_person
from bot.terms import Terms
from bot.understand import Query
from bot.wording import Kind
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

LIMITS: dict[Kind, int] = {
    "number": 110, "date": 100, "person": 100, "definition": 220, "list": 400, "compare": 110, "across": 140,
    "yes_no": 110, "title": 110, "issuer": 110, "source": 110, "basis": 200, "doc_number": 110,
    "responsibility": 180, "article": 380,
    "general": 150,
}  # fmt: skip
"""Characters a quotation may have, by kind of question: what one reads at a glance."""
ISSUING = re.compile(r"印发|发布|出台|公布|签发|制定|成文|发文|下发|发的")
"""Words that ask for the date of a document itself."""
SEVERAL = 3
"""A sentence that names as many regions answers by itself which regions do something."""
SAYS_WHAT = 0.3
"""Share of the question a sentence with a date must cover itself: a date alone is anything's."""
AS_GOOD = 0.8
"""Across documents, a passage that covers this share of what the best one covers answers too."""


def extract(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The pieces that answer `query`, in reading order; empty when `passages` (best first) don't."""
    match query.kind:
        case "doc_number":
            return own_number(passages, query, terms)
        case "date":
            found = _best(_dated(passages), query, terms)
            if not found and ISSUING.search(query.text):
                found = issued(passages, query, terms)
            return found or _best(passages, query, terms)
        case "title":
            return titled(passages, query)
        case "issuer":
            return issuer(passages, query, terms)
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
            if found or query.items:
                return found
            return _best(_in_charge(passages), query, terms) or _best(passages, query, terms)
        case "list":
            said = _enumerating(passages)
            found = listing(passages, query, terms, rival=said[0].own if said else 0.0)
            return found or _best(said, query, terms) or _best(passages, query, terms)
        case _:
            return _best(passages, query, terms)


def _best(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    for passage in usable(passages, query, terms):
        piece = _piece(passage, query, terms)
        if not misplaced(passage, piece.start, piece.end, query):
            return [piece]
    return []


def _enumerating(passages: Sequence[Passage]) -> list[Passage]:
    """Those that list things, as many as the question says if it does."""
    return [p for p in passages if p.fit >= 0.7 and p.in_place]


def _in_charge(passages: Sequence[Passage]) -> list[Passage]:
    """Those that say in so many words who does something."""
    return [p for p in passages if p.fit == 1.0]


def _dated(passages: Sequence[Passage]) -> list[Passage]:
    """Those that name a day, not only a year."""
    return [p for p in passages if p.fit == 1.0 and p.own >= SAYS_WHAT]


def _piece(passage: Passage, query: Query, terms: Terms, *, label: str | None = None) -> Piece:
    limit = LIMITS[query.kind]
    precise = query.kind in ("number", "date", "definition", "list", "compare", "across")
    if precise or passage.end - passage.start > limit:
        start, end = trim(passage, query, terms, limit=limit)
    else:
        start, end = passage.start, passage.end
    if query.kind == "person":
        end = _roll(passage.document, end)
    return Piece(passage.document, passage.chunk.path, start, end, label or _subject(passage, query, start, end))


def _roll(document: Document, end: int) -> int:
    """The end of the lines after `end` that go on naming office-holders under the same heading."""
    while (line := re.compile(r"\n([^\n:：]{2,40})(?=\n|$)").match(document.text, end)) and names_person(line.group(1)):
        end = line.end()
    return end


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
        region = query.regions[0]
        found = _best(passages, side, terms)
        pieces += [replace(piece, label=region.county or region.city or region.province) for piece in found]
    return pieces


def _across(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """One piece for each region or document that qualifies, best first."""
    if query.doc_numbers:
        return _mentions(passages, query)
    good = usable(passages, query, terms)
    if not good:
        return []
    bar = AS_GOOD * max(p.own for p in good)
    roll_call = next((p for p in good if p.own >= bar and len(Gazetteer().find(p.text)) >= SEVERAL), None)
    if roll_call:
        return [_piece(roll_call, query, terms)]
    best: dict[str, Passage] = {}
    for passage in good:
        if passage.own >= bar:
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
