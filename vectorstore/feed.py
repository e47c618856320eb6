"""Has chunks embedded and stored in Chroma batch by batch: the next is embedded while a child stores those before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from vectorstore.cache import EmbeddingCache
from vectorstore.child import Child
from vectorstore.chroma import entries_of
from vectorstore.embeddings import Embedder
from vectorstore.generation import CHROMA
from vectorstore.model import Chunk, Document

Told = Callable[[int], None]
"""Called with the number of chunks embedded so far."""
_SMALLEST, _LARGEST = 1_000, 5_000  # chunks: Chroma takes 5,461, and stores large batches in three quarters of the time
_FEWEST = 2  # what Chroma persists at once, at least
_HANDED = "handed"


class Feed:
    """What goes into the vector index of the generation being built in `folder`.

    It may begin before anything else is known of the generation: what Chroma holds of a chunk depends on nothing but
    the chunk and its document. Batches grow with what is stored, so that the first comes soon and the last is small
    beside the whole. What waits for the child waits on the disk.
    """

    def __init__(
        self,
        vectors: Child,
        folder: Path,
        *,
        new: bool,
        embedder: Embedder,
        cache: EmbeddingCache,
        remove: Sequence[str] = (),
    ) -> None:
        """Open the index, a `new` one or one copied here, and take the chunks `remove` out of it."""
        self.folder = folder
        self._vectors = vectors
        self._embedder = embedder
        self._cache = cache
        self._handed = folder / _HANDED
        self._handed.mkdir(parents=True)
        self._waiting: list[tuple[Document, Chunk]] = []
        self._batches = 0
        self.embedded = 0
        vectors.tell({"folder": str((folder / CHROMA).resolve()), "new": new, "remove": list(remove)})

    def add(self, document: Document, chunks: Iterable[Chunk], told: Told | None = None) -> None:
        """Have a document's chunks stored, soon or with later ones."""
        self._waiting += ((document, chunk) for chunk in chunks)
        while len(self._waiting) >= (size := min(max(_SMALLEST, self.embedded // 2), _LARGEST)) + _FEWEST:
            self._store(size, told)

    def finish(self, told: Told | None = None) -> None:
        """Have the rest stored, and wait until the index is complete and closed. Raises GenerationDamaged."""
        if self._waiting:
            self._store(len(self._waiting), told)
        self._vectors.tell({"close": True})
        self._vectors.settle()
        self._handed.rmdir()

    def _store(self, size: int, told: Told | None) -> None:
        batch, self._waiting = self._waiting[:size], self._waiting[size:]

        def advance(rows: int) -> None:
            self.embedded += rows
            if told is not None:
                told(self.embedded)

        file = self._handed / f"{self._batches}.npy"
        self._batches += 1
        texts = [embedded_text(document, chunk) for document, chunk in batch]
        np.save(file, self._cache.vectors(texts, self._embedder, progress=advance))
        file.with_suffix(".json").write_text(json.dumps(entries_of(batch), ensure_ascii=False), encoding="utf-8")
        self._vectors.tell({"batch": str(file.resolve())})


def embedded_text(document: Document, chunk: Chunk) -> str:
    """What of a chunk is embedded."""
    return chunk.text
