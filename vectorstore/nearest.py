"""The chunks nearest to a query: of a small library every vector is looked at, of a large one Chroma's graph."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vectorstore.chroma import VectorIndex
from vectorstore.filters import Allowed

FEW = 2_000
"""Chunks of a library that counts as small: at most 2 MB of vectors of 256 numbers, looked through in a tenth of the
time that the graph takes; and nothing near is missed."""
_FILTERS = 64
"""Filters whose chunks are kept in mind: the regions that people ask about."""
_Filter = tuple[tuple[str, tuple[str | int, ...]], ...]


class Nearest:
    """The chunks of a finished index by their likeness to a vector; usable from any thread."""

    def __init__(self, index: VectorIndex, *, few: int = FEW) -> None:
        """Reads the vectors of an index of at most `few` chunks. Raises GenerationDamaged."""
        self._index = index
        self._ids: list[str] = []
        if index.count() <= few:
            self._ids, vectors = index.vectors()
            self._rows = {chunk_id: row for row, chunk_id in enumerate(self._ids)}
            self._vectors = _unit(vectors)
        self._admitted = lru_cache(maxsize=_FILTERS)(self._look_up)

    def __call__(self, vector: NDArray[np.float32], n: int, where: Allowed) -> list[tuple[str, float]]:
        """Up to `n` chunk ids with their cosine to `vector`, nearest first, among those with `where`'s metadata."""
        if not self._ids:
            return self._index.nearest(vector, n, where)
        # Not by @, for which OpenBLAS would wake threads that spin long after.
        cosines = np.einsum("ij,j->i", self._vectors, _unit(vector))
        rows = self._admitted(tuple((name, tuple(values)) for name, values in where.items())) if where else None
        if rows is not None:
            cosines = cosines[rows]
        order = np.argsort(-cosines, kind="stable")[:n]
        found = order if rows is None else rows[order]
        return [(self._ids[row], cosine) for row, cosine in zip(found.tolist(), cosines[order].tolist(), strict=True)]

    def _look_up(self, where: _Filter) -> NDArray[np.int64]:
        admitted = self._index.ids(dict(where))
        return np.array(sorted(self._rows[chunk_id] for chunk_id in admitted), dtype=np.int64)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors at length 1; those without direction stay."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1), dtype=np.float32)
