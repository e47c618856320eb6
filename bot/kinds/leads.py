"""What a lead announces (…有下列情形之一的：): its items, without which it tells nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose import Piece
from bot.evidence import usable
from bot.novelty import begins_item
from bot.passages import Passage
from bot.question.shape import shaped
from bot.question.terms import Terms
from bot.question.understand import Query
from bot.signals import SAYS_YES_OR_NO
from bot.tree import families, heading_span
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans

_VERDICT = re.compile(rf"{SAYS_YES_OR_NO}|属于|不包括|应|须|除外")
"""Words by which a lead says yes or no of its items."""
_ASKS_WHAT_IS = re.compile(r"(?:算是?|属于|构成|视为|认定为)")
_IS = re.compile(r"(?:认定|视|确定|列)为|属于|是指|包括|所称")
_REST = re.compile(r"[^。；;！？!?\n]{0,12}?[：:]\s*")
"""What may stand between the end of a quotation and its items."""
OWN = 0.85
"""Share of a question for a list that a lead must hold itself to be surely of it."""
BEST_OF_ALL = 0.55
"""The same of one that holds more of it than any sentence that isn't a lead."""
SAYS_SO = 0.45
"""The same of one that says of its items that they are what is asked about (有下列情形之一的，认定为…：)."""
OF_THE_CASE = 0.6
"""The same of an item that names a case."""
_SAYS_THAT_IT_FOLLOWS = re.compile(
    r"(?:如下(?:[，,]供[^，,。；;]{2,8}参考)?\s*[：:。]?|以下[^，,。；;：:]{0,6}\s*[：:])\s*$"
)
MOST_BEHIND = 260
"""Characters of a sentence that only says that something follows, with what follows, where that is no items."""
A_HEADING = 24
"""Characters of a sentence that is but an item's heading, if it has a number."""
LONGEST = 420
"""Characters of a lead with its items that are quoted as they stand."""


def with_items(piece: Piece) -> list[Piece]:
    """`piece`, or what it announces: its items, or the sentences behind it."""
    return _items(piece) or [_with_what_follows(piece)]


def _items(piece: Piece) -> list[Piece]:
    """`piece` with what it announces: in one quotation where that is short, else item by item; [] for no items."""
    document = piece.document
    ends = document.text.endswith(("：", ":"), piece.start, piece.end)
    rest = None if ends else _REST.match(document.text, piece.end)
    items = _beginning_at(document, rest.end() if rest else piece.end) if ends or rest else []
    if not items:
        return []
    end = items[-1].start + len(document.text[items[-1].start : items[-1].end].rstrip())
    if end - piece.start <= LONGEST:
        return [replace(piece, end=end)]
    spans = [heading_span(document, item) for item in items]
    return [Piece(document, item.path[:-1], *span) for item, span in zip(items, spans, strict=True)]


def _with_what_follows(piece: Piece) -> Piece:
    """`piece`, or, where it only says that something follows (现通知如下), with the sentences that do; behind a
    sentence that tells something, to say so adds nothing."""
    text = piece.document.text
    reached = piece.end + 1 if text[piece.end : piece.end + 1] in ("：", ":") else piece.end
    if not _SAYS_THAT_IT_FOLLOWS.search(text[piece.start : reached]):
        return piece
    if len(own := sentence_spans(text[piece.start : piece.end])) > 1:
        return replace(piece, end=piece.start + len(text[piece.start : piece.start + own[-2][1]].rstrip()))
    ends = [reached]
    for _, stop in sentence_spans(text[reached : reached + LONGEST]):
        if reached + stop - piece.start > MOST_BEHIND and len(ends) > 1:
            break
        ends.append(reached + stop)
    if len(ends) > 2 and ends[-1] - ends[-2] < A_HEADING and begins_item(text[ends[-2] : ends[-1]].lstrip()):
        ends.pop()  # What it heads would be left out.
    return replace(piece, end=piece.start + len(text[piece.start : ends[-1]].rstrip()))


def announced(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The items that a sentence announces in the question's own words (申请应当包括下列内容：); [] where none does."""
    good = usable(passages, query, terms)
    others = max((p.own for p in good if not _leads(p)), default=0.0)
    of_what = bool(_ASKS_WHAT_IS.search(query.text))
    leads = [
        p
        for p in good
        if _leads(p)
        and (p.own >= OWN or p.own >= max(BEST_OF_ALL, others) or (of_what and p.own >= SAYS_SO and _IS.search(p.text)))
    ]
    for lead in sorted(leads, key=lambda p: p.own, reverse=True):
        piece = Piece(lead.document, lead.chunk.path, lead.start, lead.end)
        if items := _items(piece):
            return items
    return []


def _leads(passage: Passage) -> bool:
    return passage.text.rstrip().endswith(("：", ":"))


def with_verdict(piece: Piece) -> list[Piece]:
    """An item that decides nothing itself, below the lead that does (下列协议不属于…：（一）…); else `piece` alone."""
    document = piece.document
    if _VERDICT.search(document.text[piece.start : piece.end]):
        return [piece]
    for section, below in families(document):
        if any(s.start <= piece.start < s.end for s in below):
            lead = document.text[section.start : below[0].start].rstrip()
            begin = section.start + max(lead.rfind(mark) for mark in "。\n") + 1
            if lead.endswith(("：", ":")) and _VERDICT.search(document.text[begin : section.start + len(lead)]):
                return [Piece(document, section.path, begin, section.start + len(lead)), piece]
    return [piece]


def over_item(passages: Sequence[Passage], query: Query) -> list[Piece]:
    """A lead and the one of its items that names the case asked about, where the lead has what any answer has
    (有下列行为之一的，处…罚款：); [] for questions of no shape, and where none has."""
    if shaped(query.text, "") != 0.0:
        return []
    for item in (p for p in passages if p.own >= OF_THE_CASE and p.in_place):
        for section, below in families(item.document):
            inside = any(s.start <= item.start < s.end for s in below)
            lead = item.document.text[section.start : below[0].start].rstrip() if inside else ""
            begin = section.start + max(lead.rfind(mark) for mark in "。\n") + 1
            if lead.endswith(("：", ":")) and shaped(query.text, item.document.text[begin : section.start + len(lead)]):
                spans = ((begin, section.start + len(lead)), (item.start, item.end))
                return [Piece(item.document, section.path, *span) for span in spans]
    return []


def _beginning_at(document: Document, place: int) -> list[Section]:
    """The sections side by side of which the first begins at `place`, but for white space."""
    for _, below in families(document):
        if place <= below[0].start and not document.text[place : below[0].start].strip():
            return below
    return []
