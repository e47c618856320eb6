"""Vectors are computed once for each model and text."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.vectorstore.conftest import HashingEmbedder
from vectorstore.cache import EmbeddingCache


class Counting(HashingEmbedder):
    """Notes the texts it is asked for."""

    def __init__(self, name: str = "counting", dimensions: int = 16) -> None:
        super().__init__(name, dimensions)
        self.asked: list[str] = []

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().encode_document(texts)


def test_known_texts_are_not_embedded_again(tmp_path: Path) -> None:
    embedder = Counting()
    with closing(EmbeddingCache(tmp_path / "cache" / "embeddings.sqlite")) as cache:
        first = cache.vectors(["柑橘", "摊位", "\ud800"], embedder)
    with closing(EmbeddingCache(tmp_path / "cache" / "embeddings.sqlite")) as cache:
        second = cache.vectors(["图书馆", "\ud800", "柑橘"], embedder)
    assert embedder.asked == ["柑橘", "摊位", "\ud800", "图书馆"]
    np.testing.assert_array_equal(second[[2, 1]], first[[0, 2]])
    np.testing.assert_allclose(second, embedder.encode_document(["图书馆", "\ud800", "柑橘"]))


def test_another_model_or_length_has_vectors_of_its_own(tmp_path: Path) -> None:
    with closing(EmbeddingCache(tmp_path / "embeddings.sqlite")) as cache:
        assert cache.vectors(["柑橘"], Counting()).shape == (1, 16)
        assert cache.vectors(["柑橘"], Counting("other", 8)).shape == (1, 8)
        assert cache.vectors(["柑橘"], Counting(dimensions=8)).shape == (1, 8)
        assert cache.vectors([], Counting()).shape == (0, 16)


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "embeddings.sqlite"
    file.write_bytes(b"not a database" * 100)
    with closing(EmbeddingCache(file)) as cache:
        assert cache.vectors(["柑橘"], Counting()).shape == (1, 16)


def test_vectors_of_an_earlier_version_are_taken_over(tmp_path: Path) -> None:
    file, embedder = tmp_path / "embeddings.sqlite", Counting()
    kept = np.arange(16, dtype=np.float32)
    with closing(sqlite3.connect(file)) as old, old:
        old.execute(
            "CREATE TABLE vectors (model TEXT NOT NULL, hash BLOB NOT NULL, vector BLOB NOT NULL, "
            "PRIMARY KEY (model, hash)) WITHOUT ROWID"
        )
        digest = hashlib.sha256("柑橘".encode()).digest()
        old.execute("INSERT INTO vectors VALUES (?, ?, ?)", (embedder.name, digest, kept.tobytes()))
    for _ in range(2):
        with closing(EmbeddingCache(file)) as cache:
            np.testing.assert_array_equal(cache.vectors(["柑橘"], embedder)[0], kept)
    assert embedder.asked == []
