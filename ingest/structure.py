"""Reads a document's hierarchy: which heading path every line stands under, and the sections this makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from ingest.captions import find_annexes, find_captions, find_turns
from ingest.loaders.block import Block
from ingest.markers import Marker, find_marker, lead
from ingest.metadata import signature_at
from vectorstore.model import Section

_OUTER: Final = frozenset({"编", "部分", "章", "一、"})
_LEGAL: Final = frozenset({"编", "章", "节", "条"})
_TURN_RANK, _ANSWER_RANK, _ANNEX_RANK, _LEVEL_RANK, _CAPTION_RANK = -30, -25, -20, -10, 200
_FEWEST_NUMBERED: Final = 2
"""Outer numbered headings from which a document counts as numbered: its short lines are then lists, not headings."""

_FEWEST_ENTRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where one line stands."""

    path: tuple[str, ...]
    opens: bool
    """Whether the line begins a section, with the last element of `path` as its heading."""
    bare: bool
    """Whether the line is nothing but that heading."""


def outline(lines: Sequence[Block], *, title: str, title_end: int) -> list[Place]:
    """The place of every line; the first `title_end` lines are the title and stand under no heading."""
    texts = [line.text for line in lines]
    signed = signature_at(texts)
    turns = find_turns(texts)
    markers = {i: found for i in range(title_end, len(texts)) if (found := find_marker(texts[i]))}
    for i in _contents(texts, markers):
        del markers[i]
    numbered = sum(marker.kind in _OUTER for marker in markers.values()) + sum(
        line.level is not None for line in lines[title_end:]
    )
    captions = find_captions(texts, title_end) if numbered < _FEWEST_NUMBERED and not turns else {}
    annexes = find_annexes(texts, title, signed[1] if signed else title_end)
    stack: list[Marker] = []
    places: list[Place] = []
    for i, text in enumerate(texts):
        opened: Marker | None = None
        if signed and signed[0] <= i < signed[1]:
            stack.clear()
        elif i < title_end:
            pass
        elif i in annexes:
            opened = Marker("附件", _ANNEX_RANK, 0, lead(text))
        elif i in turns:
            opened = _turn(text, *turns[i], stack)
        elif i in markers:
            opened = markers[i]
        elif lines[i].level is not None:
            level = lines[i].level or 0
            opened = Marker(f"h{level}", _LEVEL_RANK + level, 0, lead(text))
        elif i in captions:
            opened = Marker(f"c{captions[i]}", _CAPTION_RANK + captions[i], 0, lead(text))
        if opened is not None:
            del stack[_depth(stack, opened) :]
            stack.append(opened)
        path = tuple(marker.label for marker in stack)
        bare = opened is not None and len(text) <= len(opened.label) + 1
        places.append(Place(path, opened is not None, bare))
    return places


def sections(lines: Sequence[Block], places: Sequence[Place]) -> tuple[Section, ...]:
    """Every heading's section, in order of their starts, with offsets into the lines joined by line ends."""
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    found: list[Section] = []
    for i, place in enumerate(places):
        if not place.opens:
            continue
        end = i + 1
        depth = len(place.path)
        while (
            end < len(places)
            and places[end].path[:depth] == place.path
            and not (places[end].opens and len(places[end].path) <= depth)
        ):
            end += 1
        found.append(Section(place.path, starts[i], starts[end] - 1))
    return tuple(found)


def _contents(texts: Sequence[str], markers: Mapping[int, Marker]) -> list[int]:
    """The lines of tables of contents: headings on end, the first of which comes again further down."""
    again: dict[str, int] = {}
    entries: list[int] = []
    end = len(texts)
    for i in reversed(range(len(texts))):
        if i not in markers:
            end = i
            continue
        heading = "".join(texts[i].split())
        until = min(end, again.get(heading, i))
        if until - i >= _FEWEST_ENTRIES and i - 1 not in markers:
            entries += range(i, until)
        again[heading] = i
    return entries


def _turn(text: str, speaker: str, asks: bool, stack: Sequence[Marker]) -> Marker:
    """A question opens a section named by its first words; an answer stands in the section of its question."""
    if asks:
        return Marker("问", _TURN_RANK, 0, lead(text, len(speaker) + 1))
    if stack and stack[0].kind == "问" and speaker != "主持人":
        return Marker("答", _ANSWER_RANK, 0, speaker)
    return Marker("发言", _TURN_RANK, 0, speaker)


def _depth(stack: Sequence[Marker], marker: Marker) -> int:
    """How much of the stack stays above a new marker.

    A kind already on the stack is its sibling, unless a usually deeper kind counts from one again below a usually
    shallower one. A new kind that starts at one stands below the last heading; any other finds its usual depth.
    """
    same = next((i for i in reversed(range(len(stack))) if stack[i].kind == marker.kind), None)
    if same is not None:
        inner = stack[-1]
        restarts = marker.number == 1 and same < len(stack) - 1 and marker.rank > inner.rank
        return len(stack) if restarts else same
    if marker.number == 1 and marker.kind not in _LEGAL:
        return len(stack)
    return next((i for i, above in enumerate(stack) if above.rank >= marker.rank), len(stack))
