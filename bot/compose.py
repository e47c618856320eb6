"""Puts quoted pieces together into an answer's text with its citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Citation
from bot.question.understand import fold
from vectorstore.model import Document

_ENDS = "。！？!?…：:"
_SPACED_OUT = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[^\S\n]{1,4}[\u4e00-\u9fff]){1,3}(?![\u4e00-\u9fff])")
"""A short word spaced out to the width of a longer one, as rosters do."""
_LOOKS_LIKE_MARKER = re.compile(r"\[(\d+)\]")


_LED_ON = "；;，,、 \n"
"""What led on to the next item leads on to none here."""
_ENDED = f"。{_LED_ON}"
"""In a row the marks between the pieces are ours, and the last one is closed behind its marker."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotation to answer with, and whose it is (region or document) where the quotation leaves that out.

    `note` is what the document's card adds, shown in brackets behind the quotation.
    """

    document: Document
    path: tuple[str, ...]
    start: int
    end: int
    label: str | None = None
    note: str | None = None


def compose(pieces: Sequence[Piece], *, joiner: str = "\n") -> tuple[str, tuple[Citation, ...]]:
    """The text of an answer made of `pieces`, each with its marker [n], and the citations by number.

    A piece's text is the document's own, white space folded to one blank; a quotation cut before its sentence's end
    is closed with 。 behind the marker.
    """
    parts, citations = [], []
    for number, piece in enumerate(pieces, start=1):
        quote = piece.document.text[piece.start : piece.end]
        quote = quote.rstrip(_LED_ON if joiner == "\n" else _ENDED) or quote
        shown = piece.document.title if fold(quote) == fold(piece.document.title) else displayed(quote)
        closing = "" if (joiner != "\n" and number < len(pieces)) or shown[-1:] in _ENDS else "。"
        note = f"（{piece.note}）" if piece.note else ""
        parts.append(f"{piece.label + '：' if piece.label else ''}{shown}{note}[{number}]{closing}")
        citations.append(Citation(number, piece.document, piece.path, piece.start, piece.start + len(quote), quote))
    return joiner.join(parts), tuple(citations)


def named(document: Document) -> str:
    """The document's title as running text names it: in 《》, unless it has such marks itself."""
    return document.title if "《" in document.title else f"《{document.title}》"


def displayed(quote: str) -> str:
    """`quote` on one line, what was spaced out closed up, and what looks like a marker made unlike one (［1］)."""
    line = re.sub(r"\s+", " ", _SPACED_OUT.sub(_closed_up, quote)).strip()
    return _LOOKS_LIKE_MARKER.sub(r"［\1］", line)


def _closed_up(spaced: re.Match[str]) -> str:
    return "".join(spaced.group().split())
