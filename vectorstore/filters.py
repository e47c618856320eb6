"""Turns what a user restricts a search to into exact values that both engines can filter by before they rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vectorstore.model import Chunk, Document, Filters
from vectorstore.regions import Region
from vectorstore.tokens import replace_surrogates

Allowed = Mapping[str, Sequence[str | int]]
"""Field → values it may have; every field named must match. Fields: doc_id, region, year, issuer, kind."""


def resolve(filters: Filters, *, regions: Iterable[str], issuers: Iterable[str]) -> Allowed | None:
    """The exact values that `filters` admits, given the regions and issuers that occur in the library.

    A region admits those that lie inside it, an issuer those whose name contains it (joint issuers are one name).
    None when nothing can match.
    """
    allowed: dict[str, list[str | int]] = {}
    if filters.documents:
        allowed["doc_id"] = [replace_surrogates(wanted) for wanted in filters.documents]
    if filters.years:
        allowed["year"] = list(filters.years)
    if filters.kinds:
        allowed["kind"] = [replace_surrogates(wanted) for wanted in filters.kinds]
    if filters.regions:
        allowed["region"] = [*regions_within(regions, filters.regions)]
    if filters.issuers:
        allowed["issuer"] = [name for name in issuers if any(part and part in name for part in filters.issuers)]
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
    return {name: [replace_surrogates(str(value)) for value in found if value] for name, found in values.items()}


def regions_within(known: Iterable[str], wanted: Sequence[str]) -> list[str]:
    """Those of the regions `known` that are, or lie inside, one of the regions `wanted` by its full or short name."""
    return [name for name in known if any(part and _covers(part, name) for part in wanted)]


def _covers(wanted: str, region: str) -> bool:
    try:
        return Region.parse(wanted).covers(Region.parse(region))
    except ValueError:  # a name the table of regions doesn't know, such as a county's alone
        return wanted in region
