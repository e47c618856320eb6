"""The facts of a generation's documents: tables of the catalog, filled in the transaction that stores the documents."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from vectorstore.catalog import Catalog, stored_documents
from vectorstore.errors import FactsNotRead
from vectorstore.filters import regions_within
from vectorstore.model import Document, Fact, FactKind, Person, Reference, Responsibility, Target
from vectorstore.tokens import replace_surrogates

FactReader = Callable[[Document], Iterable[Fact]]
"""Reads the facts that a document states. A writer is handed one: how to read a text is no business of a store."""
# A document that states nothing has a row in facts_read all the same. A generation written by a version that knew no
# facts has neither table.
_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS facts_read (doc_id TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS facts (row INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, kind TEXT NOT NULL, "
    "region TEXT, year INTEGER, record TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS facts_by_document ON facts (doc_id)",
    "CREATE INDEX IF NOT EXISTS facts_by_kind ON facts (kind, year)",
)
_UNREAD: Final = "SELECT id FROM documents WHERE id NOT IN (SELECT doc_id FROM facts_read) ORDER BY row"
_CLASSES: Final[dict[str, type[Fact]]] = {
    "target": Target,
    "figure": Target,
    "forecast": Target,
    "responsibility": Responsibility,
    "reference": Reference,
    "person": Person,
}


def update_facts(
    connection: sqlite3.Connection,
    reader: FactReader | None,
    *,
    gone: Collection[str],
    afresh: bool,
    read: Mapping[str, Document] = MappingProxyType({}),
) -> None:
    """Drop the facts of the documents `gone`, and read those of every document not read yet (with `afresh`, of all).

    `read` are the documents that were just put. Without a reader none is read, and `find_facts` says so of those that
    aren't yet.
    """
    for statement in _SCHEMA:
        connection.execute(statement)
    for table in ("facts", "facts_read"):
        if afresh and reader is not None:
            connection.execute(f"DELETE FROM {table}")
        else:
            connection.executemany(f"DELETE FROM {table} WHERE doc_id = ?", ((doc_id,) for doc_id in gone))
    if reader is None:
        return
    unread = [row[0] for row in connection.execute(_UNREAD)]
    for document in stored_documents(connection, unread, read=read):
        connection.execute("INSERT INTO facts_read (doc_id) VALUES (?)", (document.id,))
        connection.executemany(
            "INSERT INTO facts (doc_id, kind, region, year, record) VALUES (?, ?, ?, ?, ?)",
            (_row(fact, document) for fact in reader(document)),
        )


def find_facts(
    catalog: Catalog,
    *,
    kinds: Collection[FactKind] = (),
    regions: Collection[str] = (),
    years: Collection[int] = (),
    documents: Collection[str] = (),
    current: bool = False,
) -> list[Fact]:
    """The facts of these kinds, regions, years and documents (ids), in the order of documents and of their texts.

    An empty collection restricts nothing; a region admits what lies inside it. The year of a target or figure is its
    own, that of any other fact its document's. `current` leaves out copies and older versions of others. Raises
    FactsNotRead when those of a document asked for weren't read.
    """
    tables = catalog.constant("SELECT count(*) FROM sqlite_master WHERE name = 'facts_read'")[0][0]
    unread = {row[0] for row in catalog.constant(_UNREAD if tables else "SELECT id FROM documents")}
    if unread & set(documents) if documents else unread:
        raise FactsNotRead.of(len(unread))
    wanted: dict[str, Collection[Any]] = {"kind": kinds, "doc_id": documents, "year": years}
    if regions:
        known = [row[0] for row in catalog.constant("SELECT DISTINCT region FROM facts WHERE region IS NOT NULL")]
        wanted["region"] = regions_within(known, tuple(regions))
        if not wanted["region"]:
            return []
    parts = [f"f.{name} IN (SELECT value FROM json_each(?))" for name, values in wanted.items() if values]
    values = [json.dumps(list(values)) for values in wanted.values() if values]
    if current and catalog.superseded():
        parts.append("f.doc_id NOT IN (SELECT doc_id FROM superseded)")
    where = f"WHERE {' AND '.join(parts)} " if parts else ""
    return [
        _fact(*row)
        for row in catalog.rows(
            f"SELECT f.kind, f.record FROM facts f JOIN documents d ON d.id = f.doc_id {where}ORDER BY d.row, f.row",
            values,
        )
    ]


def _row(fact: Fact, document: Document) -> tuple[str, str, str | None, int | None, str]:
    year = fact.year if isinstance(fact, Target) else document.date.year if document.date else None
    record = {field.name: getattr(fact, field.name) for field in dataclasses.fields(fact)}
    # \u escapes, so that lone surrogates come back as they went in.
    return fact.doc_id, fact.kind, replace_surrogates(fact.region or "") or None, year, json.dumps(record)


@lru_cache(maxsize=4096)  # those of the documents that people ask about come up for question after question
def _fact(kind: str, record: str) -> Fact:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(record).items()
    }
    return _CLASSES[kind](**values)
