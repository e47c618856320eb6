"""Looks through documents that were stored by a version of the product that had no doubts of any."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

from vectorstore.catalog import stored_documents
from vectorstore.model import Document

DoubtReader = Callable[[Document], Iterable[str]]
"""Says what may be a slip in a document, a sentence each; a document that is put comes with what it said."""
_COMPLETE: Final = 1
"""`user_version` of a catalog all of whose documents were looked through."""
_UNREAD: Final = "SELECT id FROM documents WHERE json_type(record, '$.warnings') IS NULL ORDER BY row"


def update_doubts(connection: sqlite3.Connection, reader: DoubtReader | None, *, afresh: bool) -> None:
    """Keep what `reader` says of documents that weren't looked through (`afresh`: of all); without one, nothing."""
    done = connection.execute("PRAGMA user_version").fetchone()[0] >= _COMPLETE
    if reader is None or (done and not afresh):
        return
    wanted = [row[0] for row in connection.execute("SELECT id FROM documents ORDER BY row" if afresh else _UNREAD)]
    for document in stored_documents(connection, wanted):
        connection.execute(
            "UPDATE documents SET record = json_set(record, '$.warnings', json(?)) WHERE id = ?",
            (json.dumps(list(reader(document))), document.id),
        )
    connection.execute(f"PRAGMA user_version = {_COMPLETE}")
