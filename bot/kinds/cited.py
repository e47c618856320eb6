"""Documents that others only cite: who issued one (市政府出台《…办法》), which of a kind there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece, named
from bot.evidence import usable
from bot.passages import Passage
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.question.wording import ISSUING
from vectorstore.model import Document

_TITLE = re.compile(r"《([^《》]{4,60})》")
_ISSUES = re.compile(
    r"(?:[^，,。；;]*[在由])?((?:[\u4e00-\u9fff]{2,20}、)*[\u4e00-\u9fff]{2,24}?(?:院|府|委|部|局|厅|办|会|办公室))"
    r"(?:(?:日前|近日|今日|\d{1,2}月\d{1,2}日|\d{1,2}日))?(?:联合)?(?:出台|印发|发布|制定|公布|颁布|转发)[了的]?$"
)
"""Who issues the document whose title follows."""
_OF_ISSUER = re.compile(
    r"《(?:国务院|[\u4e00-\u9fff]{2,20}?(?:国务院|人民政府|委员会|[部局厅院办会])(?:办公[厅室])?关于)"
)
LONGEST_ISSUER = 30
"""Characters before a title in which who issued it is named."""
_KIND_ASKED = re.compile(
    r"(?:哪些|什么|哪几[个项部份])[^，,。]{0,16}?(条例|办法|规定|细则|规划|纲要|行动方案|实施方案|方案|实施意见|意见)[?？。]?$"
)
AS_GOOD = 0.8
"""A sentence that says this share of what the best one says answers too."""
NAMES_IT = 0.6
"""Share of the question that a title cited in a document must cover to be the one asked about."""


def titled_besides(passages: Sequence[Passage], terms: Terms) -> bool:
    """Whether a document cites one whose title says more of the question than any document's own does."""
    bare = _without_issuing(terms)
    own = max((bare.coverage((fold(p.document.title), 1.0)) for p in passages), default=0.0)
    return any(share > own for share, *_ in _cited(passages, bare))


def issued_by(passages: Sequence[Passage], terms: Terms) -> list[Piece]:
    """The clause that says who issued the document cited, else its title where that begins with its issuer; []
    where neither tells."""
    found = sorted(_cited(passages, _without_issuing(terms)), key=lambda one: -one[0])
    for share, document, start, end in found:
        if share < found[0][0]:
            break
        if issuing := _ISSUES.search(document.text, max(0, start - LONGEST_ISSUER), start):
            return [Piece(document, (), issuing.start(1), end, named(document))]
    for _, document, start, end in found[:1]:
        if _OF_ISSUER.match(document.text, start):
            return [Piece(document, (), start, end, named(document))]
    return []


def titles_listed(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The titles of the kind of document asked for (出台了哪些条例) in the sentences that answer; [] for any other
    question."""
    asked = _KIND_ASKED.search(query.text)
    good = usable(passages, query, terms) if asked else []
    if asked is None or not good:
        return []
    bar, document = AS_GOOD * max(p.own for p in good), good[0].document
    pieces: dict[str, Piece] = {}
    for passage in sorted((p for p in good if p.own >= bar and p.document == document), key=lambda p: p.start):
        for title in _TITLE.finditer(document.text, passage.start, passage.end):
            if re.search(rf"{asked[1]}(?:[（(][^）)]*[)）])?$", title[1]):
                pieces.setdefault(title[1], Piece(document, passage.chunk.path, *title.span()))
    return list(pieces.values())


def _cited(passages: Sequence[Passage], terms: Terms) -> Iterator[tuple[float, Document, int, int]]:
    """The titles cited that may be the one asked about, each with the share of the question it covers."""
    for document in dict.fromkeys(p.document for p in passages):
        for title in _TITLE.finditer(document.text):
            share = terms.coverage((fold(title[1]), 1.0))
            if share >= NAMES_IT:
                yield share, document, *title.span()


def _without_issuing(terms: Terms) -> Terms:
    return Terms(tuple((word, weight) for word, weight in terms.weights if not ISSUING.fullmatch(word)))
