"""Turns the bytes of a file into its blocks of text, by suffix; a new format is a file here and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from ingest.errors import UnreadableFile
from ingest.loaders.block import Block, Loaded
from ingest.loaders.docx import load_docx
from ingest.loaders.html import load_html
from ingest.loaders.markdown import load_markdown
from ingest.loaders.pdf import load_pdf
from ingest.loaders.text import load_text

__all__ = ["LOADERS", "Block", "Loaded", "check_suffix", "load"]

LOADERS: Final[Mapping[str, Callable[[bytes], Loaded]]] = MappingProxyType(
    {
        ".txt": load_text,
        ".text": load_text,
        ".md": load_markdown,
        ".markdown": load_markdown,
        ".html": load_html,
        ".htm": load_html,
        ".pdf": load_pdf,
        ".docx": load_docx,
    }
)


_SAVED_AS: Final = {
    "请用 Word 或 WPS 另存为 .docx": ".doc .docm .dot .wps .rtf .odt .pages",
    "请另存为 PDF": ".ofd .ppt .pptx .dps .xls .xlsx .et .csv .caj .epub",
    "请先解压": ".zip .rar .7z .tar .gz .tgz .bz2 .xz",
    "请先用文字识别（OCR）软件转成 .docx 或带文字的 PDF": ".jpg .jpeg .png .gif .bmp .tif .tiff .webp .heic",
}
_INSTEAD: Final = {suffix: advice for advice, suffixes in _SAVED_AS.items() for suffix in suffixes.split()}


def check_suffix(suffix: str) -> None:
    """Raises UnreadableFile for a suffix (with its dot, in any case) that no loader reads."""
    if suffix.lower() not in LOADERS:
        advice = _INSTEAD.get(suffix.lower(), f"支持 {' '.join(LOADERS)}")
        raise UnreadableFile(f"不支持的格式（{suffix or '没有后缀'}），{advice}")


def load(data: bytes, suffix: str) -> Loaded:
    """The blocks of a file with this suffix. Raises UnreadableFile saying why not."""
    check_suffix(suffix)
    if not data.strip():
        raise UnreadableFile("文件是空的")
    return LOADERS[suffix.lower()](data)
