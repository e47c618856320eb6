"""Answers to questions for a numbered place: 第六条, 主要任务第8项, 第三部分."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.compose import Piece
from bot.passages import Passage, documents_of
from bot.question.counting import numeral
from bot.question.terms import Terms
from bot.question.understand import OPENING, Query, fold
from bot.tree import label, labelled, leaves
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans

_ANNEX = re.compile(r"附件\s*(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})?(?!\d)")
_ANNEX_LINE = re.compile(r"^附件\s*(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})?\s*[：:]?\s*$", re.M)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+条(?:之[一二三四五六七八九十])?")
DEEPER = 0.3
"""What each level costs below the article that the question names: its own (二) before a 2. inside one."""
LONGEST = 380
"""Characters shown of an item, up to a sentence's end."""


def article(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The item with the number asked for, under the heading and in the document the question names, else nothing."""
    found = numbered(passages, query, terms)
    if found is None:
        return []
    document, section = found
    end = section.start
    annex = _ANNEX_LINE.search(document.text, section.start + 1, section.end)
    for a, b in sentence_spans(document.text[section.start : annex.start() if annex else section.end]):
        if b > LONGEST and a > 0:
            break
        end = section.start + b
    # A paragraph doesn't say whose it is.
    whose = "".join(_articles(section)[-1:]) if _is_paragraph(section) else ""
    said = None if document.text.startswith(whose, section.start) else whose
    return [Piece(document, section.path, section.start, end, said)]


def numbered(passages: Sequence[Passage], query: Query, terms: Terms) -> tuple[Document, Section] | None:
    """The section numbered as `query` asks; among several the one whose document and headings above it names best.

    Of several numbers (第三十八条第二款第三项, 附件2第3条) the last is the section's own, the others stand above it.
    """
    asked = [(number, unit) for number, unit in ((numeral(n), unit) for n, unit in query.items) if number is not None]
    if not asked:
        return None
    (wanted, unit), around = asked[-1], asked[:-1]
    annex = _ANNEX.search(query.text)
    best: tuple[float, Document, Section] | None = None
    for document in documents_of(passages, query):
        named = terms.coverage((fold(document.title), 1.0), (fold(document.text[:OPENING]), 0.5))
        rest = terms.without(fold(document.title))
        innermost = {id(section) for section in leaves(document)}
        inside = [
            section
            for section in document.sections
            if _lies_in(section, around) and (annex is None or _in_annex(document, section, annex))
        ]
        so_called = any(label(section) == (wanted, unit) for section in inside)
        for section in inside:
            own = label(section)
            if own is None or own[0] != wanted or own[1] not in ((unit,) if so_called or unit == "款" else ("", unit)):
                continue
            score = named + rest.coverage((fold(" ".join(section.path[:-1])), 1.0))
            # Else it is the sixth of the innermost items.
            score += 0.5 * (own[1] == unit) + 0.2 * (id(section) in innermost and unit in "条项款")
            score -= DEEPER * len(section.path) if around else 0.0
            if best is None or score > best[0]:
                best = (score, document, section)
    if best:
        return best[1], best[2]
    # An article of one paragraph has no 第一款 of its own.
    if unit == "款" and wanted == 1 and around:
        return numbered(passages, replace(query, items=query.items[:-1]), terms)
    return None


def _lies_in(section: Section, around: Sequence[tuple[int, str]]) -> bool:
    """Whether the headings above `section` have these numbers, in this order."""
    above = iter(labelled(heading) for heading in section.path[:-1])
    return all(any(own and own[0] == n and own[1] in ("", unit) for own in above) for n, unit in around)


def _in_annex(document: Document, section: Section, annex: re.Match[str]) -> bool:
    """Whether `section` stands under the annex, or behind the line that begins it."""
    number = numeral(annex["number"] or "1")
    if any((m := _ANNEX.match(h)) and numeral(m["number"] or "1") == number for h in section.path[:-1]):
        return True
    lines = [m for m in _ANNEX_LINE.finditer(document.text, 0, section.start)]
    return bool(lines) and numeral(lines[-1]["number"] or "1") == number


def _is_paragraph(section: Section) -> bool:
    own = label(section)
    return bool(own and own[1] == "款")


def _articles(section: Section) -> list[str]:
    """The numbers of the articles above a paragraph: 第三十八条."""
    return [m.group() for h in section.path[:-1] if (m := _ARTICLE.match(h))]
