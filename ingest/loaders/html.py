"""Loads web pages: the paragraphs, headings and table rows of their main part, nothing that is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ingest.errors import UnreadableFile
from ingest.loaders.block import Block, Loaded
from ingest.loaders.encoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "button", "select", "textarea"}
    | {"nav", "footer", "aside", "head"}
)
_TITLE_META: Final = "//meta[@name='ArticleTitle' or @property='og:title']/@content"
_INLINE: Final = frozenset(
    {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "small", "big", "mark", "abbr", "cite"}
    | {"code", "q", "ins", "del", "label", "tt", "o:p"}
)
_HIDDEN_STYLE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![\d.])", re.IGNORECASE
)
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_BLANK_IN_CHINESE: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_MOSTLY_LINKS: Final = 0.6
_TEXT_LIKE: Final = re.compile(
    r"[。；;：:！？”）)]$|\t|^[\d〇○零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$"
)
_WIDEST_GAP: Final = 4
"""Pieces between two that belong to the same article, at most."""
_CELL_LENGTH: Final = 200
"""Characters: a table with a longer cell lays out the page and holds paragraphs."""


@dataclass(frozen=True, slots=True)
class _Piece:
    block: Block
    links: float
    """Share of its characters that are links."""


def load_html(data: bytes) -> Loaded:
    """The main part of a page as blocks, and its title where the page states one.

    Scripts, hidden and navigation elements are left out; trafilatura decides where the article begins and ends.
    """
    import lxml.etree
    import lxml.html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data).replace("\x00", ""))
    try:
        root = lxml.html.document_fromstring(text)
    except (lxml.etree.ParserError, ValueError) as error:
        raise UnreadableFile("网页里没有可读的文字") from error
    heads = [_BLANKS.sub("", "".join(root.xpath("//head/title/text()")))]
    heads += [_BLANKS.sub(" ", str(value)).strip() for value in root.xpath(_TITLE_META)]
    lxml.etree.strip_elements(root, lxml.etree.Comment, lxml.etree.ProcessingInstruction, with_tail=False)
    for node in list(root.iter()):
        if node is not root and (node.tag in _SKIPPED or _is_hidden(node)):
            node.drop_tree()
    walk = _Walk()
    walk.visit(root)
    walk.flush()
    title = _stated_title(heads, walk.pieces)
    return Loaded(tuple(piece.block for piece in _main_part(walk.pieces, text, title)), title)


def _is_hidden(node: HtmlElement) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN_STYLE.search(node.get("style") or ""))


class _Walk:
    """Collects the pieces of a page in reading order."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self._parts: list[str] = []
        self._linked = 0
        self._level: int | None = None
        self._in_link = False

    def visit(self, node: HtmlElement) -> None:
        """Adds what `node` holds; its tail is its parent's business."""
        if node.tag == "tr" and _is_data_row(node):
            self.flush()
            row = "\t".join(_line(cell.text_content()) for cell in _cells(node)).strip()
            if row:
                self.pieces.append(_Piece(Block(row), 0.0))
            return
        is_block = node.tag not in _INLINE
        level = self._level
        if is_block:
            self.flush()
        if heading := re.fullmatch(r"h([1-6])", node.tag):
            self._level = int(heading[1])
        was_in_link = self._in_link
        self._in_link = was_in_link or node.tag == "a"
        self._add(node.text)
        for child in node:
            self.visit(child)
            self._add(child.tail)
        self._in_link = was_in_link
        if is_block:
            self.flush()
        self._level = level

    def _add(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            self._linked += len(text.strip()) if self._in_link else 0

    def flush(self) -> None:
        """Ends the block that is being collected."""
        text = _line("".join(self._parts))
        if text:
            self.pieces.append(_Piece(Block(text, self._level), self._linked / len(text)))
        self._parts.clear()
        self._linked = 0


def _line(text: str) -> str:
    """One line: a line end of the source between Chinese characters is no blank, any other run of blanks is one."""
    return _BLANKS.sub(" ", _BLANK_IN_CHINESE.sub("", text)).strip()


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_data_row(row: HtmlElement) -> bool:
    cells = _cells(row)
    if len(cells) < 2 or row.find(".//table") is not None:
        return False
    return all(len(cell.text_content().strip()) <= _CELL_LENGTH for cell in cells)


def _stated_title(heads: list[str], pieces: list[_Piece]) -> str | None:
    """The title by the page's own marks; what a site adds to its <title> goes if the page shows the rest alone."""
    whole, *stated = heads
    if stated and len(stated[0]) >= 4:
        return stated[0]
    headings = [piece.block.text for piece in pieces if piece.block.level == 1 and len(piece.block.text) >= 6]
    if len(headings) == 1:
        return headings[0]
    shown = (piece.block.text for piece in pieces if len(piece.block.text) >= 6)
    return next((text for text in shown if _BLANKS.sub("", text) in whole), None)


def _main_part(pieces: list[_Piece], page: str, title: str | None) -> list[_Piece]:
    """The run of pieces from the first to the last that trafilatura takes for the article, its title included."""
    import trafilatura

    article = _squash(trafilatura.extract(page, include_comments=False, include_tables=True) or "")
    squashed = [_squash(piece.block.text) for piece in pieces]
    inside = [i for i, text in enumerate(squashed) if len(text) >= 8 and text in article]
    covered = sum(len(squashed[i]) for i in inside)
    if not inside or covered < 0.3 * sum(map(len, squashed)):
        return [piece for piece in pieces if piece.links < _MOSTLY_LINKS or len(piece.block.text) > 60]
    first, last = inside[0], inside[-1]
    if title is not None:
        before = [i for i in range(first) if squashed[i] == _squash(title)]
        first = before[-1] if before else first
    # trafilatura may stop short of an article's last paragraphs, table or signature.
    for i in range(last + 1, len(pieces)):
        if i - last > _WIDEST_GAP:
            break
        if pieces[i].links < _MOSTLY_LINKS and _TEXT_LIKE.search(pieces[i].block.text):
            last = i
    return [
        piece
        for i, piece in enumerate(pieces[first : last + 1], start=first)
        if piece.links < _MOSTLY_LINKS or squashed[i] in article
    ]


def _squash(text: str) -> str:
    return re.sub(r"[\s|]", "", text)
