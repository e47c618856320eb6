"""Cuts a document into chunks that follow its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.structure import Place
from vectorstore.model import Chunk, Document
from vectorstore.regions import Gazetteer, Region
from vectorstore.sentences import sentence_spans

_LONGEST_SPEAKER: Final = 8
LONGEST: Final = 400
"""Characters in a chunk, at most."""
_RESPONSIBILITY: Final = re.compile(r"[(（](?=[^()（）]*(?:负责|牵头|责任单位|配合|按职责))")
# What a break costs in _pack: one more piece, a break inside a line, each character a piece is too short.
_MID_LINE: Final = 60
_SHORT: Final = 120
_PIECE: Final = 100
_TINY: Final = 20

Span = tuple[int, int]


def chunks(document: Document, places: Sequence[Place]) -> list[Chunk]:
    """The chunks of a document whose lines stand at `places`.

    A chunk is one item, or a part of an over-long one split between lines or sentences, and never holds text of two;
    bare headings stand at the start of the first chunk below them. Together the chunks cover all but blanks.
    """
    made: list[Chunk] = []
    gazetteer = Gazetteer((document.region,) if document.region else ())
    for path, start, end in _items(document.text, places):
        region = region_of(path, document.region, gazetteer)
        for first, last in _split(document.text, start, end):
            ordinal = len(made)
            made.append(
                Chunk(
                    id=f"{document.id}-{ordinal:05d}",
                    doc_id=document.id,
                    ordinal=ordinal,
                    start=first,
                    end=last,
                    path=path,
                    text=document.text[first:last],
                    region=region,
                )
            )
    return made


def _items(text: str, places: Sequence[Place]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The path, start and end of each item: lines under one heading, led by the bare headings above it.

    Paragraphs (款) of an article that stand together and aren't longer than a chunk are one item, the article's.
    """
    held: tuple[tuple[str, ...], int, int] | None = None
    article: tuple[str, ...] | None = None  # whose paragraphs `held` is
    start = position = 0
    first: Place | None = None  # of the paragraph being read
    for i, (line, place) in enumerate(zip(text.split("\n"), places, strict=True)):
        following = places[i + 1] if i + 1 < len(places) else None
        position += len(line) + 1
        first = place if place.paragraph else first
        ends = following is None or following.opens or following.path != place.path
        if ends and not (place.bare and following is not None and _stands_below(following, place)):
            of = place.path[:-1] if first else None
            goes_on = first is not None and first.opens == 1 and of == article
            if held is not None and goes_on and position - 1 - held[1] <= LONGEST:
                held = place.path[:-1], held[1], position - 1
            else:
                if held is not None:
                    yield held
                held = place.path, start, position - 1
            start, first, article = position, None, of
    if held is not None:
        yield held


def _stands_below(place: Place, above: Place) -> bool:
    depth = len(above.path)
    return place.opens > 0 and place.outermost > depth and place.path[:depth] == above.path


def _split(text: str, start: int, end: int) -> list[Span]:
    """The span of an item, or of its parts of at most LONGEST characters."""
    stripped = text[start:end]
    start, end = start + len(stripped) - len(stripped.lstrip()), start + len(stripped.rstrip())
    if end - start <= LONGEST:
        return [(start, end)] if end > start else []
    return _pack(_units(text, start, end), text)


def _units(text: str, start: int, end: int) -> list[Span]:
    """What is never cut: sentences, each with the bracket behind it that says who is responsible, tiny ones joined."""
    units: list[Span] = []
    for first, last in sentence_spans(text[start:end]):
        first, last = start + first, start + last
        tiny = bool(units) and units[-1][1] - units[-1][0] < _TINY
        if units and (tiny or _RESPONSIBILITY.match(text, first, last)) and last - units[-1][0] <= LONGEST:
            units[-1] = (units[-1][0], last)
        else:
            units += _cut_long(text, first, last)
    return units


def _cut_long(text: str, start: int, end: int) -> list[Span]:
    """A sentence as it is, or cut behind ；, failing that ， or 、, failing that anywhere."""
    pieces: list[Span] = []
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        cut = next(
            (at for marks in ("；;", "，,", "、 \t") if (at := max(map(window.rfind, marks)) + 1) > LONGEST // 4),
            LONGEST,
        )
        pieces.append((start, start + cut))
        start += cut
        while start < end and text[start].isspace():
            start += 1
    return [*pieces, (start, end)] if end > start else pieces


def _pack(units: Sequence[Span], text: str) -> list[Span]:
    """Joins units into the fewest spans of at most LONGEST characters, breaking at lines rather than inside them."""
    best: list[tuple[float, int]] = [(0.0, 0)]  # cost of everything before unit n, and where its last span begins
    for n in range(1, len(units) + 1):
        options: list[tuple[float, int]] = []
        last = units[n - 1][1]
        at_line_end = n == len(units) or "\n" in text[last : units[n][0]]
        for first in range(n - 1, -1, -1):
            length = last - units[first][0]
            if length > LONGEST and first < n - 1:
                break
            cost = best[first][0] + _PIECE + (0 if at_line_end else _MID_LINE) + max(_SHORT - length, 0)
            options.append((cost, first))
        best.append(min(options))
    spans: list[Span] = []
    n = len(units)
    while n:
        first = best[n][1]
        spans.append((units[first][0], units[n - 1][1]))
        n = first
    return spans[::-1]


def region_of(path: tuple[str, ...], default: str | None, gazetteer: Gazetteer) -> str | None:
    """The one region that the deepest such heading names, at its start or behind a number or speaker; or `default`.

    A heading that names a region around the document's own doesn't widen it.
    """
    own = Region.parse(default) if default else None
    for heading in reversed(path):
        mentions = gazetteer.find(heading)
        if len({mention.region for mention in mentions}) != 1:
            continue
        before = heading[: mentions[0].start]
        if len(before) <= _LONGEST_SPEAKER and re.search(r"(?:^|[\s、.．)）：:])$", before):
            inside = own is not None and mentions[0].region.covers(own)
            return default if inside else mentions[0].region.name
    return default
