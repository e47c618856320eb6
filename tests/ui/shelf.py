"""Puts the tests' documents into a real library, cut at line ends."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from vectorstore.facts import FactReader
from vectorstore.model import Chunk, Document
from vectorstore.writer import Writer


def chunks_of(document: Document) -> list[Chunk]:
    """A chunk a line; together they cover the text."""
    found: list[Chunk] = []
    start = 0
    for line in document.text.splitlines(keepends=True):
        path = next((s.path for s in reversed(document.sections) if s.start <= start < s.end), ())
        name = f"{document.id}-{len(found)}"
        found.append(Chunk(name, document.id, len(found), start, start + len(line), path, line, document.region))
        start += len(line)
    return found


def publish(home: Path, documents: Sequence[Document], *, facts: FactReader | None = None) -> int:
    """Write the documents into the library at `home`, with the facts that a reader finds; returns the generation."""
    with Writer(home, facts=facts) as writer:
        for document in documents:
            original = document.text.encode()
            assert document.sha256 == sha256(original).hexdigest()
            writer.put(document, chunks_of(document), original)
        return writer.publish()
