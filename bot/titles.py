"""Questions that name a document by its title: asked of that document, about the rest of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.retrieve import same_number
from bot.understand import Query, understand
from bot.versions import meant, without_edition, without_version
from bot.wording import Kind
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

SHORTEST = 6
"""Characters of a title that name a document rather than occur."""
ABOUT_ITSELF: tuple[Kind, ...] = ("doc_number", "title", "issuer", "source", "basis", "date", "validity", "catalog")
"""Kinds of question that are about the document named, so that its title is their very topic."""

ABOUT_SEVERAL: tuple[Kind, ...] = ("catalog", "across", "compare")
"""Kinds that ask for other documents too: which of them carry out 国发〔2015〕71号."""
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,8}\s*[〔\[［（(【]\d{4}[〕\]］）)】]\s*第?\s*\d{1,5}\s*号(?:文件?)?(?:[里中]的?|的)?"
)


def by_title(query: Query, documents: Sequence[Document], gazetteer: Gazetteer) -> tuple[Query, tuple[str, ...]]:
    """`query` without the titles it names, and the ids of their documents; unchanged and () when it names none.

    A document number names its document as well as a title does. Of a document with several versions these are all,
    or the one that the question names: 2010年修正的….
    """
    numbered = [d for d in documents if d.doc_number and any(same_number(d.doc_number, n) for n in query.doc_numbers)]
    if numbered and query.kind not in ABOUT_SEVERAL:
        bare = understand(_without_numbers(query.text), gazetteer)
        if query.kind not in ABOUT_ITSELF and bare.words:
            query = replace(bare, kind=query.kind if bare.kind == "general" else bare.kind)
        return query, tuple(d.id for d in numbered)
    titles = {d.id: t for d in documents for t in _titles(d.title) if t in query.text}
    found = [d for d in documents if len(titles.get(d.id, "")) >= SHORTEST]
    if not found or query.kind == "compare":  # Each side of a comparison finds its own.
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


def _titles(title: str) -> tuple[str, ...]:
    """What a question may call the document, the shortest first."""
    plain = without_edition(title)
    return plain.removeprefix("中华人民共和国"), plain, title


def _without_numbers(question: str) -> str:
    return _NUMBER.sub("", question).lstrip("的里中，, ")
