"""What documents of a generation mean for one another by their names: who repeals whom, who has another's number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from vectorstore.catalog import stored_documents
from vectorstore.citing import Shelf, names_in, names_of
from vectorstore.model import Document, Reference

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS called (name TEXT, doc_id TEXT, PRIMARY KEY (name, doc_id)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS called_by_document ON called (doc_id)",
    # Of a few documents that repeal others these rows are found without reading the facts of all.
    "CREATE INDEX IF NOT EXISTS facts_repealing ON facts (row) "
    "WHERE kind = 'reference' AND record ->> 'relation' = '废止'",
    "CREATE TABLE IF NOT EXISTS repealed (doc_id TEXT PRIMARY KEY, by TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS same_number (doc_id TEXT, other TEXT, PRIMARY KEY (doc_id, other)) WITHOUT ROWID",
)
_UNREAD: Final = "SELECT id FROM documents WHERE id NOT IN (SELECT doc_id FROM called) ORDER BY row"
_REPEALING: Final = "SELECT record FROM facts WHERE kind = 'reference' AND record ->> 'relation' = '废止' ORDER BY row"
# A number with a year in brackets; a hundred documents with one number are a site that gives every page the same.
_SHARED: Final = (
    "SELECT name, doc_id FROM called WHERE name IN (SELECT name FROM called WHERE name LIKE '%〔____〕%号' "
    "GROUP BY name HAVING count(*) BETWEEN 2 AND 20) ORDER BY name, doc_id"
)


def update_mutual(
    connection: sqlite3.Connection,
    *,
    gone: Collection[str],
    afresh: bool,
    read: Mapping[str, Document] = MappingProxyType({}),
) -> None:
    """Forget the documents `gone` (with `afresh`, all), take in the new, and say anew who repeals whom and so on.

    `read` are the documents that were just put. Reads the facts and the relations of the generation, which must be up
    to date. What follows is computed from all that the catalog holds, so that the order in which documents came plays
    no part.
    """
    for statement in _SCHEMA:
        connection.execute(statement)
    if afresh:
        connection.execute("DELETE FROM called")
    connection.executemany("DELETE FROM called WHERE doc_id = ?", ((doc_id,) for doc_id in gone))
    for document in stored_documents(connection, [row[0] for row in connection.execute(_UNREAD)], read=read):
        connection.executemany("INSERT INTO called VALUES (?, ?)", ((n, document.id) for n in _storable(document)))
    held = _Held(connection)
    connection.execute("DELETE FROM repealed")
    connection.executemany("INSERT OR IGNORE INTO repealed VALUES (?, ?)", sorted(_repealed(connection, held)))
    connection.execute("DELETE FROM same_number")
    connection.executemany("INSERT INTO same_number VALUES (?, ?)", sorted(_same_numbers(connection, held)))


def _storable(document: Document) -> set[str]:
    return {name.encode("utf-8", "replace").decode() for name in names_of(document)}


class _Held:
    """Documents of the catalog by id, without their texts, each read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._documents: dict[str, Document] = {}

    def __call__(self, doc_ids: Iterable[str]) -> list[Document]:
        wanted = list(dict.fromkeys(doc_ids))
        unread = [doc_id for doc_id in wanted if doc_id not in self._documents]
        for document in stored_documents(self._connection, unread, with_text=False):
            self._documents[document.id] = document
        return [self._documents[doc_id] for doc_id in wanted if doc_id in self._documents]


def _repealed(
    connection: sqlite3.Connection, held: Callable[[Iterable[str]], list[Document]]
) -> Iterator[tuple[str, str]]:
    """Each document that another says is repealed, and that one: of several the first, as it was made."""
    repealing = [Reference(**{**json.loads(row[0]), "path": ()}) for row in connection.execute(_REPEALING)]
    if not repealing:
        return
    names = {name for reference in repealing for name in names_in(reference)}
    rows = connection.execute(
        "SELECT DISTINCT doc_id FROM called WHERE name IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(names)),),
    )
    by_id = {document.id: document for document in held(reference.doc_id for reference in repealing)}
    shelf = Shelf([*by_id.values(), *held(row[0] for row in rows)])
    first: dict[str, tuple[date, str]] = {}
    for reference in repealing:
        by = by_id.get(reference.doc_id)
        for document in shelf.named(reference) if by else ():
            if by is not None and _may_repeal(by, document, reference):
                found = (by.date or date.max, by.id)
                first[document.id] = min(first.get(document.id, found), found)
    yield from ((doc_id, by_id) for doc_id, (_, by_id) in first.items())


def _may_repeal(by: Document, document: Document, reference: Reference) -> bool:
    """Whether `by` can mean this document: made before it, and, where only a title names it, of the same place."""
    before = by.date is not None and document.date is not None and document.date < by.date
    if by.date and document.date and not before:
        return False
    by_number = reference.number is not None and document.doc_number is not None
    return by_number or (before and by.region == document.region)


def _same_numbers(
    connection: sqlite3.Connection, held: Callable[[Iterable[str]], list[Document]]
) -> Iterator[tuple[str, str]]:
    """Pairs, both ways round, of documents with one number that are neither copies nor versions of one another."""
    root = dict(connection.execute("SELECT doc_id, current FROM superseded"))
    shared: dict[str, list[str]] = {}
    for name, doc_id in connection.execute(_SHARED):
        shared.setdefault(name, []).append(doc_id)
    for group in shared.values():
        documents = held(group)
        for one in documents:
            for other in documents:
                apart = root.get(one.id, one.id) != root.get(other.id, other.id)
                if apart and not _differ(one.region, other.region) and not _differ(one.issuer, other.issuer):
                    yield one.id, other.id


def _differ(a: str | None, b: str | None) -> bool:
    """Whether both are stated and neither is part of the other: 临政发 is several cities' code."""
    return bool(a and b) and a not in b and b not in a  # type: ignore[operator]
