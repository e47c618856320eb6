"""A passage that an answer may rest on, with what governs it: its document's card and its headings."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answer import Citation
from vectorstore.model import Document, Hit


@dataclass(frozen=True, slots=True)
class Source:
    """`document.text[start:end]`, under the headings `path`; the n-th of several is what the marker [n] names."""

    document: Document
    path: tuple[str, ...]
    start: int
    end: int
    region: str | None = None
    """The region the passage is about, by full name."""

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @classmethod
    def of_hit(cls, hit: Hit) -> Source:
        """The chunk of a hit."""
        chunk = hit.chunk
        return cls(hit.document, chunk.path, chunk.start, chunk.end, chunk.region or hit.document.region)

    @classmethod
    def of_citation(cls, citation: Citation) -> Source:
        """What a citation quotes."""
        document = citation.document
        return cls(document, citation.path, citation.start, citation.end, document.region)
