"""Where the sentences of a Chinese text begin and end."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

_PAIRS: Final = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
}
_OPENER: Final = {closer: opener for opener, closer in _PAIRS.items()}
_OF_PAIRS: Final = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_OPENER)) + "]")
_CLOSERS: Final = frozenset(_OPENER) | {'"', "'"}
# A pair longer than this is running text, and split like any other.
_LONGEST_QUOTE: Final = 100
_LONGEST_TITLE: Final = 300
_END: Final = re.compile(r"[。！？!?]+")
_CLAUSE_END: Final = re.compile(r"[。！？!?；;]+")


_REMEMBERED: Final = 2_000
"""Characters of a text whose sentences are kept in memory for the next question."""


def sentence_spans(text: str, *, clauses: bool = False) -> list[tuple[int, int]]:
    """Spans of the sentences in order: not overlapping, not blank at either end, covering all that isn't blank.

    A sentence ends at 。！？!? or a line's end, and with `clauses` also at ；;. What closes behind the mark (” 」 ）)
    stays with its sentence. Titles, and quotations and brackets of up to 100 characters, are never split inside; a
    quotation that ends in 。” ends the sentence too.
    """
    return list(_remembered(text, clauses) if len(text) <= _REMEMBERED else _spans(text, clauses))


def _spans(text: str, clauses: bool) -> list[tuple[int, int]]:
    end_mark = _CLAUSE_END if clauses else _END
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        spans += [(offset + start, offset + end) for start, end in _split(line, end_mark)]
        offset += len(line) + 1
    return spans


# The same passages come up for question after question.
_remembered = lru_cache(maxsize=8_192)(_spans)


def _split(line: str, end_mark: re.Pattern[str]) -> list[tuple[int, int]]:
    kept_whole = _kept_whole(line)
    cuts: list[int] = []
    for mark in end_mark.finditer(line):
        cut = mark.end()
        if mark[0].isascii() and line[cut : cut + 1].isascii() and line[cut : cut + 1].isalnum():
            continue  # http://host/page?id=1
        while cut < len(line) and line[cut] in _CLOSERS:
            cut += 1
        if not kept_whole[mark.start()] or (mark[0] == "。" and line[mark.end() : mark.end() + 1] == "”"):
            cuts.append(cut)
    edges = [0, *cuts, len(line)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        piece = line[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans


def _kept_whole(line: str) -> bytearray:
    """1 for every character inside a pair that isn't split; openers and closers without a partner don't count."""
    kept = bytearray(len(line))
    openers: list[int] = []
    for mark in _OF_PAIRS.finditer(line):
        position, character = mark.start(), mark[0]
        if character in _PAIRS:
            openers.append(position)
        else:
            while openers:
                start = openers.pop()
                if line[start] == _OPENER[character]:
                    limit = _LONGEST_TITLE if character in "》〉" else _LONGEST_QUOTE
                    if position - start <= limit:
                        kept[start:position] = b"\x01" * (position - start)
                    break
    return kept
