"""Finds the chunks a question may be answered from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.kinds.definitions import defined, explanation
from bot.question.understand import Query
from vectorstore.hybrid import Weights
from vectorstore.model import Document, Filters, Hit
from vectorstore.numbers import for_lookup

WIDE = Weights(lexical=1.0, dense=0.5, document=3.0, nearest=2.0)
"""What the engines count where the hits are only candidates: the reranker, not the fusion, puts the best first."""
AS_DEFINED = "{0} {0}，是指 {0}，指 本办法所称{0} 下列用语的含义"
"""What is looked for besides where a term is to be explained: the words in which documents define one."""


class Searcher(Protocol):
    """What the bot needs of a library."""

    def search(self, query: str, *, k: int = 10, filters: Filters = ..., weights: Weights = ...) -> list[Hit]: ...

    def documents(self) -> list[Document]: ...


def retrieve(library: Searcher, query: Query, *, k: int, filters: Filters) -> list[Hit]:
    """Chunks for `query`, best first, within `filters`.

    A question that names regions is also searched within each of them, so that a small region's document is among
    the candidates beside the many that merely mention it.
    """
    search = partial(library.search, query.text, weights=WIDE)
    hits = search(k=k, filters=filters)
    for document in library.documents() if query.doc_numbers and not filters.documents else ():
        if document.doc_number and any(same_number(document.doc_number, number) for number in query.doc_numbers):
            hits = search(k=k, filters=replace(filters, documents=(document.id,))) + hits
    seen = {hit.chunk.id for hit in hits}
    if query.kind == "definition" and (thing := defined(query)):
        explaining = library.search(AS_DEFINED.format(thing), k=k, filters=filters, weights=WIDE)
        hits += [hit for hit in explaining if hit.chunk.id not in seen and explanation(hit.chunk.text, query)]
        seen.update(hit.chunk.id for hit in hits)
    if not query.regions or filters.regions:
        return hits
    for region in query.regions:
        for hit in search(k=k // 2, filters=replace(filters, regions=(region.name,))):
            if hit.chunk.id not in seen:
                seen.add(hit.chunk.id)
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.score, reverse=True)


def same_number(own: str, asked: str) -> bool:
    """Whether a document's number is the one asked for, whatever brackets and lead-in words the question has."""
    return for_lookup(asked).endswith(for_lookup(own))
