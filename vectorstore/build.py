"""Builds the folder of a generation, from nothing or from its predecessor."""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np

from vectorstore import catalog
from vectorstore.cache import EmbeddingCache
from vectorstore.catalog import Catalog
from vectorstore.child import Child
from vectorstore.crew import Crew
from vectorstore.doubts import DoubtReader, update_doubts
from vectorstore.embeddings import Embedder
from vectorstore.facts import FactReader, update_facts
from vectorstore.generation import CATALOG, CHROMA, CHUNK_TERMS, DOCUMENT_TERMS
from vectorstore.manifest import Manifest, fingerprints
from vectorstore.model import Chunk, Document
from vectorstore.mutual import update_mutual
from vectorstore.relations import update_relations

Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all)."""
_LARGEST_BATCH = 5_000  # chunks: Chroma takes 5,461, and stores large batches in three quarters of the time
_SMALL_BATCH, _BATCHES = 1_000, 4  # but nothing is stored while the first is embedded: some, unless they are tiny


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
    crew: Crew,
    embedder: Embedder,
    cache: EmbeddingCache,
    facts: FactReader | None = None,
    doubts: DoubtReader | None = None,
    progress: Progress | None = None,
) -> None:
    """Build generation `number` in `folder`: the documents of the generation in `base`, changed by `changes`.

    Copying the predecessor's index and editing it costs little however large the library is. `reindex` takes only its
    catalog and indexes everything anew, which cures a damaged index and is what another embedder needs.
    """
    afresh = base is None or reindex
    folder.mkdir(parents=True)
    old_chunks = _copy(base, folder, changes, catalog_only=reindex) if base is not None else []
    with catalog.editing(folder / CATALOG) as connection:
        for doc_id in changes.gone:
            catalog.remove(connection, doc_id)
        for document, chunks in changes.put:
            catalog.put(connection, document, chunks)
        update_facts(connection, facts, gone=changes.gone, afresh=reindex)
        update_relations(connection, gone=changes.gone, afresh=reindex)
        update_mutual(connection, gone=changes.gone, afresh=reindex)
        update_doubts(connection, doubts, afresh=reindex)
    with closing(Catalog(folder / CATALOG)) as held:
        put = [document.id for document, _ in changes.put]
        where, gone = str(folder.resolve()), [] if afresh else changes.gone
        crew.lexical.tell({"folder": where, "gone": gone, "put": None if afresh else put})
        doc_ids = held.document_ids() if afresh else put
        total = held.count_chunks(doc_ids)
        size, last = batch_sizes(total)
        crew.vectors.tell({"folder": where, "first_batches": last if afresh else None, "remove": old_chunks})
        _embed(_batches(held, doc_ids, size), total, crew.vectors, embedder, cache, progress)
        documents, chunk_count = held.counts()
    crew.lexical.finish()
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
    batches: Iterable[list[tuple[int, Document, Chunk]]],
    total: int,
    vectors: Child,
    embedder: Embedder,
    cache: EmbeddingCache,
    progress: Progress | None,
) -> None:
    """Have the vectors of `total` chunks indexed: one batch while the next is embedded."""
    done = 0

    def advance(rows: int) -> None:
        nonlocal done
        done += rows
        if progress is not None:
            progress(done, total)

    with tempfile.TemporaryDirectory(prefix="zhengwen-") as handed:
        for number, batch in enumerate(batches):
            texts = [embedded_text(document, chunk) for _, document, chunk in batch]
            file = Path(handed, f"{number % 2}.npy")  # the one before is still being read
            np.save(file, cache.vectors(texts, embedder, progress=advance))
            vectors.wait()
            vectors.tell({"rows": [row for row, _, _ in batch], "file": str(file)})
        vectors.finish()


def embedded_text(document: Document, chunk: Chunk) -> str:
    """What of a chunk is embedded."""
    return chunk.text


def batch_sizes(total: int) -> tuple[int, int]:
    """How many of `total` chunks are embedded and stored at once, and how many are left for the last batch."""
    number = max(1, math.ceil(total / _LARGEST_BATCH), min(_BATCHES, total // _SMALL_BATCH))
    size = math.ceil(total / number)
    return max(1, size), total - size * (number - 1)


def _batches(held: Catalog, doc_ids: Sequence[str], size: int) -> Iterator[list[tuple[int, Document, Chunk]]]:
    """The chunks of these documents with their rows, `size` at a time."""
    chunks = ((row, entry.document, chunk) for entry in held.entries(doc_ids) for row, chunk in entry.chunks.items())
    while batch := list(islice(chunks, size)):
        yield batch
