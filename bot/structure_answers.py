"""Answers that a document's structure gives: the items under a heading, who is in charge of a task, an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece
from bot.passages import TITLE_CREDIT, Passage, in_region
from bot.signals import asked_count, numeral
from bot.terms import Terms
from bot.understand import Query, fold
from vectorstore.model import Document, Section

ENOUGH_HEADING = 0.6
"""Share of the question's terms that a heading (with its title) must cover for its items to be the list asked for."""
ENOUGH_TASK = 0.5
"""The same, for a task whose units are asked for."""
_IN_CHARGE = re.compile(
    r"[（(](?=[^（()）]{0,12}(?:牵头|责任|负责|主办)(?:单位|部门)?\s*[:：])[^（()）]{3,400}[)）]"
    r"|[（(][^（()）]{2,400}(?:负责|牵头|配合|落实)[)）]"
    r"|(?:牵头|责任|主办|负责)(?:单位|部门)\s*[:：][^。\n]{2,200}"
)
_BY = re.compile(
    r"(?:^|[，,。；;\n])[^，,。；;\n]{0,40}?由[^，,。；;\n]{2,40}?(?:负责|牵头|承担|主管)[^，,。；;\n]{0,30}|[^，,。；;\n]{2,40}(?:负责|牵头)[^，,。；;\n]{2,40}"
)
_ITEM_NUMBER = re.compile(
    r"^\s*(?:第)?[（(]?([一二三四五六七八九十百]+|\d{1,3})[)）]?\s*([条款项章]|[.、．，,]|(?=[\u4e00-\u9fff]))"
)
_RUN = re.compile(r"(?:^|(?<=[。；;：:，,\s]))(?:[一二三四五六七八九十]是)")


def children(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The headings directly under the section that the question names, in order; empty when no section is named."""
    best: tuple[float, Document, list[Section]] | None = None
    for document in _documents(passages, query):
        for section, below in _families(document):
            heading = fold(section.path[-1])
            own = terms.coverage((heading, 1.0))
            score = terms.coverage(
                (heading, 1.0), (fold(document.title), TITLE_CREDIT), (fold(" ".join(section.path)), TITLE_CREDIT)
            )
            asked = asked_count(query.text)
            if asked and asked == len(below):
                score += 0.3
            elif asked:
                score -= 0.3
            if own > 0.2 and score >= ENOUGH_HEADING and (best is None or score > best[0]):
                best = (score, document, below)
    if best is None:
        return []
    _, document, below = best
    return [Piece(document, s.path[:-1], *_heading_span(document, s)) for s in below]


def _families(document: Document) -> Iterator[tuple[Section, list[Section]]]:
    """Each section with the two or more sections directly under it; a lone one in between (a subtitle) is skipped."""
    for section in document.sections:
        below = _under(document, section)
        while len(below) == 1:
            below = _under(document, below[0])
        if below:
            yield section, below


def _under(document: Document, section: Section) -> list[Section]:
    depth = len(section.path)
    return [
        s
        for s in document.sections
        if len(s.path) == depth + 1
        and section.start <= s.start
        and s.end <= section.end
        and s.path[:depth] == section.path
    ]


def _heading_span(document: Document, section: Section) -> tuple[int, int]:
    """Where the section's own heading stands."""
    start = document.text.find(section.path[-1], section.start, section.end)
    return (
        (start, start + len(section.path[-1])) if start >= 0 else (section.start, min(section.end, section.start + 60))
    )


def numbered_run(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The paragraph that enumerates 一是…二是… in the best passage's chunk, when the best passage is its lead."""
    for passage in passages[:3]:
        if not passage.in_place or passage.coverage < ENOUGH_HEADING:
            continue
        text = passage.document.text
        start = text.rfind("\n", 0, passage.start) + 1
        end = text.find("\n", passage.end)
        end = len(text) if end < 0 else end
        if len(_RUN.findall(text[start:end])) > 1 and end - start <= 500:
            return [Piece(passage.document, passage.chunk.path, start, end)]
    return []


def responsible(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The task asked about with the units in charge of it, from the innermost section that names any."""
    best: tuple[float, Document, Section, tuple[int, int]] | None = None
    for document in _documents(passages, query):
        for section in document.sections:
            if any(
                s is not section and section.start <= s.start and s.end <= section.end for s in _next(document, section)
            ):
                continue
            found = in_charge(document, section)
            if found is None:
                continue
            body = fold(document.text[section.start : found[0]])
            lead = fold(section.path[-1])
            score = 0.7 * terms.coverage((body, 1.0), (fold(document.title), TITLE_CREDIT)) + 0.3 * terms.coverage(
                (lead, 1.0), (fold(document.title), TITLE_CREDIT)
            )
            if best is None or score > best[0]:
                best = (score, document, section, found)
    if best is None or best[0] < ENOUGH_TASK:
        return []
    _, document, section, span = best
    return [Piece(document, section.path, *span, task_name(section.path[-1]))]


def in_charge(document: Document, section: Section) -> tuple[int, int] | None:
    """Where `section` names the units in charge of it, in brackets or as 牵头单位：…; None when it doesn't."""
    found = _IN_CHARGE.search(document.text, section.start, section.end)
    return found.span() if found else None


def _next(document: Document, section: Section) -> list[Section]:
    """The section after `section` in document order, which is inside it when it has any inside."""
    i = document.sections.index(section)
    return list(document.sections[i + 1 : i + 2])


def task_name(heading: str) -> str:
    """What a task's heading says, without its number."""
    return re.sub(r"^\s*(?:第?[（(]?(?:[一二三四五六七八九十百]+|\d+)[)）]?[、.．,，]?\s*)", "", heading).strip(
        " 。.：:"
    )[:40]


def article(passages: Sequence[Passage], query: Query) -> list[Piece]:
    """The sections numbered as asked (第六条, 第3项), in the documents of the best passages."""
    wanted = numeral(query.items[0][0]) if query.items else None
    pieces = []
    for document in _documents(passages, query):
        for section in document.sections:
            label = _ITEM_NUMBER.match(section.path[-1])
            if wanted is not None and label and numeral(label.group(1)) == wanted:
                end = min(section.end, section.start + 380)
                pieces.append(
                    Piece(
                        document,
                        section.path,
                        section.start,
                        section.start + len(document.text[section.start : end].rstrip()),
                    )
                )
    return pieces


def _documents(passages: Sequence[Passage], query: Query) -> list[Document]:
    """The documents of the best passages, best first, of the region asked for; several sections of one count once."""
    return list(dict.fromkeys(p.document for p in passages[:60] if in_region(query.regions, p.chunk, p.document, "")))
