"""Answers about the library's documents as such: which there are on a subject, and whether one still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.compose import Piece, named
from bot.kinds.card_words import identity, so_many, standing
from bot.passages import placed
from bot.question.stopwords import GENERIC
from bot.question.understand import OPENING, Query, fold
from bot.question.wording import DOCUMENT
from vectorstore.filters import resolve
from vectorstore.model import Document, Filters, Status
from vectorstore.sentences import sentence_spans

MOST = 20
"""Documents that one answer lists."""
AGAIN = 2
"""Times that a document must speak at all of a subject that a heading or its opening names."""
OFTEN = 5
"""Times that a document must speak of a subject that neither its title, its headings nor its opening names."""
_ANY = re.compile(r"文件|政策|资料|文档|法规|法律")
_OF_A_LIBRARY = re.compile(
    r"资料库?|库[里中内]?|收录|发[了过的]|文[档章]|材料|题目|标题|[哪几]?[份部篇个](?:文件|政策|法规|文档)?|涉及|过了|有效期?|期限|截止|[到过]期"
    r"|印?发|发布|出台|公布|签发|下发|成文|废止|已经?|现在|现行|最新|最近|最早|[失生]效|施行|实施|执行|管用?|到|哪几?年|几年"
)
"""Words of such questions that name no subject."""
_ISSUED_BY = re.compile(r"([\u4e00-\u9fff]{2,20}?(?:院|厅|局|委|部|府|会|办公室))(?:印发|发布|出台|制定|公布|发)")
_OF_STANDING: tuple[tuple[re.Pattern[str], tuple[Status, ...]], ...] = (
    (re.compile(r"过[了]?期|到期|失效"), ("目标期已过", "有效期已过", "废止")),
    (re.compile(r"废止"), ("废止",)),
    (re.compile(r"现行|[还仍]有?效"), ("现行",)),
)
_LATEST, _EARLIEST = re.compile(r"最新|最近"), re.compile(r"最早")
_HOW_MANY = re.compile(r"几[份个部篇]|多少")
_STATES_A_TERM = re.compile(r"有效期|(?:执行|施行|实施|试行|有效)[^。\n]{0,10}至")


def on_subject(documents: Iterable[Document], query: Query, filters: Filters) -> list[Piece]:
    """The titles of the documents asked for (`asked_for`), at most MOST; with their number where that is asked, with
    their standing where that is what they are sought by."""
    found = asked_for(documents, query, filters)
    by_standing = any(words.search(query.text) for words, _ in _OF_STANDING)
    listed = [_titled(d, standing(d) if by_standing else None) for d in found[:MOST]]
    if listed and _HOW_MANY.search(query.text) and len(found) <= MOST:
        listed[0] = replace(listed[0], label=so_many(len(listed)))
    return listed


def left_out(documents: Iterable[Document], query: Query, filters: Filters) -> tuple[str, ...]:
    """What a reader must know where `on_subject` doesn't list all documents asked for: how many there are."""
    number = len(asked_for(documents, query, filters))
    return (f"这样的文件共有{number}份，这里列出最新的{MOST}份。",) if number > MOST else ()


def asked_for(documents: Iterable[Document], query: Query, filters: Filters) -> list[Document]:
    """The documents on the subject asked about, newest first; of the newest or oldest asked for, that one.

    Those whose title names the subject; where none does, those that have it in a heading or in their opening; where
    none has, those that speak of it often. Without a subject, all of the kind, region, year, issuer and standing
    asked for.
    """
    possible = [d for d in admitted(list(documents), filters) if _is_asked_for(d, query)]
    subject = _subject(query)
    # What policies there are on something may be told by a passage; documents are so by their titles alone.
    widely = (_in_title, _in_headings, _often) if not query.text.rstrip("?？。").endswith("政策") else (_in_title,)
    for speaks in widely if subject else ():
        found = [d for d in possible if all(speaks(word, d) for word in subject)]
        if found:
            break
    else:
        found = [] if subject else possible
    found.sort(key=lambda d: d.date or d.published or date.min, reverse=True)
    dated = [d for d in found if d.date or d.published]
    return dated[:1] if _LATEST.search(query.text) else dated[-1:] if _EARLIEST.search(query.text) else found


def whether_it_holds(documents: Iterable[Document], query: Query, filters: Filters) -> list[Piece]:
    """Status and reason of the one document asked about, with the words they rest on; empty when it isn't known
    which is meant, or its text tells nothing about its time."""
    possible = [d for d in admitted(list(documents), filters) if filters.documents or _is_asked_for(d, query)]
    subject = [] if filters.documents else _subject(query)
    meant = [d for d in possible if all(_in_title(word, d) for word in subject)]
    if len(meant) != 1 or meant[0].status_reason is None:
        return []
    document = meant[0]
    return [Piece(document, (), *_grounds(document), standing(document))]


def _subject(query: Query) -> list[str]:
    """The words of the question that say what the documents are about."""
    issuer = _ISSUED_BY.search(query.text)
    return [
        w
        for w in query.words
        if len(w) > 1
        and w not in GENERIC
        and not re.fullmatch(DOCUMENT, w)
        and not _OF_A_LIBRARY.fullmatch(w)
        and not (issuer and w in issuer.group())
    ]


@lru_cache(maxsize=16)  # asked of one question for every document
def _kinds(question: str) -> tuple[str, ...]:
    return tuple(kind for kind in re.findall(DOCUMENT, question) if not _ANY.fullmatch(kind))


def _is_asked_for(document: Document, query: Query) -> bool:
    """Whether a document is of the kind, region, year, issuer and standing that the question names."""
    kinds = _kinds(query.text)
    if kinds and not any(kind in document.title or kind == document.kind for kind in kinds):
        return False
    place = placed(document.region or "")
    if query.regions and not any(
        (place and r.covers(place)) or r.short in document.title or r.short in (document.issuer or "")
        for r in query.regions
    ):
        return False
    issuer = _ISSUED_BY.search(query.text)
    if issuer and not query.regions:
        own = (document.issuer or "").split("、")
        if not any(name and issuer.group(1).endswith(name) for name in own):
            return False
    sought = _OF_STANDING if query.kind == "catalog" else ()
    if any(words.search(query.text) and document.status not in these for words, these in sought):
        return False
    day = document.date or document.published
    return not query.years or bool(day and day.year in query.years)


def admitted(documents: Sequence[Document], filters: Filters) -> list[Document]:
    allowed = resolve(
        filters,
        regions={d.region for d in documents if d.region},
        issuers={d.issuer for d in documents if d.issuer},
    )
    if allowed is None:
        return []
    return [
        d
        for d in documents
        for own in (
            {
                "doc_id": d.id,
                "region": d.region,
                "issuer": d.issuer,
                "kind": d.kind,
                "year": d.date.year if d.date else None,
            },
        )
        if all(own[name] in values for name, values in allowed.items())
    ]


def _in_title(word: str, document: Document) -> bool:
    return word in fold(document.title)


def _in_headings(word: str, document: Document) -> bool:
    named = word in fold(document.text[:OPENING]) or any(word in fold(s.path[-1]) for s in document.sections)
    return named and document.text.count(word) >= AGAIN


def _often(word: str, document: Document) -> bool:
    return document.text.count(word) >= OFTEN


def _titled(document: Document, label: str | None) -> Piece:
    """The title where the text has it, with what identifies the document; else the opening under its title."""
    start, end = _title_span(document)
    if end:
        return Piece(document, (), start, end, label, note=identity(document) or None)
    first = sentence_spans(document.text[:OPENING])[0]
    return Piece(document, (), *first, label or named(document), note=identity(document) or None)


def _title_span(document: Document) -> tuple[int, int]:
    """Where the title stands in the text, be it on several lines; (0, 0) where it doesn't."""
    spaced = re.search(r"\s*".join(map(re.escape, re.sub(r"\s", "", document.title))), document.text)
    return spaced.span() if spaced else (0, 0)


def _grounds(document: Document) -> tuple[int, int]:
    """The words that a document's status rests on: its period of validity, its target year, else its title."""
    sentences = sentence_spans(document.text)
    if document.expires:
        for start, end in sentences:
            if _STATES_A_TERM.search(document.text, start, end):
                return start, end
    if document.target_year and not document.period:
        clause = re.compile(rf"[^。；;\n]*{document.target_year}\s*年[^，,。；;\n]*(?:[，,][^，,。；;\n]*)?")
        found = clause.search(document.text)
        if found:
            return found.end() - len(found.group().lstrip()), found.end()
    start, end = _title_span(document)
    return (start, end) if end else sentences[0]
