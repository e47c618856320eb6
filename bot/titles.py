"""Questions that name a document by its title: asked of that document, about the rest of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understand import Query, understand
from bot.versions import meant, without_edition, without_version
from bot.wording import Kind
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

SHORTEST = 6
"""Characters of a title that name a document rather than occur."""
ABOUT_ITSELF: tuple[Kind, ...] = ("doc_number", "title", "issuer", "source", "basis", "date", "validity", "catalog")
"""Kinds of question that are about the document named, so that its title is their very topic."""


def by_title(query: Query, documents: Sequence[Document], gazetteer: Gazetteer) -> tuple[Query, tuple[str, ...]]:
    """`query` without the titles it names, and the ids of their documents; unchanged and () when it names none.

    Of a document with several versions these are all, or the one that the question names: 2010年修正的….
    """
    titles = {d.id: t for d in documents for t in (without_edition(d.title), d.title) if t in query.text}
    found = [d for d in documents if len(titles.get(d.id, "")) >= SHORTEST]
    if not found:
        return query, ()
    admitted = tuple(d.id for d in meant(query.text, found))
    rest = query.text
    for title in sorted({titles[d.id] for d in found}, key=len, reverse=True):
        rest = rest.replace(title, "")
    if len({d.superseded for d in found}) > 1:  # only of what has versions does a question name one
        rest = without_version(rest)
    shorter = understand(re.sub(r"《\s*》", "", rest).lstrip("的里中，, "), gazetteer)
    if query.kind in ABOUT_ITSELF or not shorter.words:
        return query, admitted
    return replace(shorter, kind=query.kind if shorter.kind == "general" else shorter.kind), admitted
