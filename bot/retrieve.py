"""Finds the chunks a question may be answered from."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bot.understand import Query
from vectorstore.model import Document, Filters, Hit


class Searcher(Protocol):
    """What the bot needs of a library."""

    def search(self, query: str, *, k: int = 10, filters: Filters = ...) -> list[Hit]: ...

    def documents(self) -> list[Document]: ...


def retrieve(library: Searcher, query: Query, *, k: int, filters: Filters) -> list[Hit]:
    """Chunks for `query`, best first, within `filters`.

    A question that names regions is also searched within each of them, so that a small region's document is among
    the candidates beside the many that merely mention it.
    """
    hits = library.search(query.text, k=k, filters=filters)
    if not query.regions or filters.regions:
        return hits
    seen = {hit.chunk.id for hit in hits}
    for region in query.regions:
        for hit in library.search(query.text, k=k // 2, filters=replace(filters, regions=(region.name,))):
            if hit.chunk.id not in seen:
                seen.add(hit.chunk.id)
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.score, reverse=True)
