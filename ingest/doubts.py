"""What in a document may be a slip or a misreading: items numbered with gaps or twice, a misread document number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.markers import Marker, find_marker, glued_article
from ingest.numbers import number_spans
from vectorstore.model import Document
from vectorstore.numbers import is_misread

_SHOWN: Final = 3
"""How many places a warning names."""
_LONGEST: Final = 16
"""Characters shown of a heading."""
_LINE_BEFORE: Final = 300
_OF_ANOTHER: Final = re.compile(r"修改|修正|修订|摘编|摘录|节选|选登|简报")
"""Titles of documents that speak of some articles of another, or hold parts of several."""
_ABOVE: Final = {"节": "章"}
"""Levels that never stand without the other above them."""


def find_doubts(document: Document) -> tuple[str, ...]:
    """A warning a line, for whoever keeps the library; () where nothing seems wrong. Pure.

    Nothing is corrected for it: sections and facts stand as they were read.
    """
    gaps, repeats, missing = [], [], []
    for before, heading, wrong in _numbering(document):
        if wrong == "gap":
            gaps.append(f"“{_short(before)}”之后是“{_short(heading)}”" if before else f"从“{_short(heading)}”开始")
        elif wrong == "repeat":
            repeats.append(f"“{_short(heading)}”")
        else:
            missing.append(f"“{_short(heading)}”")
    misread = [
        f"“{written}”按“{number}”识别"
        for line in document.text.split("\n")
        for number, start, end in number_spans(line)
        if is_misread(written := line[start:end])
    ]
    told = (
        ("编号不连续", gaps),
        ("编号重复或倒退", repeats),
        ("缺少上一级标题", missing),
        ("文号写法有误，可能是扫描识别的错字", misread),
    )
    return tuple(f"{what}：{_listed(places)}" for what, places in told if places)


def _numbering(document: Document) -> Iterator[tuple[str, str, str]]:
    """The heading before, the heading, and what is wrong: "gap", "repeat" or "level"."""
    counted = not _OF_ANOTHER.search(document.title)
    last: list[dict[str, tuple[int, str]]] = []  # by depth and kind, the number and heading of the sibling before
    through: dict[str, int] = {}  # by kind, the number before, for those counted from the first section to the last
    for section in document.sections:
        depth, heading = len(section.path), section.path[-1]
        marker = find_marker(heading) or glued_article(heading)
        del last[depth:]
        last += [{} for _ in range(depth - len(last))]
        if marker is None:
            continue
        level = _ABOVE.get(marker.kind)
        if level is not None and not any(_kind(above) == level for above in section.path[:-1]):
            yield "", heading, "level"
        siblings = last[-1]
        number, before = siblings.get(marker.kind, (0, ""))
        expected = (1, number + 1, through.get(marker.kind, 0) + 1)
        goes_on = _first_of_two(marker.number, document.text[max(0, section.start - _LINE_BEFORE) : section.start])
        siblings[marker.kind], through[marker.kind] = (marker.number, heading), marker.number
        if not _is_counted(marker, counted=counted) or marker.number in expected or goes_on:
            continue
        yield before, heading, "gap" if marker.number > number else "repeat"


def _is_counted(marker: Marker, *, counted: bool) -> bool:
    """Whether its numbers follow one another; those of articles with 之一, and of articles of another law, don't."""
    return marker.kind != "条" or (counted and "之" not in marker.label)


def _first_of_two(number: int, before: str) -> bool:
    """Whether the line before holds the first item, so that the second is the first to have a line: 附件：1.…."""
    return (
        number == 2
        and re.search(r"(?<!\d)(?:1\s*[.．、)）]|一[、)）])", before.rstrip("\n").rpartition("\n")[2]) is not None
    )


def _kind(heading: str) -> str | None:
    marker = find_marker(heading)
    return marker.kind if marker else None


def _short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST else f"{heading[:_LONGEST]}…"


def _listed(places: Sequence[str]) -> str:
    shown = "、".join(dict.fromkeys(places[:_SHOWN]))
    return shown + (f" 等 {len(places)} 处" if len(places) > _SHOWN else "")
