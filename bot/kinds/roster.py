"""Answers that name office-holders from a roster: a line for each, the office on the first (副组长：王某某)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece
from bot.evidence import ENOUGH
from bot.passages import Passage, documents_of
from bot.question.terms import Terms
from bot.question.understand import OPENING, Query, fold
from vectorstore.model import Document

MOST = 40
"""Lines of a roster that one answer gives."""
_BLANK = r"[^\S\n]"
_PERSON = rf"[\u4e00-\u9fff](?:{_BLANK}{{0,3}}[\u4e00-\u9fff]){{1,3}}{_BLANK}+[\u4e00-\u9fff（(][^\n：:。；;]*"
"""A name, which may be spaced out to the width of the others, and behind a blank the office it holds."""
_LABELLED = re.compile(
    rf"^{_BLANK}*(?P<office>[\u4e00-\u9fff](?:{_BLANK}{{0,3}}[\u4e00-\u9fff]){{1,7}}){_BLANK}*[：:]{_BLANK}*"
    rf"(?P<first>{_PERSON})?$",
    re.M,
)
_NEXT = re.compile(
    rf"\n(?:{_BLANK}*[（(][一二三四五六七八九十]+[）)][^\n：:。]{{1,30}}\n)?{_BLANK}*(?P<person>{_PERSON})(?=\n|$)"
)
_ASKED = (
    r"(?<!副)(?<!办公室){office}(?:名单|(?:现在|目前|都|分别|一共)?(?:是|有|由|为|包括|叫)?(?:都)?(?:谁|哪|什么|几))"
)


def roster(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """Everybody whom a roster names under the office asked about, in its order; empty when there is no such roster."""
    asked = fold(query.text)
    for document in documents_of(passages, query):
        about = terms.coverage((fold(document.title), 1.0), (fold(document.text[:OPENING]), 1.0))
        if about < ENOUGH:
            continue
        for office, spans in _rosters(document):
            if re.search(_ASKED.format(office=re.escape(office)), asked):
                said = office in fold(document.text[slice(*spans[0])])
                label = None if said else office  # of the first alone: the others follow it
                return [Piece(document, (office,), *span, None if i else label) for i, span in enumerate(spans[:MOST])]
    return []


def _rosters(document: Document) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The offices of a document's rosters, with the lines of those who hold each."""
    for line in _LABELLED.finditer(document.text):
        spans = [(line.start(), line.end())] if line["first"] else []
        at = line.end()
        while found := _NEXT.match(document.text, at):
            spans.append(found.span("person"))
            at = found.end()
        if spans:
            yield fold(line["office"]), [(a, a + len(document.text[a:b].rstrip())) for a, b in spans]
