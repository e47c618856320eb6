"""Bytes of a text file to text, whatever Chinese encoding they are in."""

from __future__ import annotations

import codecs
import re
from typing import Final

from ingest.errors import UnreadableFile

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
)
_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
# The commonest characters of Chinese prose in both scripts: of two readings of the same bytes the right one has more.
_COMMON: Final = frozenset(
    "的一是在有和人中大为為上个個国國以要年会會业業家政市发發展工作部不了行地方法知产產，。、：“”"
)


def decode(data: bytes) -> str:
    """The text of `data`: by its byte order mark, what an HTML page declares, UTF-8, UTF-16, GB18030 or Big5.

    Raises UnreadableFile for what is no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if data.startswith(_MAGIC):
        raise UnreadableFile("内容不是文本（与文件后缀不符），请检查文件或改用正确的后缀")
    if b"\x00" in data:
        return _decode_utf16(data)
    declared = _DECLARED.search(data[:4096])
    if declared is not None:
        text = _try(data, declared[1].decode("ascii").lower().replace("gb2312", "gb18030").replace("gbk", "gb18030"))
        if text is not None:
            return text
    text = _try(data, "utf-8")
    if text is not None:
        return text
    readings = [
        reading for encoding in ("gb18030", "big5", "big5hkscs") if (reading := _try(data, encoding)) is not None
    ]
    if not readings:
        # Mostly right in one encoding, with some broken bytes: read what can be read.
        readings = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030", "big5")]
    best = max(readings, key=_likeness)
    if best.count("\ufffd") > len(best) // 10:
        raise UnreadableFile("无法识别文字编码，请另存为 UTF-8 后再试")
    return best


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_utf16(data: bytes) -> str:
    """UTF-16 without a mark, told from a binary file by what it decodes to."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data, encoding)
        if text and "\x00" not in text and _likeness(text) > 0.05:
            return text
    raise UnreadableFile("是二进制文件，不是文本")


def _likeness(text: str) -> float:
    """Share of common Chinese characters, less that of replacement characters."""
    sample = text[:20_000]
    return sum((c in _COMMON) - 2 * (c == "\ufffd") for c in sample) / max(len(sample), 1)
