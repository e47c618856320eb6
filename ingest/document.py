"""Turns the bytes of one file into a document and its chunks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from ingest.card import split_card
from ingest.chunker import chunks
from ingest.clean import clean, normalise
from ingest.doubts import find_doubts
from ingest.errors import UnreadableFile
from ingest.files import source_of
from ingest.loaders import load
from ingest.loaders.block import Block
from ingest.lost_lines import with_lines
from ingest.metadata import read_metadata
from ingest.structure import outline, sections
from ingest.title import find_title
from vectorstore.model import Chunk, Document
from vectorstore.validity import judged

_CODE: Final = re.compile(r"[0-9a-fA-F-]{16,}")
_LONGEST_NAME: Final = 30


def read_document(
    path: Path, data: bytes, *, sample: bool = False, today: date | None = None
) -> tuple[Document, list[Chunk]]:
    """The document in a file's bytes, and its chunks; nothing is read from disk.

    `today` is the day its status is judged by; None is the day of the call. Raises UnreadableFile.
    """
    loaded = load(data, path.suffix)
    card, lines = split_card(clean(with_lines(loaded.blocks)))
    stated = card.get("标题") or card.get("名称") or loaded.title
    head = find_title(lines, stated=stated, fallback=_name(normalise(path.stem), lines))
    lines = lines[head.start :]
    if not any(character.isalnum() for line in lines for character in line.text):
        raise UnreadableFile("没有可读的文字")
    places = outline(lines, title=head.title, title_end=head.end - head.start)
    known = read_metadata(head.title, lines, card)
    source = source_of(path)
    document = Document(
        id=hashlib.sha256(source.encode("utf-8")).hexdigest()[:12],
        title=head.title,
        text="\n".join(line.text for line in lines),
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        doc_number=known.doc_number,
        issuer=known.issuer,
        region=known.region,
        date=known.timeline.date,
        published=known.timeline.published,
        effective=known.timeline.effective,
        expires=known.timeline.expires,
        period=known.timeline.period,
        target_year=known.timeline.target_year,
        kind=known.kind,
        repealed=known.repealed,
        origin=known.origin,
        refers_to=known.refers_to,
        sections=sections(lines, places),
        sample=sample,
    )
    document = judged(replace(document, warnings=find_doubts(document)), today or date.today())
    return document, chunks(document, places)


def _name(stem: str, lines: Sequence[Block]) -> str:
    """What a document without a title goes by: the file's name, or its first words where that is a mere code."""
    if not _CODE.fullmatch(stem) or not lines:
        return stem
    first = re.split(r"[。！？!?；;\t]", lines[0].text)[0]
    return first if len(first) <= _LONGEST_NAME else f"{first[:_LONGEST_NAME]}…"
