"""Cuts a sentence into the clauses that each make one statement, lists of figures included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.facts.quantities import Quantity

_OPENERS: Final = "(《“[〔【"
_CLOSERS: Final = ")》”]〕】"
_MARKS: Final = ",;:!?。，；：！？\t"
_STOPS: Final = re.compile("[" + re.escape(_OPENERS + _MARKS) + "]")
_JOINTS: Final = re.compile(r"(?:、|以及|及|和|与|并|或)")
_LONGEST_BRACKET: Final = 60


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of `text[start:end]` (halved), cut at commas, semicolons and colons outside brackets and quotes."""
    cuts = [start]
    position = start
    while stop := _STOPS.search(text, position, end):
        position, character = stop.start(), stop[0]
        if character in _OPENERS:
            closer = _CLOSERS[_OPENERS.index(character)]
            at = text.find(closer, position + 1, min(end, position + _LONGEST_BRACKET))
            speech = character == "“" and any(mark in text[position:at] for mark in ",，。；")
            position = at if at >= 0 and not speech else position
        elif not _inside_number(text, position):
            cuts += [position, position + 1]
        position += 1
    cuts.append(end)
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if text[a:b].strip()]


def _inside_number(text: str, position: int) -> bool:
    return (
        text[position] in ",:"
        and text[position - 1 : position].isdigit()
        and text[position + 1 : position + 2].isdigit()
    )


def split_list(text: str, start: int, end: int, figures: Sequence[Quantity]) -> list[tuple[int, int, list[Quantity]]]:
    """A clause with several figures, cut where 、, 和 or 及 joins two statements: it stands beside a figure.

    Each piece with its figures; “联盟5个、专利池5个” gives two pieces, “从10亿元提高到20亿元” one.
    """
    cuts: list[tuple[int, int]] = []
    for before, after in pairwise(figures):
        for joint in _JOINTS.finditer(text, before.end, after.start):
            if joint.start() == before.end or joint.end() == after.start:
                cuts.append(joint.span())
                break
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return [
        (a, b, [figure for figure in figures if a <= figure.start < b])
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
