"""Answers about a document itself: its number, issuer, days of issue and of force, what it rests on, its origin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from bot.compose import Piece, named
from bot.evidence import ENOUGH
from bot.kinds.cited import issued_by, titled_besides
from bot.passages import Passage, in_region
from bot.question.stopwords import GENERIC
from bot.question.terms import Terms
from bot.question.understand import OPENING, Query, fold
from bot.question.wording import DOCUMENT, IN_FORCE
from bot.retrieve import same_number
from vectorstore.model import Document
from vectorstore.numbers import YEAR_AND_FIGURE, digits, for_lookup
from vectorstore.sentences import sentence_spans

OPENING_CREDIT = 0.7
NAMES_IT = 0.6
"""Share of a question that the title must hold of a document that is asked about although another comes nearer."""
_ORDER = re.compile(r"令第?(\d+)号$")
_YEAR_AND_FIGURE = re.compile(YEAR_AND_FIGURE)
_TITLE_AND_NUMBER = re.compile(
    r"《([^《》]{4,80})》\s*[（(]\s*([\u4e00-\u9fff]{1,12}[〔\[［]\d{4}[〕\]］]\s*\d{1,5}号)"
)
_NUMBER_STATED = re.compile(
    r"《([^《》]{4,80})》[^。\n]{0,12}(?:文号|字号)(?:是|为|[:：])\s*([\u4e00-\u9fff]{1,12}[〔\[［]\d{4}[〕\]］]\s*\d{1,5}号)"
)
_RESTS_ON = re.compile(r"(?:根据|依据|按照|贯彻|落实|遵照|贯彻落实)[^。]{0,40}《")
_MADE = re.compile(r"制定|提出|现就|如下|实施")
_SIGNED = re.compile(
    r"^[（(]?\s*((?:\d{4}|[〇○零Ｏ0一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日)\s*[)）]?$",
    re.M,
)
"""A line that is nothing but a day."""
_HOLDS_FROM = re.compile(
    rf"(?:本|该){DOCUMENT}[^。\n]{{0,12}}自[^。\n，,]{{2,24}}起(?:正式|开始)?(?:施行|实施|执行|生效)|(?:现予?(?:印发|公布|发布)[，,])?"
    r"自[^。\n，,]{2,24}起(?:正式|开始)?(?:施行|实施|执行|生效)"
)
_DIGITS = "零一二三四五六七八九"
_ORIGIN = re.compile(r"(?:来源|稿源|文章来源|信息来源|刊载于|原载)\s*[:：]\s*\S+")


def of_the_card(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """What a question asks for where that is several things on a document's card (文号和日期), in order; else []."""
    if query.kind not in ("doc_number", "issuer", "date"):
        return []
    asked = [(words.search(query.text), told) for words, told in _ON_THE_CARD]
    named = sorted(((found.start(), found.group(), told) for found, told in asked if found), key=itemgetter(0))
    if len(named) < 2:
        return []
    said = "".join(words for _, words, _ in named)
    bare = Terms(tuple((word, weight) for word, weight in terms.weights if word not in said))
    found = [told(passages, query, bare) for _, _, told in named]
    if not all(found):
        return []
    first, *others = [piece for pieces in found for piece in pieces]
    return [first, *(replace(p, label=None if p.document == first.document else p.label) for p in others)]


def own_number(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """Where the document asked about states its number, or another gives it behind its title: 《…》(…〔2016〕1号)."""
    best: tuple[float, Piece] | None = None
    for document in _documents(passages):
        for title, span in _numbered_titles(document):
            about = terms.coverage((fold(title), 1.0))
            its_region = not query.regions or any(region.short in title for region in query.regions)
            if its_region and about >= ENOUGH and (best is None or about > best[0]):
                best = (
                    about,
                    Piece(document, (), *span, None if title in document.text[slice(*span)] else named(document)),
                )
    return [best[1]] if best else []


def _numbered_titles(document: Document) -> Iterator[tuple[str, tuple[int, int]]]:
    """Titles with the span that gives their number: the document's own first, then those it cites."""
    if document.doc_number and (spot := find_number(document, document.doc_number)):
        yield document.title, spot
    for match in _TITLE_AND_NUMBER.finditer(document.text):
        end = match.end() + 1 if document.text[match.end() : match.end() + 1] in ")）" else match.end()
        yield match.group(1), (match.start(), end)
    for match in _NUMBER_STATED.finditer(document.text):
        yield match.group(1), match.span()


def find_number(document: Document, number: str) -> tuple[int, int] | None:
    """Where `document` names a document number, whatever brackets either is written with.

    What stands before the issuing body's code in a question (为贯彻国发〔2015〕71号) is left out
    until the rest is found.
    """
    parts = _YEAR_AND_FIGURE.search(number)
    if order := _ORDER.search(number):
        said = re.search(rf"[\u4e00-\u9fff]*令\s*[（(]?\s*第?\s*{order[1]}\s*号", document.text)
        return said.span() if said else None
    if parts is None or not parts.start():
        return None
    code = number[: parts.start()]
    for skipped in range(len(code) - 1 if len(code) > 1 else 1):
        for match in _YEAR_AND_FIGURE.finditer(document.text):
            start = match.start() - len(code) + skipped
            if (
                tuple(map(digits, match.groups())) == tuple(map(digits, parts.groups()))
                and document.text[max(start, 0) : match.start()] == code[skipped:]
            ):
                return start, match.end()
    return None


def issued(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """Where the document asked about states its date."""
    document = about(passages, query, terms)
    if document is None:
        return []
    signed = list(_SIGNED.finditer(document.text))
    day = document.date
    if day is None:
        return [Piece(document, (), *signed[-1].span(1), named(document))] if signed else []
    stated = rf"{day.year}\s*[年./-]\s*0?{day.month}\s*[月./-]\s*0?{day.day}(?!\d)\s*日?"
    in_words = rf"{_year_in_words(day.year)}年{_in_words(day.month)}月{_in_words(day.day)}日"
    spots = list(re.finditer(rf"{stated}|{in_words}", document.text))
    # What the page gives as the date may differ from what the document is signed with.
    found = spots[-1].span() if spots else signed[-1].span(1) if signed else None
    return [Piece(document, (), *found, named(document))] if found else []


def in_force(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The sentence that says from when the document asked about holds (本办法自2019年1月1日起施行); empty when it has
    none, or the question is for the day of something else in it."""
    document = about(passages, query, terms)
    if document is None or not _asks_of_itself(query, document):
        return []
    found = list(_HOLDS_FROM.finditer(document.text))
    return [Piece(document, (), *found[-1].span())] if found else []


def _asks_of_itself(query: Query, document: Document) -> bool:
    """Whether all that a question names, beside what every such question says, is the document's title."""
    title = fold(document.title)
    own = (word for word in query.words if word not in GENERIC and not IN_FORCE.search(word))
    return all(fold(word) in title or re.fullmatch(rf"开始|正式|[从自]?起|{DOCUMENT}", word) for word in own)


def _year_in_words(year: int) -> str:
    """A pattern for the year written digit by digit: 二〇〇四, 二零零四."""
    return "".join("[〇○零Ｏ0]" if digit == "0" else _DIGITS[int(digit)] for digit in str(year))


def _in_words(number: int) -> str:
    """A month or day as written out: 四, 十二, 二十七."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def titled(passages: Sequence[Passage], query: Query) -> list[Piece]:
    """The title of the document with the number asked about: its own, or as another cites it: 《…》(…〔2016〕1号)."""
    for document in _documents(passages):
        for number in query.doc_numbers:
            spot = find_number(document, number)
            if spot is None:
                continue
            cited = next((m for m in _TITLE_AND_NUMBER.finditer(document.text) if m.end() == spot[1]), None)
            if cited:
                return [Piece(document, (), cited.start(), cited.end(), None)]
            # A long title stands on several lines.
            title = re.search(r"\s*".join(map(re.escape, re.sub(r"\s", "", document.title))), document.text)
            if (
                title
                and document.doc_number
                and for_lookup(document.text[slice(*spot)]) == for_lookup(document.doc_number)
            ):
                return [Piece(document, (), *title.span(), document.doc_number)]
    return []


def issuer(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """Where the document asked about names who issued it: its signature, else its first mention; for one that is only
    cited, where the document that cites it says who issued that."""
    document = about(passages, query, terms)
    if document and document.issuer is None:
        # A report of it comes as near as the document itself, which alone says who issued it.
        signed = about([p for p in passages if p.document.issuer], query, terms)
        title = terms.coverage((fold(signed.title), 1.0)) if signed else 0.0
        document = signed if title >= NAMES_IT else document
    if document is None or document.issuer is None or titled_besides(passages, terms):
        return issued_by(passages, terms)
    # Several sign with blanks or marks between them.
    names = r"[\s、，,]*".join(map(re.escape, document.issuer.split("、")))
    own = re.search(rf"(?<=\n)\s*{names}", document.text) or re.search(names, document.text)
    if own is None:
        return []
    return [Piece(document, (), own.end() - len(own.group().lstrip()), own.end(), named(document))]


def origin(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """Where the document asked about says it was published."""
    document = about(passages, query, terms)
    spot = _ORIGIN.search(document.text) if document else None
    return [Piece(document, (), *spot.span(), named(document))] if document and spot else []


def basis(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The sentence in which the document asked about names what it was made to carry out."""
    document = about(passages, query, terms)
    if document is None:
        return []
    for start, end in sentence_spans(document.text):
        sentence = document.text[start:end]
        if _RESTS_ON.search(sentence) and _MADE.search(sentence):
            return [Piece(document, (), start, end)]
    return []


def about(passages: Sequence[Passage], query: Query, terms: Terms) -> Document | None:
    """The document the question is about, by its number, else by its title and opening; None when none fits."""
    for document in _documents(passages):
        if document.doc_number and any(same_number(document.doc_number, number) for number in query.doc_numbers):
            return document
    best: tuple[float, Document] | None = None
    for document in _documents(passages):
        first = next(p for p in passages if p.document is document)
        if not in_region(query.regions, first.chunk, document, ""):
            continue
        score = terms.coverage((fold(document.title), 1.0), (fold(document.text[:OPENING]), OPENING_CREDIT))
        if best is None or score > best[0]:
            best = (score, document)
    # Of the region asked about, a document need not be named any closer.
    needed = 0.0 if query.regions else ENOUGH * OPENING_CREDIT
    return best[1] if best and best[0] >= needed else None


def _documents(passages: Sequence[Passage]) -> list[Document]:
    return list(dict.fromkeys(p.document for p in passages))


_ON_THE_CARD = (
    (re.compile(r"文号|发文字号|几号文|文件编号"), own_number),
    (
        re.compile(r"发文(?:机关|单位)|谁(?:印发|发布|制定|出台|发)|(?:哪个|什么|哪家)(?:单位|部门|机关)(?:印|发)"),
        issuer,
    ),
    (re.compile(r"(?:成文|印发|发布|发文|签发)?(?:日期|时间)|(?:什么时候|何时|哪一?[天年])(?:印|发|成|签)"), issued),
)
"""What of a card a question may ask for, and what tells it."""
