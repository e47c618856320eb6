"""The tree that a document's sections form: what lies under a heading, and how its items are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from bot.question.counting import numeral
from vectorstore.model import Document, Section

_LABEL = re.compile(
    r"^\s*(?:第\s*(?P<nth>[一二三四五六七八九十百零]+|\d{1,3})\s*(?P<unit>条|款|项|部分|章|节|编)"
    r"|[（(]\s*(?P<bracketed>[一二三四五六七八九十百]+|\d{1,3})\s*[)）]"
    r"|(?P<plain>[一二三四五六七八九十百]+|\d{1,3})\s*[、.．，,])"
)
_DECIMAL = re.compile(r"^\s*\d{1,2}(?:[.．]\d{1,2}){1,3}(?!\d)[\s、.．]*")
_PARAGRAPH = re.compile(r"第[\u4e00-\u9fff\d]{1,4}款")


def families(document: Document) -> Iterator[tuple[Section, list[Section]]]:
    """Each section with the two or more sections directly under it; a lone one in between (a subtitle) is skipped."""
    for section in document.sections:
        below = under(document, section)
        while len(below) == 1:
            below = under(document, below[0])
        if below:
            yield section, below


def under(document: Document, section: Section) -> list[Section]:
    """The sections one level below `section`, in order."""
    depth = len(section.path)
    return [
        s
        for s in document.sections
        if len(s.path) == depth + 1
        and section.start <= s.start
        and s.end <= section.end
        and s.path[:depth] == section.path
    ]


def leaves(document: Document) -> list[Section]:
    """The sections that have none inside, in order."""
    return [
        s
        for s, after in zip_longest(document.sections, document.sections[1:])
        if after is None or not (s.start <= after.start and after.end <= s.end)
    ]


def label(section: Section) -> tuple[int, str] | None:
    """Number and unit of the section's own heading: 第六条 → (6, "条"), (六) → (6, ""); None without a number."""
    return labelled(section.path[-1])


def labelled(heading: str) -> tuple[int, str] | None:
    """The same of a heading."""
    found = _LABEL.match(heading)
    if found is None:
        return None
    number = numeral(found["nth"] or found["bracketed"] or found["plain"])
    return (number, found["unit"] or "") if number is not None else None


def without_label(heading: str) -> str:
    """What a heading says, without its number."""
    return _LABEL.sub("", _DECIMAL.sub("", heading)).strip(" \u3000、.．。：:")


def heading_span(document: Document, section: Section) -> tuple[int, int]:
    """Where the section's own heading stands in the text, or its first words where the text has none (第二款)."""
    start = document.text.find(section.path[-1], section.start, section.end)
    if start < 0 or _PARAGRAPH.fullmatch(section.path[-1]):  # which may be spoken of further on
        return section.start, min(section.end, section.start + 60)
    return start, start + len(section.path[-1])
