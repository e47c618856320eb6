"""Builds the folder of a generation, from nothing or from its predecessor."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vectorstore import catalog
from vectorstore.cache import EmbeddingCache
from vectorstore.catalog import Catalog
from vectorstore.crew import Crew
from vectorstore.doubts import DoubtReader, update_doubts
from vectorstore.embeddings import Embedder
from vectorstore.facts import FactReader, update_facts
from vectorstore.feed import Feed
from vectorstore.generation import CATALOG, CHROMA, CHUNK_TERMS, DOCUMENT_TERMS
from vectorstore.manifest import Manifest, fingerprints
from vectorstore.model import Chunk, Document
from vectorstore.mutual import update_mutual
from vectorstore.relations import update_relations

Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all)."""


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
    folder.mkdir(parents=True, exist_ok=crew.feed is not None)
    old_chunks = _copy(base, folder, changes, catalog_only=reindex) if base is not None else []
    read = {document.id: document for document, _ in changes.put}
    with catalog.editing(folder / CATALOG) as connection:
        for doc_id in changes.gone:
            catalog.remove(connection, doc_id)
        for document, chunks in changes.put:
            catalog.put(connection, document, chunks)
        update_facts(connection, facts, gone=changes.gone, afresh=reindex, read=read)
        update_relations(connection, gone=changes.gone, afresh=reindex, read=read)
        update_mutual(connection, gone=changes.gone, afresh=reindex, read=read)
        update_doubts(connection, doubts, afresh=reindex)
    with closing(Catalog(folder / CATALOG)) as held:
        where, gone = str(folder.resolve()), [] if afresh else changes.gone
        crew.lexical.tell({"folder": where, "gone": gone, "put": None if afresh else [*read]})
        doc_ids = held.document_ids() if afresh else [*read]
        total = held.count_chunks(doc_ids)

        def told(done: int) -> None:
            if progress is not None:
                progress(done, total)

        feed = crew.feed
        if feed is not None:
            told(feed.embedded)
        else:
            feed = Feed(crew.vectors, folder, new=afresh, embedder=embedder, cache=cache, remove=old_chunks)
            for entry in held.entries(doc_ids):
                feed.add(entry.document, entry.chunks.values(), told)
        feed.finish(told)
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
