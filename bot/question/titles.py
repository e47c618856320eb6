"""Questions that name a document by its title: asked of that document, about the rest of their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot.question.understand import Query, understand
from bot.question.wording import DOCUMENT, IN_FORCE, ISSUING, Kind
from bot.retrieve import same_number
from bot.versions import meant, without_edition, without_version
from vectorstore.model import Document
from vectorstore.regions import Gazetteer

SHORTEST = 6
"""Characters of a title that name a document rather than occur."""
ABOUT_ITSELF: tuple[Kind, ...] = ("doc_number", "title", "issuer", "source", "basis", "date", "validity", "catalog")
"""Kinds of question that are about the document named, so that its title is their very topic."""

ABOUT_SEVERAL: tuple[Kind, ...] = ("catalog", "across", "compare")
"""Kinds that ask for other documents too: which of them carry out 国发〔2015〕71号."""
_ISSUES = re.compile(r"关于(?:印发|发布|公布|颁布|批准|转发)《?([^《》]{6,60}?)》?的(?:通知|函|公告|决定|批复|令)$")
"""A title that is another's in a cover: 关于印发某某暂行办法的通知."""
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
        if not about_itself(query.kind, bare.text) and bare.words:
            query = replace(bare, kind=query.kind if bare.kind == "general" else bare.kind)
        return query, tuple(d.id for d in numbered)
    text = query.text
    titles = {d.id: t for d in documents for t in _titles(d.title) if t in text}
    found = [d for d in documents if len(titles.get(d.id, "")) >= SHORTEST] if titles else []
    if not found:
        return query, ()
    if query.kind == "compare":
        # Each side of a comparison finds its own; but the regions in a title compare nothing.
        besides = understand(re.sub(r"《\s*》", "", text.replace(titles[found[0].id], "", 1)), gazetteer)
        if besides.kind == "compare" or len({titles[d.id] for d in found}) > 1:
            return query, ()
        query = replace(query, kind=besides.kind)
    admitted = tuple(d.id for d in meant(query.text, found))
    rest = query.text
    for title in sorted({titles[d.id] for d in found}, key=len, reverse=True):
        rest = rest.replace(title, "")
    if len({d.superseded for d in found}) > 1:  # only of what has versions does a question name one
        rest = without_version(rest)
    shorter = understand(re.sub(r"《\s*》", "", rest).lstrip("的里中，, "), gazetteer)
    if about_itself(query.kind, shorter.text) or not shorter.words or all(_is_of_a_thing(d) for d in found):
        return query, admitted
    return replace(shorter, kind=query.kind if shorter.kind == "general" else shorter.kind), admitted


def _is_of_a_thing(document: Document) -> bool:
    """Whether a title names what a text is about, not the text, as in an encyclopedia: that thing is asked about."""
    return not (document.doc_number or document.issuer or document.sections or re.search(DOCUMENT, document.title))


def about_itself(kind: Kind, rest: str) -> bool:
    """Whether a question of this kind, with `rest` beside the title, asks for the document itself: a date other than
    that of its issue or from which it holds (何时完成验收) is one of many in its text."""
    return kind in ABOUT_ITSELF and (kind != "date" or bool(ISSUING.search(rest) or IN_FORCE.search(rest)))


@lru_cache(maxsize=200_000)  # every title of the library is asked for at every question
def _titles(title: str) -> tuple[str, ...]:
    """What a question may call the document, the shortest first."""
    plain = without_edition(title)
    issued = _ISSUES.search(plain)
    named = (*((issued[1],) if issued else ()), plain.removeprefix("中华人民共和国"), plain, title)
    return tuple(dict.fromkeys(named))  # most have one name, which is looked for once


def _without_numbers(question: str) -> str:
    return _NUMBER.sub("", question).lstrip("的里中，, ")
