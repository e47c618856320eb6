"""The dense index of one generation: chunk vectors, texts and metadata in a Chroma collection."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import GenerationDamaged
from vectorstore.filters import Allowed
from vectorstore.model import Chunk, Document
from vectorstore.tokens import replace_surrogates
from vectorstore.trouble import damage

COLLECTION = "chunks"
PATH_SEPARATOR = " / "
GRAPH = {"space": "cosine", "ef_construction": 60, "ef_search": 300}
"""Less effort than Chroma's own in building the graph, made up for by looking at more of it (decision 9)."""
_AT_ONCE = 2  # changes after which Chroma persists at the end of a call, while a collection is new: the fewest it takes
_OPENING = threading.Lock()
"""Chroma has one client per folder and process, and hands out one that another thread hasn't finished making."""
_PERSISTED = 1000  # afterwards, and how many at most an open has to put into the graph


def check_database(folder: Path) -> None:
    """Raise GenerationDamaged when SQLite finds Chroma's database inconsistent.

    Only for a process that has not opened the folder with Chroma: two copies of SQLite undo each other's locks.
    """
    try:
        with closing(sqlite3.connect(f"{(folder / 'chroma.sqlite3').as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise damage("向量库打不开", error) from error
    if found != "ok":
        raise GenerationDamaged(f"向量库已损坏：{found}")


@contextmanager
def _damage_reported() -> Iterator[None]:
    """Whatever Chroma raises, a panic of its Rust core included, as GenerationDamaged."""
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:
        raise damage("向量库出错", error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # pyo3's, which can't be imported
            raise
        raise damage("向量库出错", error) from error


def load_chroma() -> None:
    """Import Chroma before it is needed: it takes a second."""
    import chromadb  # noqa: F401


class VectorIndex:
    """A Chroma folder with one collection, cosine distance, ids = chunk ids. Close it when done.

    Chroma writes a row to its own bookkeeping whenever it is opened, so the folder must be writable.
    """

    @_damage_reported()
    def __init__(self, folder: Path, *, new: bool = False) -> None:
        """Open the folder, or make a `new` one, which persists what is added at once, if it is two chunks at least."""
        import chromadb  # a second of import, so only where vectors are really needed
        from chromadb.api.shared_system_client import SharedSystemClient

        settings = chromadb.config.Settings(anonymized_telemetry=False)
        with _OPENING:
            try:
                client: Any = chromadb.PersistentClient(path=str(folder), settings=settings)  # its protocol lacks close
            except BaseException:
                # Chroma keeps a client that could not start, and would hand it out for this path for ever.
                SharedSystemClient._identifier_to_system.pop(str(folder), None)
                raise
        self.folder, self._client = folder, client
        try:
            if not new:
                self._collection: Any = self._client.get_collection(COLLECTION, embedding_function=None)
            else:
                # Every batch is persisted: what isn't is kept in a queue, which slows down each further batch, and is
                # put into the graph anew by every open. A graph that was never persisted writes uninitialised files.
                self._collection = self._client.create_collection(
                    COLLECTION,
                    configuration={"hnsw": {**GRAPH, "sync_threshold": _AT_ONCE}},
                    embedding_function=None,
                )
        except BaseException:
            self._client.close()
            raise

    def close(self) -> None:
        with _OPENING:
            self._client.close()

    def __enter__(self) -> VectorIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @_damage_reported()
    def count(self) -> int:
        return int(self._collection.count())

    @_damage_reported()
    def ids(self, where: Allowed = MappingProxyType({})) -> set[str]:
        """The ids of the chunks with `where`'s metadata."""
        return set(self._collection.get(where=_where(where), include=[])["ids"])

    @_damage_reported()
    def vectors(self) -> tuple[list[str], NDArray[np.float32]]:
        """The ids of all chunks, and their vectors in the same order, one row each."""
        found = self._collection.get(include=["embeddings"])
        return found["ids"], np.asarray(found["embeddings"], dtype=np.float32)

    @_damage_reported()
    def vector(self, chunk_id: str) -> NDArray[np.float32]:
        found = self._collection.get(ids=[chunk_id], include=["embeddings"])["embeddings"]
        vector: NDArray[np.float32] = np.asarray(found, dtype=np.float32)[0]
        return vector

    @_damage_reported()
    def nearest(self, vector: NDArray[np.float32], n: int, where: Allowed) -> list[tuple[str, float]]:
        """Up to `n` chunk ids with their cosine to `vector`, nearest first, among those with `where`'s metadata."""
        found = self._collection.query(
            query_embeddings=[vector], n_results=n, where=_where(where), include=["distances"]
        )
        return [
            (chunk_id, 1.0 - distance)
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    @_damage_reported()
    def add(self, entries: Mapping[str, Sequence[Any]], vectors: NDArray[np.float32]) -> None:
        """Store chunks that aren't there yet, `entries_of` them and their vectors, one row each."""
        batch = self._client.get_max_batch_size()
        for i in range(0, len(vectors), batch):
            part = {name: values[i : i + batch] for name, values in entries.items()}
            self._collection.add(embeddings=vectors[i : i + batch], **part)

    @_damage_reported()
    def built(self) -> None:
        """Say that the first batches are stored: what comes later is persisted when it is worth it."""
        self._collection.modify(configuration={"hnsw": {"sync_threshold": _PERSISTED}})

    @_damage_reported()
    def remove(self, chunk_ids: Iterable[str]) -> None:
        ids = list(chunk_ids)
        batch = self._client.get_max_batch_size()
        for i in range(0, len(ids), batch):
            self._collection.delete(ids=ids[i : i + batch])


def entries_of(chunks: Sequence[tuple[Document, Chunk]]) -> dict[str, list[Any]]:
    """What Chroma holds of chunks beside their vectors; JSON can say it, and no surrogate is left."""
    return {
        "ids": [chunk.id for _, chunk in chunks],
        "documents": [replace_surrogates(chunk.text) for _, chunk in chunks],
        "metadatas": [_metadata(document, chunk) for document, chunk in chunks],
    }


def _metadata(document: Document, chunk: Chunk) -> dict[str, str | int]:
    """What Chroma's clients can filter by and show; what the document does not state, or only of today, is left out."""
    values: dict[str, Any] = {
        "doc_id": document.id,
        "ordinal": chunk.ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "title": document.title,
        "path": PATH_SEPARATOR.join(chunk.path),
        "source": document.source,
        "doc_number": document.doc_number,
        "issuer": document.issuer,
        "region": chunk.region or document.region,
        "date": document.date.isoformat() if document.date else None,
        "year": document.date.year if document.date else None,
        "kind": document.kind,
    }
    return {
        name: replace_surrogates(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None and value != ""
    }


def _where(allowed: Allowed) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = [{name: {"$in": list(values)}} for name, values in allowed.items()]
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None
