"""Which documents of a generation give way to which: tables of the catalog, brought up to date at every change."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import combinations, groupby
from types import MappingProxyType
from typing import Final

from vectorstore.catalog import stored_documents
from vectorstore.editions import Pair, Profile, relate, superseded
from vectorstore.likeness import keys, likeness, shingles
from vectorstore.model import Document

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS keyed (doc_id TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS profiles (doc_id TEXT PRIMARY KEY, record TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS keys (key INTEGER, doc_id TEXT, PRIMARY KEY (key, doc_id)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS keys_by_document ON keys (doc_id)",
    "CREATE TABLE IF NOT EXISTS likeness (a TEXT, b TEXT, jaccard REAL NOT NULL, contained REAL NOT NULL, "
    "PRIMARY KEY (a, b)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS likeness_by_b ON likeness (b)",
    "CREATE TABLE IF NOT EXISTS superseded (doc_id TEXT PRIMARY KEY, kind TEXT NOT NULL, current TEXT NOT NULL)",
)
_ABOUT: Final = (("keyed", "doc_id"), ("profiles", "doc_id"), ("keys", "doc_id"), ("likeness", "a"), ("likeness", "b"))
_UNREAD: Final = "SELECT id FROM documents WHERE id NOT IN (SELECT doc_id FROM keyed) ORDER BY row"
_COMMON: Final = 50
"""Documents that share a key, at most: a sentence, or a title, that more have tells nothing."""
_IN_MEMORY: Final = 200
"""Documents whose shingles are kept while pairs are compared."""


def update_relations(
    connection: sqlite3.Connection,
    *,
    gone: Collection[str],
    afresh: bool,
    read: Mapping[str, Document] = MappingProxyType({}),
) -> None:
    """Forget the documents `gone` (with `afresh`, all), take in those not yet looked at, and say anew which is current.

    `read` are the documents that were just put.
    What two documents have in common is computed once and kept; what follows from it is computed from all that the
    catalog holds, so that it is the same in whatever order the documents came and went.
    """
    for statement in _SCHEMA:
        connection.execute(statement)
    for table, column in _ABOUT:
        if afresh:
            connection.execute(f"DELETE FROM {table}")
        else:
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((doc_id,) for doc_id in gone))
    unread = [row[0] for row in connection.execute(_UNREAD)]
    for document in stored_documents(connection, unread, read=read):
        connection.execute("INSERT INTO keyed VALUES (?)", (document.id,))
        connection.executemany("INSERT INTO keys VALUES (?, ?)", ((key, document.id) for key in keys(document)))
    pairs = sorted(_candidates(connection))
    alike = _compared(connection, pairs)
    profiles = _profiles(connection, {doc_id for pair in pairs for doc_id in pair})
    related = [(pair, kind) for pair in pairs if (kind := relate(profiles[pair[0]], profiles[pair[1]], alike[pair]))]
    connection.execute("DELETE FROM superseded")
    connection.executemany(
        "INSERT INTO superseded VALUES (?, ?, ?)",
        ((doc_id, *why) for doc_id, why in sorted(superseded(profiles, related).items())),
    )


def _candidates(connection: sqlite3.Connection) -> set[Pair]:
    """Pairs of documents that have a key in common."""
    rows = connection.execute(
        "SELECT key, doc_id FROM keys WHERE key IN "
        f"(SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND {_COMMON}) ORDER BY key, doc_id"
    )
    return {
        pair for _, group in groupby(rows, lambda row: row[0]) for pair in combinations([row[1] for row in group], 2)
    }


def _compared(connection: sqlite3.Connection, pairs: Sequence[Pair]) -> dict[Pair, tuple[float, float]]:
    """What each pair has in common; compared where that isn't known yet."""
    known = {(a, b): (x, y) for a, b, x, y in connection.execute("SELECT a, b, jaccard, contained FROM likeness")}
    held: OrderedDict[str, set[str]] = OrderedDict()

    def runs(doc_id: str) -> set[str]:
        if doc_id not in held:
            held[doc_id] = shingles(next(iter(stored_documents(connection, [doc_id]))).text)
            if len(held) > _IN_MEMORY:
                held.popitem(last=False)
        held.move_to_end(doc_id)
        return held[doc_id]

    for a, b in pairs:
        if (a, b) not in known:
            known[a, b] = likeness(runs(a), runs(b))
            connection.execute("INSERT INTO likeness VALUES (?, ?, ?, ?)", (a, b, *known[a, b]))
    return known


def _profiles(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, Profile]:
    """The profiles of these documents; made where they aren't kept yet."""
    wanted = json.dumps(sorted(ids))
    rows = connection.execute("SELECT record FROM profiles WHERE doc_id IN (SELECT value FROM json_each(?))", (wanted,))
    found = {profile.doc_id: profile for (record,) in rows for profile in [_profile(record)]}
    for document in stored_documents(connection, sorted(set(ids) - found.keys())):
        found[document.id] = Profile.of(document)
        connection.execute("INSERT INTO profiles VALUES (?, ?)", (document.id, _record(found[document.id])))
    return found


def _record(profile: Profile) -> str:
    return json.dumps(dataclasses.asdict(profile), default=date.isoformat)


def _profile(record: str) -> Profile:
    fields = json.loads(record)
    for name in ("made", "when"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return Profile(**fields)
