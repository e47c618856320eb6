"""Indexes a library anew from its own catalog: after damage, or for another embedding model."""

from __future__ import annotations

from pathlib import Path

from vectorstore.build import Progress
from vectorstore.embeddings import Embedder, load_embedder
from vectorstore.errors import EMBEDDED
from vectorstore.facts import FactReader
from vectorstore.layout import Layout
from vectorstore.manifest import read_manifest
from vectorstore.writer import Writer


def repair(
    home: Path,
    *,
    embedding: str | Embedder | None = None,
    facts: FactReader | None = None,
    progress: Progress | None = None,
) -> int:
    """Publish a generation built from nothing but the newest readable catalog and cached vectors; returns its number.

    It is embedded with `embedding`, whatever was used before, and its facts are read anew by `facts`. Raises NoLibrary,
    LibraryLocked, and LibraryDamaged when no catalog can be read: then the documents must be ingested again.
    """
    Layout(home).check_exists()
    with Writer(home, embedding=embedding, reindex=True, facts=facts) as writer:
        return writer.publish(progress=progress)


def is_outdated(home: Path) -> bool:
    """Whether the library was indexed with an embedded model that another version of the product brought.

    Raises GenerationDamaged when its newest generation can't be read.
    """
    layout = Layout(home)
    newest = next(iter(layout.servable()), None)
    if newest is None:
        return False
    built = read_manifest(layout.folder(newest)).embedding
    return built.startswith(EMBEDDED) and built != load_embedder().name
