"""Builds the folder of a generation, from nothing or from its predecessor, and has it verified in a child process."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vectorstore import catalog
from vectorstore.cache import EmbeddingCache
from vectorstore.catalog import Catalog
from vectorstore.chroma import VectorIndex
from vectorstore.embeddings import Embedder
from vectorstore.errors import GenerationDamaged
from vectorstore.facts import FactReader, update_facts
from vectorstore.filters import tags
from vectorstore.generation import CATALOG, CHROMA, CHUNK_TERMS, DOCUMENT_TERMS
from vectorstore.lexical import lexical_writer
from vectorstore.manifest import Manifest, fingerprints
from vectorstore.model import Chunk, Document
from vectorstore.tokens import terms

Progress = Callable[[int, int], None]
"""Called with (chunks done, chunks in all)."""
_BATCH = 1024  # chunks embedded and stored at once
_VERIFY_SECONDS = 600


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
    folder.mkdir(parents=True)
    old_chunks: list[str] = []
    if base is not None:
        shutil.copyfile(base / CATALOG, folder / CATALOG)
        if not reindex:
            for part in (CHROMA, CHUNK_TERMS, DOCUMENT_TERMS):
                shutil.copytree(base / part, folder / part, ignore=shutil.ignore_patterns("*.lock"))
            with closing(Catalog(base / CATALOG)) as before:
                old_chunks = [chunk_id for doc_id in changes.gone for chunk_id in before.chunk_ids(doc_id)]
    with catalog.editing(folder / CATALOG) as connection:
        for doc_id in changes.gone:
            catalog.remove(connection, doc_id)
        for document, chunks in changes.put:
            catalog.put(connection, document, chunks)
        update_facts(connection, facts, gone=changes.gone, afresh=reindex)
    with closing(Catalog(folder / CATALOG)) as held:
        afresh = base is None or reindex
        doc_ids = held.document_ids() if afresh else [document.id for document, _ in changes.put]
        total = held.count_chunks(doc_ids)
        with VectorIndex(folder / CHROMA, create_for=total if afresh else None) as vectors:
            vectors.remove(old_chunks)
            done = 0

            def advance(rows: int) -> None:
                nonlocal done
                done += rows
                if progress is not None:
                    progress(done, total)

            for batch in _batches(held, doc_ids):
                rows = cache.vectors([embedded_text(*pair) for pair in batch], embedder, progress=advance)
                vectors.add(batch, rows)
        _index_terms(folder, held, doc_ids, gone=() if afresh else changes.gone)
        documents, chunk_count = held.counts()
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


def verify(folder: Path) -> None:
    """Have a child process open and search the generation in `folder`; raises GenerationDamaged with what it found.

    In a child, because a broken vector index can end the process that opens it.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-m", "vectorstore.verify_generation", str(folder.resolve())],
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_VERIFY_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GenerationDamaged(f"新建的索引在 {_VERIFY_SECONDS} 秒内没有检查完") from error
    if child.returncode:
        lines = child.stderr.strip().splitlines() or [f"检查进程以状态 {child.returncode} 结束"]
        raise GenerationDamaged(f"新建的索引没有通过检查：{lines[-1]}")


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


def _index_terms(folder: Path, held: Catalog, doc_ids: Sequence[str], *, gone: Iterable[str]) -> None:
    with lexical_writer(folder / CHUNK_TERMS) as of_chunks, lexical_writer(folder / DOCUMENT_TERMS) as of_documents:
        for doc_id in gone:
            of_chunks.remove(doc_id)
            of_documents.remove(doc_id)
        for entry in held.entries(doc_ids):
            document = entry.document
            title, whole = terms(document.title), list[str]()
            for row, chunk in entry.chunks.items():
                text, heading = terms(chunk.text), [term for part in chunk.path for term in terms(part)]
                of_chunks.add(row, text=text, heading=title + heading, tags=tags(document, [chunk]))
                whole += text
            of_documents.add(entry.row, text=whole, heading=title, tags=tags(document, entry.chunks.values()))
