"""The catalog of one generation: documents, their sections and chunks, in one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vectorstore.errors import DocumentNotFound
from vectorstore.model import Chunk, Document, Superseded
from vectorstore.others import Others
from vectorstore.rows import chunk_of, chunk_row, document_of, document_row

# `record` is JSON with \u escapes and `text` a blob, so that lone surrogates (in a text, in a file's name) come back as
# they went in; SQLite's own text type refuses them. Filters read `issuer`, and `region`: the chunk's own, else its
# document's.
_SCHEMA = """
CREATE TABLE documents (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, record TEXT NOT NULL, text BLOB NOT NULL, issuer TEXT
);
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL REFERENCES documents (id),
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, record TEXT NOT NULL, region TEXT
);
CREATE INDEX chunks_by_document ON chunks (doc_id, ordinal);
CREATE INDEX chunks_by_region ON chunks (region);
"""
_DOCUMENT = "SELECT record, text FROM documents"
_CHUNK = 'id, doc_id, ordinal, start, "end", record'
_IN_BATCH = 500  # parameters of one IN (…)
_KEPT = 20_000  # chunks, and places, kept in memory: some 20 MB; a search looks a few hundred up
_CACHE_KIB = 65_536  # of the file kept in memory; SQLite's own 2 MB hold less than one search of a large library reads


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk stands: its row, its document's row, and both ids."""

    row: int
    chunk_id: str
    doc_row: int
    doc_id: str


_ALONE = Others()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with its chunks, and the rows under which the engines know them."""

    row: int
    document: Document
    chunks: Mapping[int, Chunk]
    """By row, in their order in the document."""


class Catalog:
    """Read-only view of a finished catalog, usable from any thread."""

    def __init__(self, file: Path, today: Callable[[], date] = date.today) -> None:
        """`today` is the day on which documents are judged when they are read."""
        self._today = today
        # immutable: a published generation never changes, so SQLite neither locks it nor looks for a journal.
        self._connection = sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True, check_same_thread=False)
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._lock = threading.Lock()
        self._chunks: dict[int, Chunk] = {}
        self._places: dict[int | str, Place] = {}
        self._constant: dict[str, list[tuple[Any, ...]]] = {}
        self._others = Others.read(self.rows)

    def superseded(self) -> Mapping[str, Superseded]:
        """What each document gives way to that isn't current, by its id."""
        return self._others.superseded

    def warnings(self) -> Mapping[str, tuple[str, ...]]:
        """What a keeper of the library should know of a document because of another in it, by its id."""
        return self._others.warnings

    def _document(self, record: str, text: bytes) -> Document:
        return document_of(record, text, self._others, self._today())

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a SELECT gives; for the rooms that keep tables of their own in the catalog."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def constant(self, statement: str) -> list[tuple[Any, ...]]:
        """The same for a statement without values, asked once: a published generation never changes."""
        if statement not in self._constant:
            self._constant[statement] = self.rows(statement)
        return self._constant[statement]

    def counts(self) -> tuple[int, int]:
        """Number of documents and of chunks."""
        return self.rows("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM chunks)")[0]

    def documents(self) -> list[Document]:
        """Every document, by title."""
        return sorted((self._document(*row) for row in self.rows(_DOCUMENT)), key=lambda found: (found.title, found.id))

    def document(self, doc_id: str) -> Document:
        """The document with this id; raises DocumentNotFound."""
        rows = self.rows(f"{_DOCUMENT} WHERE id = ?", (doc_id,))
        if not rows:
            raise DocumentNotFound.of(doc_id)
        return self._document(*rows[0])

    def documents_of(self, doc_ids: Iterable[str]) -> dict[str, Document]:
        """Those of these documents that are there, by id."""
        found = (self._document(*row) for row in self._among(f"{_DOCUMENT} WHERE id", doc_ids))
        return {document.id: document for document in found}

    def has(self, doc_id: str) -> bool:
        return bool(self.rows("SELECT 1 FROM documents WHERE id = ?", (doc_id,)))

    def hashes(self) -> set[str]:
        """SHA-256 of every document's original."""
        return {row[0] for row in self.rows("SELECT record ->> 'sha256' FROM documents")}

    def chunks(self, document: Document) -> list[Chunk]:
        """The document's chunks in order."""
        rows = self.rows(f"SELECT {_CHUNK} FROM chunks WHERE doc_id = ? ORDER BY ordinal", (document.id,))
        return [chunk_of(row, document) for row in rows]

    def chunks_at(self, rows: Iterable[int], documents: Mapping[str, Document]) -> dict[int, Chunk]:
        """The chunks at these rows, by row; `documents` are theirs, by id."""
        if len(self._chunks) > _KEPT:
            self._chunks = {}
        kept, wanted = self._chunks, list(rows)
        missing = [row for row in wanted if row not in kept]
        for row, *rest in self._among(f"SELECT row, {_CHUNK} FROM chunks WHERE row", missing):
            kept[row] = chunk_of(rest, documents[rest[1]])
        return {row: kept[row] for row in wanted if row in kept}

    def pairs(self, rows: Sequence[int]) -> list[tuple[Document, Chunk]]:
        """The chunks at these rows, in this order, each with its document."""
        doc_ids = {row[0] for row in self._among("SELECT doc_id FROM chunks WHERE row", rows)}
        documents = self.documents_of(doc_ids)
        chunks = self.chunks_at(rows, documents)
        return [(documents[chunks[row].doc_id], chunks[row]) for row in rows]

    def entries(self, doc_ids: Sequence[str]) -> Iterator[Entry]:
        """These documents with their chunks, in this order; a few hundred in memory at a time."""
        for i in range(0, len(doc_ids), _IN_BATCH):
            page = doc_ids[i : i + _IN_BATCH]
            rows = {doc_id: row for doc_id, row in self._among("SELECT id, row FROM documents WHERE id", page)}
            documents = self.documents_of(page)
            chunks: dict[str, dict[int, Chunk]] = {doc_id: {} for doc_id in page}
            for row, *rest in self._among(f"SELECT row, {_CHUNK} FROM chunks WHERE doc_id", page, "ORDER BY ordinal"):
                chunks[rest[1]][row] = chunk_of(rest, documents[rest[1]])
            for doc_id in page:
                yield Entry(rows[doc_id], documents[doc_id], chunks[doc_id])

    def document_ids(self) -> list[str]:
        """Ids of all documents, in the order they were put."""
        return [row[0] for row in self.rows("SELECT id FROM documents ORDER BY row")]

    def chunk_ids(self, doc_id: str) -> list[str]:
        """Ids of a document's chunks, in order; none if there is no such document."""
        return [row[0] for row in self.rows("SELECT id FROM chunks WHERE doc_id = ? ORDER BY ordinal", (doc_id,))]

    def count_chunks(self, doc_ids: Iterable[str]) -> int:
        """How many chunks these documents have."""
        return sum(row[0] for row in self._among("SELECT count(*) FROM chunks WHERE doc_id", doc_ids))

    def all_chunk_ids(self) -> set[str]:
        return {row[0] for row in self.rows("SELECT id FROM chunks")}

    def places(self, *, rows: Iterable[int] = (), ids: Iterable[str] = ()) -> list[Place]:
        """Where the chunks with these rows or ids stand, each once."""
        if len(self._places) > 2 * _KEPT:
            self._places = {}
        kept, by_row, by_id = self._places, list(rows), list(ids)
        chosen = "SELECT c.row, c.id, d.row, d.id FROM chunks c JOIN documents d ON d.id = c.doc_id WHERE c."
        for name, keys in (("row", by_row), ("id", by_id)):
            for found in self._among(f"{chosen}{name}", [key for key in keys if key not in kept]):
                place = Place(*found)
                kept[place.row] = kept[place.chunk_id] = place
        return list({kept[key].row: kept[key] for key in (*by_row, *by_id) if key in kept}.values())

    def _among(self, where: str, values: Iterable[Any], order: str = "") -> Iterator[tuple[Any, ...]]:
        """The rows of the statement `where` + "IN (values)", a few hundred values at a time."""
        wanted = list(values)
        for i in range(0, len(wanted), _IN_BATCH):
            batch = wanted[i : i + _IN_BATCH]
            yield from self.rows(f"{where} IN ({', '.join('?' * len(batch))}) {order}", batch)

    def regions(self) -> list[str]:
        """Every region that a chunk belongs to, by its own or its document's name."""
        return [row[0] for row in self.rows("SELECT DISTINCT region FROM chunks WHERE region IS NOT NULL")]

    def issuers(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT DISTINCT issuer FROM documents WHERE issuer IS NOT NULL")]


@contextmanager
def editing(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection for `remove` and `put` on the catalog at `file`, made if missing; an error commits nothing."""
    with closing(sqlite3.connect(file)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.executescript(_SCHEMA)
        with connection:
            yield connection


def remove(connection: sqlite3.Connection, doc_id: str) -> None:
    """Take a document and its chunks out, if it is there."""
    connection.execute("DELETE FROM chunks WHERE doc_id = ?", (doc_id,))
    connection.execute("DELETE FROM documents WHERE id = ?", (doc_id,))


def put(connection: sqlite3.Connection, document: Document, chunks: Iterable[Chunk]) -> None:
    """Store a document that is not there yet, with its chunks."""
    connection.execute("INSERT INTO documents (id, record, text, issuer) VALUES (?, ?, ?, ?)", document_row(document))
    connection.executemany(
        'INSERT INTO chunks (id, doc_id, ordinal, start, "end", record, region) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (chunk_row(chunk, document) for chunk in chunks),
    )


def stored_documents(
    connection: sqlite3.Connection,
    doc_ids: Iterable[str],
    *,
    with_text: bool = True,
    read: Mapping[str, Document] = MappingProxyType({}),
) -> Iterator[Document]:
    """The documents with these ids that `connection`, open for editing, holds; one in memory at a time.

    Without their text (then "") where that isn't wanted. Those that were just put may be handed in as they were `read`,
    by id, which saves the decoding.
    """
    columns = "record, text" if with_text else "record, x''"
    for doc_id in doc_ids:
        if doc_id in read:
            yield read[doc_id]
            continue
        row = connection.execute(f"SELECT {columns} FROM documents WHERE id = ?", (doc_id,)).fetchone()
        yield document_of(row[0], row[1], _ALONE, date.today())
