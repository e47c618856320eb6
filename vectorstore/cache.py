"""Remembers the vector of every text that was ever embedded, so that no model computes it twice."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.embeddings import Embedder
from vectorstore.trouble import in_words, is_in_the_way

_log = logging.getLogger(__name__)
# Vectors stand in the order they came, and only the index is in that of the hashes: writing it touches few pages.
_SCHEMA = """CREATE TABLE IF NOT EXISTS embedded (
    model TEXT NOT NULL, hash BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (model, hash))"""
_OF_OLD = "SELECT 1 FROM sqlite_master WHERE name = 'vectors'"
_TAKEN_OVER = "INSERT OR IGNORE INTO embedded SELECT model, hash, vector FROM vectors", "DROP TABLE vectors"


class EmbeddingCache:
    """Vectors by model name and text hash, in one SQLite file; used only by the writer that holds the lock."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = _open(file)
        except sqlite3.DatabaseError as error:
            if is_in_the_way(error):
                raise
            _log.warning("嵌入缓存 %s 已损坏（%s），将重新建立", file, in_words(error))
            file.unlink()
            self._connection = _open(file)

    def close(self) -> None:
        self._connection.close()

    def vectors(
        self, texts: Sequence[str], embedder: Embedder, *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """One unit row per text, (len(texts), embedder.dimensions); `progress` gets the number of rows just done.

        They are kept batch by batch, so that an interruption loses one at most.
        """
        rows = np.empty((len(texts), embedder.dimensions), dtype=np.float32)
        for i in range(0, len(texts), embedder.batch):
            batch = texts[i : i + embedder.batch]
            rows[i : i + len(batch)] = self._batch(batch, embedder)
            if progress is not None:
                progress(len(batch))
        return rows

    def _batch(self, texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
        dimensions = embedder.dimensions
        rows = np.empty((len(texts), dimensions), dtype=np.float32)
        hashes = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        missing = []
        for i, digest in enumerate(hashes):
            found = self._connection.execute(
                "SELECT vector FROM embedded WHERE model = ? AND hash = ?", (embedder.name, digest)
            ).fetchone()
            if found is not None and len(found[0]) == rows.itemsize * dimensions:
                rows[i] = np.frombuffer(found[0], dtype=np.float32)
            else:
                missing.append(i)
        if missing:
            rows[missing] = embedder.encode_document([texts[i] for i in missing])
            with self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO embedded VALUES (?, ?, ?)",
                    [(embedder.name, hashes[i], rows[i].tobytes()) for i in missing],
                )
        return rows


def _open(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # losing the last vectors in a power cut costs only time
    connection.execute(_SCHEMA)
    if connection.execute(_OF_OLD).fetchone():
        with connection:
            for statement in _TAKEN_OVER:
                connection.execute(statement)
    return connection
