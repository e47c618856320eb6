"""Turns what a user restricts a search to into exact values that both engines can filter by before they rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vectorstore.model import Chunk, Document, Filters

Allowed = Mapping[str, Sequence[str | int]]
"""Field → values it may have; every field named must match. Fields: doc_id, region, year, issuer, kind."""


def resolve(filters: Filters, *, regions: Iterable[str], issuers: Iterable[str]) -> Allowed | None:
    """The exact values that `filters` admits, given the regions and issuers that occur in the library.

    A region admits every region whose full name contains it (青岛 admits 山东省青岛市), an issuer every issuer whose
    name contains it (joint issuers are one name). None when nothing can match.
    """
    allowed: dict[str, list[str | int]] = {}
    if filters.documents:
        allowed["doc_id"] = list(filters.documents)
    if filters.years:
        allowed["year"] = list(filters.years)
    if filters.kinds:
        allowed["kind"] = list(filters.kinds)
    if filters.regions:
        allowed["region"] = [known for known in regions if any(wanted in known for wanted in filters.regions)]
    if filters.issuers:
        allowed["issuer"] = [known for known in issuers if any(wanted in known for wanted in filters.issuers)]
    return allowed if all(allowed.values()) else None


def tags(document: Document, chunks: Iterable[Chunk]) -> dict[str, list[str]]:
    """The values by which a chunk of the document, or the document for all its chunks, can be filtered."""
    values: dict[str, Iterable[object]] = {
        "doc_id": [document.id],
        "region": {chunk.region or document.region for chunk in chunks},
        "year": [document.date.year if document.date else None],
        "issuer": [document.issuer],
        "kind": [document.kind],
    }
    return {name: [str(value) for value in found if value] for name, found in values.items()}
