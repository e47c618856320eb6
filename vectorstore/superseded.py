"""Which chunks a search passes over: those of older versions, and of all copies of a document but five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from vectorstore.catalog import Catalog
from vectorstore.filters import Allowed
from vectorstore.tokens import replace_surrogates

T = TypeVar("T", int, str)
# Of a document's copies five are found: which of the sites a reader knows it from can't be told, and so few crowd
# nothing out. Of its versions one is.
_PASSED: Final = (
    "SELECT doc_id FROM (SELECT doc_id, kind, row_number() OVER (PARTITION BY current, kind ORDER BY doc_id) AS nth "
    "FROM superseded) WHERE kind = 'older' OR nth > 5"
)
_CURRENT: Final = (
    "SELECT s.doc_id, d.id, d.record ->> 'date', d.record ->> 'kind', d.issuer "
    f"FROM superseded s JOIN documents d ON d.id = s.current WHERE s.doc_id IN ({_PASSED})"
)


@dataclass(frozen=True, slots=True)
class Passed:
    """The chunks that a search passes over, by row and by id."""

    rows: frozenset[int] = frozenset()
    ids: frozenset[str] = frozenset()


class SupersededChunks:
    """The chunks of one catalog's superseded documents."""

    def __init__(self, catalog: Catalog) -> None:
        self._tags: dict[str, dict[str, set[str | int]]] = {}
        self._chunks: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._all = Passed()
        if not catalog.superseded():
            return
        regions: defaultdict[str, set[str | int]] = defaultdict(set)
        for doc_id, region in catalog.rows(
            "SELECT DISTINCT doc_id, region FROM chunks WHERE doc_id IN (SELECT current FROM superseded)"
        ):
            regions[doc_id].add(region)
        self._tags = {
            doc_id: {
                "doc_id": {replace_surrogates(current)},
                "year": {int(day[:4])} if day else set(),
                "kind": {replace_surrogates(kind)} if kind else set(),
                "issuer": {issuer},
                "region": regions[current],
            }
            for doc_id, current, day, kind, issuer in catalog.rows(_CURRENT)
        }
        for doc_id, row, chunk_id in catalog.rows(f"SELECT doc_id, row, id FROM chunks WHERE doc_id IN ({_PASSED})"):
            self._chunks[doc_id].append((row, chunk_id))
        self._all = self._of(self._tags)

    def passed(self, allowed: Allowed) -> Passed:
        """The chunks of documents whose current one `allowed` admits."""
        if not allowed or not self._tags:
            return self._all
        return self._of(
            doc_id
            for doc_id, tags in self._tags.items()
            if all(tags[field] & set(values) for field, values in allowed.items())
        )

    def _of(self, doc_ids: Iterable[str]) -> Passed:
        chunks = [chunk for doc_id in doc_ids for chunk in self._chunks[doc_id]]
        return Passed(frozenset(row for row, _ in chunks), frozenset(chunk_id for _, chunk_id in chunks))


def leaving_out(search: Callable[[int], list[tuple[T, float]]], n: int, passed: Collection[T]) -> dict[T, float]:
    """The best `n` that `search` gives, without those passed over; it is asked for more until they are enough."""
    asked = n
    while True:
        found = search(asked)
        kept = [(key, score) for key, score in found if key not in passed]
        if len(kept) >= n or len(found) < asked or asked > n + len(passed):
            return dict(kept[:n])
        asked *= 2
