"""The values a library keeps and gives back: documents, their sections and chunks, and search hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["现行", "目标期已过", "废止", "未知"]


@dataclass(frozen=True, slots=True)
class Section:
    """One item of a document's hierarchy: its heading path and the span it covers, subsections included.

    `path` names every level from the outermost, e.g. ("三、重点任务", "(三)推进知识产权运用", "6.促进…").
    The section covers `document.text[start:end]`, the heading itself included.
    """

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document as read: its cleaned text, what identifies it, and its structure.

    Every offset in this program (sections, chunks, citations) points into `text`. Metadata that the document does
    not state is None, never guessed.
    """

    id: str
    title: str
    text: str
    source: str
    """Absolute path or URL that the document was read from; one source is one document."""
    sha256: str
    """Hex digest of the original bytes, also the name of the copy under originals/."""
    doc_number: str | None = None
    """发文字号, e.g. 济政字〔2017〕27号."""
    issuer: str | None = None
    """发文机关, e.g. 济宁市人民政府."""
    region: str | None = None
    """行政区划 by full name, e.g. 山东省济宁市 or 天津市东丽区."""
    date: date | None = None
    """成文日期 where stated, else the publication date."""
    kind: str | None = None
    """实施意见, 实施方案, 新闻发布会, 报道, …"""
    status: Status = "未知"
    refers_to: tuple[str, ...] = ()
    """Document numbers this one cites, in order of first mention."""
    sections: tuple[Section, ...] = ()
    sample: bool = False
    """True for the briefs that ship with the product; they step aside for the user's own documents."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that is indexed as one: `document.text[start:end] == text`, always.

    The chunks of a document never overlap and together cover its text, in the order of `ordinal` (from 0).
    """

    id: str
    doc_id: str
    ordinal: int
    start: int
    end: int
    path: tuple[str, ...]
    """Heading path of the section it stands in; () before the first heading."""
    text: str
    region: str | None = None
    """The region its heading path names (a speech in a digest), else the document's."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query, with its score and the scores it was made of."""

    chunk: Chunk
    document: Document
    score: float
    scores: Mapping[str, float] = field(default_factory=dict)
    """"lexical", "dense" and "document", each as the engine gave it, before normalisation."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; an empty tuple restricts nothing. Fields combine with AND, values with OR."""

    regions: tuple[str, ...] = ()
    """Full or short region names; a region admits what lies inside it."""
    years: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Document ids."""
