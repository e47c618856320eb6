"""Questions that name a document by its title: asked of that document, about the rest of their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.understand import Query, understand
from bot.wording import Kind
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

SHORTEST = 6
"""Characters of a title that name a document rather than occur."""
ABOUT_ITSELF: tuple[Kind, ...] = ("doc_number", "title", "issuer", "source", "basis", "date")
"""Kinds of question that are about the document named, so that its title is their very topic."""


def by_title(query: Query, documents: Iterable[Document], gazetteer: Gazetteer) -> tuple[Query, tuple[str, ...]]:
    """`query` without the titles it names, and the ids of their documents; unchanged and () when it names none."""
    found = [d for d in documents if len(d.title) >= SHORTEST and d.title in query.text]
    if not found:
        return query, ()
    admitted = tuple(d.id for d in found)
    rest = query.text
    for document in sorted(found, key=lambda d: len(d.title), reverse=True):
        rest = rest.replace(document.title, "")
    shorter = understand(re.sub(r"《\s*》", "", rest).lstrip("的里中，, "), gazetteer)
    if query.kind in ABOUT_ITSELF or not shorter.words:
        return query, admitted
    return replace(shorter, kind=query.kind if shorter.kind == "general" else shorter.kind), admitted
