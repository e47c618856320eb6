"""A library of which the vectors are another embedding's, compared exactly: to measure one without indexing anew."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from vectorstore.embeddings import Embedder
from vectorstore.filters import Allowed, tags
from vectorstore.generation import Generation
from vectorstore.layout import Layout
from vectorstore.model import Chunk, Document
from vectorstore.nearest import Nearest


class Compared:
    """Chunks and their vectors, held in memory in the place of a generation's own."""

    def __init__(self, chunks: list[tuple[Document, Chunk]], vectors: NDArray[np.float32]) -> None:
        self._ids = [chunk.id for _, chunk in chunks]
        self._tags = [tags(document, [chunk]) for document, chunk in chunks]
        self._vectors = vectors

    def __call__(self, vector: NDArray[np.float32], n: int, where: Allowed) -> list[tuple[str, float]]:
        """Up to `n` chunk ids with their cosine to `vector`, nearest first, among those with the tags of `where`."""
        wanted = {name: {str(value) for value in values} for name, values in where.items()}
        cosines = self._vectors @ vector
        if wanted:
            fits = [all(wanted[name].intersection(own.get(name, ())) for name in wanted) for own in self._tags]
            cosines[~np.array(fits)] = -np.inf
        first = np.argsort(-cosines, kind="stable")[:n]
        return [(self._ids[row], float(cosines[row])) for row in first if np.isfinite(cosines[row])]


class Revectored(Generation):
    """A published generation seen through another embedding than it was built with."""

    def warm(self) -> None:
        """Embed every chunk, once."""
        if self._nearest is None:
            chunks = [(document, chunk) for document in self.documents() for chunk in self.chunks(document.id)]
            vectors = self.embedder.encode_document([chunk.text for _, chunk in chunks])
            self._nearest = cast(Nearest, Compared(chunks, vectors))


def revectored(home: Path, embedder: Embedder) -> Revectored:
    """The newest generation of the library at `home`, through `embedder`."""
    layout = Layout(home.absolute())
    return Revectored(layout.folder(layout.servable()[0]), embedder)
