"""Loads PDFs that have a text layer: wrapped lines joined into paragraphs, page numbers and running heads dropped."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from ingest.errors import UnreadableFile
from ingest.loaders.block import Block, Loaded

_PAGE_NUMBER: Final = re.compile(r"[-—–·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}\s*页?)?)[-—–·\s]*")
_ENDS_PARAGRAPH: Final = re.compile(r"[。！？!?：:；;][”』」）)]?$")
_BEGINS_PARAGRAPH: Final = re.compile(
    r"第[〇零一二三四五六七八九十百\d]{1,4}[编章节条]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳]|附件"
)
_MOST_PAGES: Final = 3000
_FULL: Final = 0.85
"""A line of at least this share of the usual full width goes on in the next one."""


def load_pdf(data: bytes) -> Loaded:
    """The paragraphs of a PDF. Raises UnreadableFile: not a PDF, encrypted, damaged, too long, no text layer."""
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("不是 PDF 文件（内容与后缀不符），请用写它的程序另存为 PDF")
    pages = _pages(data)
    if not any(line.strip() for page in pages for line in page):
        raise UnreadableFile("PDF 没有文字层（可能是扫描件），请先做文字识别（OCR）")
    return Loaded(tuple(Block(text) for text in _paragraphs(_without_running_heads(pages))))


def _pages(data: bytes) -> list[list[str]]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("PDF 已加密，请先去掉密码") from error
        raise UnreadableFile("PDF 已损坏，无法打开") from error
    try:
        if len(pdf) > _MOST_PAGES:
            raise UnreadableFile(f"PDF 超过 {_MOST_PAGES} 页，请拆分后再试")
        pages = []
        for page in pdf:
            text = page.get_textpage()
            # PDFium marks a hyphen at a line's end with U+FFFE.
            pages.append(text.get_text_range().replace("\ufffe", "-").splitlines())
            text.close()
            page.close()
        return pages
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("PDF 已损坏，读不出文字") from error
    finally:
        pdf.close()


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """All lines in order, less page numbers and what stands first or last on most of at least four pages."""
    kept = [[line for line in page if line.strip() and not _PAGE_NUMBER.fullmatch(line.strip())] for page in pages]
    edges = Counter(line.strip() for page in kept for line in {*page[:1], *page[-1:]})
    running = {line for line, count in edges.items() if len(pages) >= 4 and count > len(pages) / 2}
    return [line for page in kept for line in page if line.strip() not in running]


def _paragraphs(lines: list[str]) -> list[str]:
    widths = sorted(_width(line) for line in lines)
    full = widths[int(len(widths) * 0.9)] if widths else 0
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        text = line.strip()
        if goes_on and not _BEGINS_PARAGRAPH.match(text):
            gap = (
                " "
                if paragraphs[-1][-1:].isascii()
                and paragraphs[-1][-1:].isalnum()
                and text[:1].isalpha()
                and text[:1].isascii()
                else ""
            )
            paragraphs[-1] += gap + text
        else:
            paragraphs.append(text)
        filled = _width(line) >= full * _FULL
        goes_on = filled and not (_ENDS_PARAGRAPH.search(text) and _width(line) < full * 0.97)
    return paragraphs


def _width(line: str) -> int:
    return sum(1 if character.isascii() else 2 for character in line.strip())
