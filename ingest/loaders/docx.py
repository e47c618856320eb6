"""Loads Word documents: paragraphs and table rows in order, headings by their styles."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from ingest.errors import UnreadableFile
from ingest.loaders.block import Block, Loaded

_MOST_ENTRIES: Final = 10_000
_MOST_BYTES: Final = 100_000_000
_MOST_XML_BYTES: Final = 50_000_000
_HEADING: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY: Final = "word/document.xml"


def load_docx(data: bytes) -> Loaded:
    """The visible text of a .docx. Raises UnreadableFile: not one, encrypted, damaged, or built to exhaust memory."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("是加密的或旧版（.doc）的 Word 文件，请去掉密码并另存为 .docx")
    if not data.startswith(b"PK"):
        raise UnreadableFile("不是 .docx 文件（内容与后缀不符），请用 Word 或 WPS 另存为 .docx")
    _check_archive(data)
    return _read(data)


def _check_archive(data: bytes) -> None:
    """Refuses bombs and entities before any XML is parsed, by the sizes read, not the sizes claimed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise UnreadableFile("Word 文件解压后过大，已拒绝")
            if _BODY not in archive.namelist():
                raise UnreadableFile("不是 .docx 文件（缺少正文）")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        content = part.read(_MOST_XML_BYTES + 1)
                    if len(content) > _MOST_XML_BYTES:
                        raise UnreadableFile("Word 文件解压后过大，已拒绝")
                    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"<\x00!\x00D\x00O\x00C" in content:
                        raise UnreadableFile("Word 文件含有外部实体声明，已拒绝")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableFile("Word 文件已损坏或已加密，无法打开") from error


def _read(data: bytes) -> Loaded:
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        blocks: list[Block] = []
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                blocks += (Block(_row(row)) for row in item.rows)
            else:
                style = item.style.name if item.style is not None else ""
                heading = _HEADING.match(style or "")
                blocks += (Block(line, int(heading[1]) if heading else None) for line in item.text.splitlines())
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError) as error:
        # python-docx raises whatever a malformed part happens to run into.
        raise UnreadableFile("Word 文件已损坏，无法读取") from error
    return Loaded(tuple(blocks))


def _row(row) -> str:  # type: ignore[no-untyped-def]
    """The cells of a table row joined by tabs; a merged cell, which python-docx repeats, once."""
    cells: list[str] = []
    last = None
    for cell in row.cells:
        if cell._tc is not last:
            cells.append(" ".join(cell.text.split()))
        last = cell._tc
    return "\t".join(cells)
