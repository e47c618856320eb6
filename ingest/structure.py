"""Reads a document's hierarchy: which heading path every line stands under, and the sections this makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from ingest.captions import find_annexes, find_captions, find_turns
from ingest.loaders.block import Block
from ingest.markers import Marker, find_marker, glued_article, lead
from ingest.metadata import signature_at
from ingest.paragraphs import find_paragraphs
from vectorstore.model import Section

_OUTER: Final = frozenset({"编", "部分", "章", "一、"})
_LEGAL: Final = frozenset({"编", "章", "节", "条"})
_TURN_RANK, _ANSWER_RANK, _ANNEX_RANK, _LEVEL_RANK, _CAPTION_RANK = -30, -25, -20, -10, 200
_PART_RANK: Final = 45
"""Of 一、 where articles are counted through from one such heading to the next: outside of them."""
_FEWEST_NUMBERED: Final = 2
"""Outer numbered headings from which a document counts as numbered: its short lines are then lists, not headings."""

_FEWEST_ENTRIES: Final = 4
_LONGEST_ENTRY: Final = 60
_NO_HEADING: Final = ("。", "；", ";", "：", ":", "，")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one line stands."""

    path: tuple[str, ...]
    opens: int
    """How many sections begin with the line, the innermost with all of `path`; 2 for an article and its 第一款."""
    bare: bool
    """Whether the line is nothing but a heading."""
    paragraph: bool = False
    """Whether the last element of `path` is a paragraph of an article (第二款), which the text itself doesn't name."""

    @property
    def outermost(self) -> float:
        """Depth of the outermost section that begins here; beyond any depth where none does."""
        return len(self.path) - self.opens + 1 if self.opens else float("inf")


def outline(lines: Sequence[Block], *, title: str, title_end: int) -> list[Place]:
    """The place of every line; the first `title_end` lines are the title and stand under no heading.

    The paragraphs of an article that has several are places of their own, named 第一款, 第二款.
    """
    texts = [line.text for line in lines]
    signed = signature_at(texts)
    turns = find_turns(texts)
    markers = _markers(texts, title_end)
    numbered = sum(marker.kind in _OUTER for marker in markers.values()) + sum(
        line.level is not None for line in lines[title_end:]
    )
    captions = find_captions(texts, title_end) if numbered < _FEWEST_NUMBERED and not turns else {}
    annexes = find_annexes(texts, title, signed[1] if signed else title_end)
    levels = {i: line.level for i, line in enumerate(lines) if line.level is not None and i >= title_end}
    signature = range(*signed) if signed else range(0)
    paragraphs = find_paragraphs(texts, markers, {*annexes, *turns, *captions, *(levels.keys() - markers), *signature})
    stack: list[Marker] = []
    places: list[Place] = []
    for i, text in enumerate(texts):
        opened: Marker | None = None
        if i in signature:
            stack.clear()
        elif i < title_end:
            pass
        elif i in annexes:
            opened = Marker("附件", _ANNEX_RANK, 0, lead(text))
        elif i in turns:
            opened = _turn(text, *turns[i], stack)
        elif i in markers:
            opened = markers[i]
        elif i in levels:
            opened = Marker(f"h{levels[i]}", _LEVEL_RANK + levels[i], 0, lead(text))
        elif i in captions:
            opened = Marker(f"c{captions[i]}", _CAPTION_RANK + captions[i], 0, lead(text))
        bare = opened is not None and len(text) <= len(opened.label) + 1
        begun = [marker for marker in (opened, paragraphs.get(i)) if marker is not None]
        for marker in begun:
            del stack[_depth(stack, marker) :]
            stack.append(marker)
        path = tuple(marker.label for marker in stack)
        places.append(Place(path, len(begun), bare, i in paragraphs))
    return places


def sections(lines: Sequence[Block], places: Sequence[Place]) -> tuple[Section, ...]:
    """Every heading's section, in order of their starts, with offsets into the lines joined by line ends."""
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    found: list[Section] = []
    for i, place in enumerate(places):
        for depth in range(len(place.path) - place.opens + 1, len(place.path) + 1):
            path = place.path[:depth]
            end = i + 1
            while end < len(places) and places[end].path[:depth] == path and places[end].outermost > depth:
                end += 1
            found.append(Section(path, starts[i], starts[end] - 1))
    return tuple(found)


def _markers(texts: Sequence[str], start: int) -> dict[int, Marker]:
    """The lines from `start` on that begin with a number, but for those of a table of contents."""
    markers: dict[int, Marker] = {}
    glued: set[int] = set()
    article = 0
    for i in range(start, len(texts)):
        marker = find_marker(texts[i])
        if marker is None and (close := glued_article(texts[i])) and close.number == article + 1:
            marker = close
            glued.add(i)
        if marker is not None:
            markers[i] = marker
            article = marker.number if marker.kind == "条" else article
    if sum(marker.kind == "条" for marker in markers.values()) < _FEWEST_NUMBERED:  # 第一条战线, and no second article
        for i in glued:
            del markers[i]
    for i in _contents(texts, markers):
        del markers[i]
    if _articles_counted_through(markers):
        markers |= {i: replace(marker, rank=_PART_RANK) for i, marker in markers.items() if marker.kind == "一、"}
    return markers


def _articles_counted_through(markers: Mapping[int, Marker]) -> bool:
    """Whether 一、, 二、 stand around articles: 一、 第一条 第二条 二、 第三条, and not as items below each article."""
    part = article = 0
    part_at_article = -1
    for i in sorted(markers):
        kind, number = markers[i].kind, markers[i].number
        if kind == "一、":
            if number == part + 1 > 1 and part_at_article >= 0 and article > part_at_article:
                return True
            part, part_at_article = number, article
        elif kind == "条":
            if part_at_article >= 0 and number != article + 1:
                part_at_article = -1
            article = number
    return False


def _contents(texts: Sequence[str], markers: Mapping[int, Marker]) -> list[int]:
    """The lines of tables of contents: bare headings on end, the first of which comes again further down.

    An item or an article is no bare heading: one list often begins as another does.
    """
    again: dict[str, int] = {}
    entries: list[int] = []
    end = len(texts)
    for i in reversed(range(len(texts))):
        if i not in markers or texts[i].endswith(_NO_HEADING) or len(texts[i]) > _LONGEST_ENTRY:
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
