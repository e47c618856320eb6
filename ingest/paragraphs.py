"""Counts the paragraphs (款) of articles that have several: 第三十八条 → 第一款, 第二款."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from ingest.markers import Marker

RANK: Final = 55
"""Between an article and its items."""
_SENTENCE: Final = ("。", "！", "？", "!", "?", "。”", "”。", "。）", "。)", "。】", "。」")
_LINE_OF_TEXT: Final = (*_SENTENCE, "：", ":", "；", ";")
_DIGITS: Final = "零一二三四五六七八九"


def find_paragraphs(
    texts: Sequence[str], markers: Mapping[int, Marker], headings: Collection[int]
) -> dict[int, Marker]:
    """The line each paragraph begins at → what opens it, for articles that have more than one.

    A paragraph begins behind its article's number, or at a line without number or cells where the line before has ended
    a sentence; what follows a colon or semicolon belongs to the paragraph before. `headings` are lines that end an
    article without being a marker.
    """
    found: dict[int, Marker] = {}
    begun: list[int] | None = None  # the paragraphs of the article being read; None outside of one
    for i in range(len(texts) + 1):
        marker = markers.get(i)
        ends = i == len(texts) or i in headings or (marker is not None and marker.rank < RANK)
        if ends:
            if begun is not None and len(begun) > 1:
                found |= {line: Marker("款", RANK, n, paragraph_name(n)) for n, line in enumerate(begun, start=1)}
            begun = None
        if marker is not None and marker.kind == "条" and i < len(texts):
            begun = [i] if texts[i][len(marker.label) :].strip() else []
        elif not ends and marker is None and begun is not None and _begins_paragraph(texts, i, first=not begun):
            begun.append(i)
    return found


def _begins_paragraph(texts: Sequence[str], i: int, *, first: bool) -> bool:
    return (first or texts[i - 1].endswith(_SENTENCE)) and texts[i].endswith(_LINE_OF_TEXT) and "\t" not in texts[i]


def paragraph_name(number: int) -> str:
    """第二款, 第十二款."""
    tens, ones = divmod(number, 10)
    ten = (_DIGITS[tens] if tens > 1 else "") + "十" if 0 < tens < 10 else ""
    return f"第{number if tens > 9 else ten + (_DIGITS[ones] if ones else '')}款"
