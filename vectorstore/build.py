"""Builds the folder of a generation, from nothing or from its predecessor, and has it verified in a child process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vectorstore import catalog
from vectorstore.cache import EmbeddingCache
from vectorstore.catalog import Catalog
from vectorstore.child import Child
from vectorstore.chroma import VectorIndex
from vectorstore.embeddings import Embedder
from vectorstore.facts import FactReader, update_facts
from vectorstore.generation import CATALOG, CHROMA, CHUNK_TERMS, DOCUMENT_TERMS
from vectorstore.manifest import Manifest, fingerprints
from vectorstore.model import Chunk, Document

Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all)."""
_BATCH = 1024  # chunks embedded and stored at once


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new generation has that its predecessor has not: documents put, with their chunks, and ids removed."""

    put: tuple[tuple[Document, Sequence[Chunk]], ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def gone(self) -> list[str]:
        """Ids whose entries in the predecessor are no longer true: removed or replaced."""
        return [*self.removed, *(document.id for document, _ in self.put)]


def build(
    folder: Path,
    number: int,
    *,
    base: Path | None,
    changes: Changes,
    reindex: bool,
    embedder: Embedder,
    cache: EmbeddingCache,
    facts: FactReader | None = None,
    progress: Progress | None = None,
) -> None:
    """Build generation `number` in `folder`: the documents of the generation in `base`, changed by `changes`.

    Copying the predecessor's index and editing it costs little however large the library is. `reindex` takes only its
    catalog and indexes everything anew, which cures a damaged index and is what another embedder needs.
    """
    afresh = base is None or reindex
    with Child("vectorstore.index_terms") as lexical:
        folder.mkdir(parents=True)
        old_chunks = _copy(base, folder, changes, catalog_only=reindex) if base is not None else []
        with catalog.editing(folder / CATALOG) as connection:
            for doc_id in changes.gone:
                catalog.remove(connection, doc_id)
            for document, chunks in changes.put:
                catalog.put(connection, document, chunks)
            update_facts(connection, facts, gone=changes.gone, afresh=reindex)
        with closing(Catalog(folder / CATALOG)) as held:
            doc_ids = None if afresh else [document.id for document, _ in changes.put]
            gone = [] if afresh else changes.gone
            lexical.tell({"folder": str(folder.resolve()), "documents": doc_ids, "gone": gone})
            doc_ids = held.document_ids() if doc_ids is None else doc_ids
            total = held.count_chunks(doc_ids)
            with VectorIndex(folder / CHROMA, create_for=total if afresh else None) as vectors:
                vectors.remove(old_chunks)
                _embed(held, doc_ids, total, vectors, embedder, cache, progress)
            documents, chunk_count = held.counts()
        lexical.result("关键词索引的建立")
    Manifest(
        generation=number,
        embedding=embedder.name,
        dimensions=embedder.dimensions,
        documents=documents,
        chunks=chunk_count,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        files=fingerprints(folder),
        model=embedder.model,
    ).write(folder)


def _copy(base: Path, folder: Path, changes: Changes, *, catalog_only: bool) -> list[str]:
    """Copy what of the generation in `base` is edited; the ids of the chunks to take out of its vectors."""
    shutil.copyfile(base / CATALOG, folder / CATALOG)
    if catalog_only:
        return []
    for part in (CHROMA, CHUNK_TERMS, DOCUMENT_TERMS):
        shutil.copytree(base / part, folder / part, ignore=shutil.ignore_patterns("*.lock"))
    with closing(Catalog(base / CATALOG)) as before:
        return [chunk_id for doc_id in changes.gone for chunk_id in before.chunk_ids(doc_id)]


def _embed(
    held: Catalog,
    doc_ids: Sequence[str],
    total: int,
    vectors: VectorIndex,
    embedder: Embedder,
    cache: EmbeddingCache,
    progress: Progress | None,
) -> None:
    """Put the vectors of these documents' chunks, `total` of them, into the index."""
    done = 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total)

    for batch in _batches(held, doc_ids):
        rows = cache.vectors([embedded_text(*pair) for pair in batch], embedder, progress=advance)
        vectors.add(batch, rows)


@contextmanager
def verifier() -> Iterator[Callable[[Path], None]]:
    """A function that has a child process open and search a generation; it raises GenerationDamaged with the reason.

    The child starts with the context: its imports take as long as building a small generation.
    """
    with Child("vectorstore.verify_generation") as child:

        def check(folder: Path) -> None:
            child.tell(str(folder.resolve()))
            child.result("新建索引的检查")

        yield check


def embedded_text(document: Document, chunk: Chunk) -> str:
    """What of a chunk is embedded."""
    return chunk.text


def _batches(held: Catalog, doc_ids: Sequence[str]) -> Iterator[list[tuple[Document, Chunk]]]:
    batch: list[tuple[Document, Chunk]] = []
    for entry in held.entries(doc_ids):
        for chunk in entry.chunks.values():
            batch.append((entry.document, chunk))
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch
