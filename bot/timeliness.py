"""What time has done to the figures an answer cites: a goal's year has passed, or a newer document has newer ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol

from bot.answer import Citation
from bot.compose import displayed, named
from bot.passages import placed
from bot.question.understand import Query, fold
from vectorstore.errors import FactsNotRead
from vectorstore.model import Document, Fact, FactKind, Target

ASKED = 0.5
"""Share of an indicator's character pairs that the question must have to be after it."""
SAME = 0.6
"""Share of their character pairs that two names of one indicator have in common."""
MOST_CITATIONS = 6
LONGEST_QUOTE = 60
_FIGURES: tuple[FactKind, ...] = ("target", "figure")
_WHOSE = re.compile(r"[我全本][省市区县州]|国内|累计|新增|主要目标|[:：]")


class Facts(Protocol):
    """What is asked of a library."""

    def documents(self) -> list[Document]: ...

    def facts(
        self, *, kinds: Collection[FactKind] = (), regions: Collection[str] = (), documents: Collection[str] = ()
    ) -> list[Fact]: ...


def passed_or_newer(
    library: Facts, query: Query, citations: Sequence[Citation], today: date | None = None
) -> Iterator[str]:
    """A notice for each cited goal whose year has passed though its document still holds, and for each cited figure
    of which another document of the library gives a later one, for the same region; none where facts weren't read."""
    if len(citations) > MOST_CITATIONS:
        return
    year = (today or date.today()).year
    figures = [(citation.document, cited) for citation in citations for cited in _cited(library, query, citation)]
    documents = {d.id: d for d in library.documents()} if figures else {}
    for document, cited in figures:
        if cited.planned and cited.year and cited.year < year and document.status in ("现行", "未知"):
            yield f"{named(document)}的这一目标以{cited.year}年为期，已经过了。"
        newer = _newest(library, cited, documents)
        if newer:
            other, then = documents[newer.doc_id], _year(newer, documents)
            yield f"{_whose(newer, other)}更新的数据：{named(other)}（{then}年）写明“{_short(newer.quote)}”。"


def _cited(library: Facts, query: Query, citation: Citation) -> list[Target]:
    """The figures in the citation that the question is after."""
    asked = _pairs(query.text)
    return [
        fact
        for fact in _figures(library, documents=(citation.document.id,))
        if citation.start < fact.end
        and fact.start < citation.end
        and len(own := _pairs(fact.indicator))
        and len(own & asked) / len(own) >= ASKED
    ]


def _newest(library: Facts, cited: Target, documents: dict[str, Document]) -> Target | None:
    """The latest figure for the indicator and region of `cited` in another document, if it is of a later year."""
    if cited.region is None:
        return None
    than = _year(cited, documents)
    found = [
        (then, fact)
        for fact in _figures(library, regions=(cited.region,))
        if fact.doc_id != cited.doc_id
        and fact.region == cited.region
        and fact.doc_id in documents
        and (then := _year(fact, documents))
        and than
        and then > than
        and fact.change == cited.change
        and _unit(fact) == _unit(cited)
        and _alike(fact.indicator, cited.indicator)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _whose(fact: Target, document: Document) -> str:
    """The region of a figure, where neither its words nor its document's title say it; else nothing."""
    place = placed(fact.region or "")
    return place.local if place and place.short not in fact.quote + document.title else ""


def _figures(library: Facts, *, regions: Collection[str] = (), documents: Collection[str] = ()) -> list[Target]:
    try:
        found = library.facts(kinds=_FIGURES, regions=regions, documents=documents)
    except FactsNotRead:  # The next ingest reads them; an answer needs none.
        return []
    return [fact for fact in found if isinstance(fact, Target)]


def _year(fact: Target, documents: dict[str, Document]) -> int | None:
    """The year a figure is for, else that of its document."""
    document = documents[fact.doc_id]
    day = document.date or document.published
    return fact.year or (day.year if day else None)


def _unit(fact: Target) -> str:
    return fact.unit.lstrip("十百千万亿")


def _alike(one: str, other: str) -> bool:
    a, b = _pairs(_WHOSE.sub("", one)), _pairs(_WHOSE.sub("", other))
    return bool(a and b) and 2 * len(a & b) / (len(a) + len(b)) >= SAME


def _pairs(text: str) -> set[str]:
    return {first + second for first, second in pairwise(fold(_WHOSE.sub("", text)))}


def _short(quote: str) -> str:
    line = displayed(quote)
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"
