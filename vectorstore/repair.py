"""Indexes a library anew from its own catalog: after damage, or for another embedding model."""

from __future__ import annotations

from pathlib import Path

from vectorstore.build import Progress
from vectorstore.embeddings import Embedder
from vectorstore.layout import Layout
from vectorstore.writer import Writer


def repair(home: Path, *, embedding: str | Embedder | None = None, progress: Progress | None = None) -> int:
    """Publish a generation built from nothing but the newest readable catalog and cached vectors; returns its number.

    It is embedded with `embedding`, whatever was used before. Raises NoLibrary, LibraryLocked, and LibraryDamaged when
    no catalog can be read: then the documents must be ingested again.
    """
    Layout(home).check_exists()
    with Writer(home, embedding=embedding, reindex=True) as writer:
        return writer.publish(progress=progress)
