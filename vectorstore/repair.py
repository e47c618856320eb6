"""Indexes a library anew from its own catalog: after damage, or for another embedding model."""

from __future__ import annotations

from pathlib import Path

from vectorstore.build import Progress
from vectorstore.chosen import chosen
from vectorstore.doubts import DoubtReader
from vectorstore.embeddings import Embedding, load_embedder
from vectorstore.errors import EMBEDDED, GenerationDamaged, LibraryDamaged
from vectorstore.facts import FactReader
from vectorstore.layout import Layout
from vectorstore.manifest import Manifest, read_manifest
from vectorstore.writer import Writer


def repair(
    home: Path,
    *,
    embedding: Embedding = None,
    facts: FactReader | None = None,
    doubts: DoubtReader | None = None,
    progress: Progress | None = None,
) -> int:
    """Publish a generation built from nothing but the newest readable catalog and cached vectors; returns its number.

    It is embedded with `embedding` (None: the one it had), whatever was used before, and its facts are read anew by
    `facts`, its slips looked for by `doubts`. Raises NoLibrary, LibraryLocked, ModelUnavailable, and LibraryDamaged
    when no catalog can be read: then the documents must be ingested again.
    """
    Layout(home).check_exists()
    with Writer(home, embedding=embedding, reindex=True, facts=facts, doubts=doubts) as writer:
        return writer.publish(progress=progress)


def switch(home: Path, embedding: Embedding, *, progress: Progress | None = None) -> int | None:
    """Publish a generation with the vectors of another embedding, the old one serving meanwhile; returns its number.

    None when the library has that embedding already. Vectors are kept as they are computed: interrupted and called
    again, it goes on where it was. Raises as `repair`, before anything is written when the model can't be used.
    """
    Layout(home).check_exists()
    embedder = chosen(embedding, None)
    embedder.encode_document(["政策"])
    with Writer(home, embedding=embedder, reindex=True) as writer:
        built = writer.built
        if built is not None and (built.model, built.embedding) == (embedder.model, embedder.name):
            return None
        return writer.publish(progress=progress)


def newest(home: Path) -> Manifest:
    """What the newest readable generation was built with. Raises NoLibrary, LibraryDamaged."""
    layout = Layout(home)
    layout.check_exists()
    for number in layout.servable():
        try:
            return read_manifest(layout.folder(number))
        except GenerationDamaged:
            continue
    raise LibraryDamaged(f"{home} 里的资料库已损坏，没有一代能读。运行 zhengwen repair 修复")


def is_outdated(home: Path) -> bool:
    """Whether the library was indexed with an embedded model that another version of the product brought.

    Raises GenerationDamaged when its newest generation can't be read.
    """
    layout = Layout(home)
    number = next(iter(layout.servable()), None)
    if number is None:
        return False
    built = read_manifest(layout.folder(number)).embedding
    return built.startswith(EMBEDDED) and built != load_embedder().name
