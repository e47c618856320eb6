"""Answers to what is asked of a passage just shown: by when it is to be, who sees to it, why, what follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from bot.answer import Citation
from bot.compose import Piece
from bot.kinds.charge import in_charge, task_name
from bot.question.leaning import Leaning
from bot.question.understand import fold
from bot.tree import leaves, without_label
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans

UNTOLD: Mapping[Leaning, str] = {
    "when": "资料库中的文件没有写明“{topic}”到什么时候。",
    "who": "资料库中的文件没有写明“{topic}”由谁负责。",
    "why": "资料库中的文件没有说明“{topic}”是为什么。",
    "more": "关于“{topic}”，除了上面列出的，没有再找到别的内容。",
    "rest": "关于“{topic}”，除了上面说的，没有再找到别的内容。",
}
"""What is said where it doesn't stand there, so that who asked sees how it was understood."""
NOTHING_BEFORE = "前面没有可以接着问的内容，请把问题写完整。"
NAMES_TASK = 0.6
"""Share of the characters of a topic's words that the heading of its task has."""
LONGEST = 160
"""Characters of a sentence that is quoted whole for the day in it."""
TITLE = 300
"""Characters at a document's head in which its title stands."""
_MARKS = "，,；;。、 "
NEXT = 3
"""Sentences that are shown when more is asked for."""
_YEAR = r"(?:(?:19|20)\d{2}年|“?[一二三四五六七八九十]{2,3}五”?(?=[末期]))"
_BY_WHEN = re.compile(
    rf"(?:到|至|截至|截止到?|力争(?:到|在)?|争取(?:到|在)?){_YEAR}(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[底末初]?"
    rf"|{_YEAR}(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[底末初]之?以?前?|之?以?前|[上下]半年)"
    r"|(?:用|经过|争取|力争)?[一二三四五六七八九十\d—-]{1,4}年(?:左右)?(?:时间)?(?:之?内|左右|时间)"
)
_REASON = re.compile(
    r"由于|因为|之所以|鉴于|旨在|以便|目的是|(?:^|[，,。；;])\s*为(?:了|进一步|切实|更好)?[^，,。；;]{4,40}[，,]|为的是"
)
_BEHIND = re.compile(r"[^（(）)\n]{0,120}?[（(]([^（(）)\n]{2,200}(?:负责|牵头|指导|参与|配合|落实))[）)]")
"""The brackets next behind a measure in which those who see to it are named."""
_PARTS = re.compile(r"[；;。\n]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[\u4e00-\u9fff%％]")


def beside(shown: Sequence[Citation], asks: Leaning, topic: Sequence[str]) -> list[Piece]:
    """The words of the document that say it of what is `shown`, whose words the question called `topic`; [] where it
    doesn't say so of that very thing, or of only one of several."""
    if not shown:
        return []
    match asks:
        case "when":
            return _by_when(shown)
        case "who":
            one_item = {tuple(_around(c.document, c.start)[:1]) for c in shown}
            return _in_charge(shown[0], topic) if len(one_item) == 1 else []
        case "why":
            return next((pieces for citation in shown if (pieces := _why(citation))), [])
        case "more":
            return _next(shown[-1])
        case "rest":
            return _sentence_of(shown[0], topic)


def is_its_task(section: Section, quote: str, text: str, topic: Sequence[str]) -> bool:
    """Whether the task of `section` is that of what was quoted: its heading has the words, or its text has them with
    one of the figures."""
    heading = fold(without_label(section.path[-1]))
    if share(topic, heading) >= NAMES_TASK:
        return True
    figures = set(_FIGURE.findall(quote))
    return bool(figures & set(_FIGURE.findall(text))) and share(topic, fold(text)) >= NAMES_TASK


def says(words: Sequence[str], text: str) -> bool:
    """Whether `text` has most of `words`, or there are none."""
    return not words or share(words, fold(text)) >= NAMES_TASK


def share(words: Sequence[str], text: str) -> float:
    """Share of the characters of `words` whose word, or each half of it, folded `text` has; 0 for none."""
    there = [w for w in words if fold(w) in text or (len(w) == 4 and fold(w[:2]) in text and fold(w[2:]) in text)]
    return len("".join(there)) / len("".join(words)) if words else 0.0


def _by_when(shown: Sequence[Citation]) -> list[Piece]:
    """The day: of the one quotation or its sentence, else of what comes before in the sections that hold all."""
    first, document = shown[0], shown[0].document
    text = document.text
    own = _sentence(document, first.start)
    if len(shown) == 1 and (days := [*_BY_WHEN.finditer(text, own[0], max(own[1], first.end))]):
        before = [day for day in days if day.start() <= first.start]
        start, end = _clauses(text, (before[-1] if before else days[0]).start(), own)
        return [Piece(document, first.path, start, max(end, first.end) if start <= first.start else end)]
    for section in _around(document, first.start):
        if any(c.document != document or not section.start <= c.start < section.end for c in shown):
            continue
        inside = [s.start for s in document.sections if section.start < s.start <= first.start]
        days = [*_BY_WHEN.finditer(text, section.start, min([*inside, first.start]))]
        if days:
            sentence = _sentence(document, days[-1].start())
            short = sentence[1] - sentence[0] <= LONGEST
            return [Piece(document, section.path, *(sentence if short else _clauses(text, days[-1].start(), sentence)))]
    return _whole_time(document)


def _whole_time(document: Document) -> list[Piece]:
    """The line of the title that says for which years the document is, if it does."""
    if document.period is None:
        return []
    first, last = document.period
    found = re.search(rf"{first}\D{{1,3}}{last}\s*年?", document.text[:TITLE])
    if found is None:
        return []
    start, end = _line(document.text, found.start()), document.text.find("\n", found.end())
    return [Piece(document, (), start, end if end >= 0 else len(document.text))]


def _in_charge(citation: Citation, topic: Sequence[str]) -> list[Piece]:
    """The units named behind the quotation in its own item, else those of the task that is about the same thing."""
    document = citation.document
    if behind := _BEHIND.match(document.text, citation.end):
        return [Piece(document, citation.path, *behind.span(1))]
    for section in _around(document, citation.start)[:1]:
        own = Section(section.path, _line(document.text, citation.start), section.end)
        if span := in_charge(document, own):
            return [Piece(document, section.path, *span, task_name(section))]
    for section in leaves(document):
        span = in_charge(document, section)
        if span and is_its_task(section, citation.quote, document.text[section.start : span[0]], topic):
            return [Piece(document, section.path, *span, task_name(section))]
    return []


def _why(citation: Citation) -> list[Piece]:
    """The sentence of the quotation's paragraph that gives a reason, its own before the others."""
    document, text = citation.document, citation.document.text
    line = _line(text, citation.start)
    ends = text.find("\n", citation.start)
    spans = [(line + a, line + b) for a, b in sentence_spans(text[line : ends if ends >= 0 else len(text)])]
    spans.sort(key=lambda span: not span[0] <= citation.start < span[1])
    return next(([Piece(document, citation.path, *span)] for span in spans if _REASON.search(text[slice(*span)])), [])


def _next(citation: Citation) -> list[Piece]:
    """The sentences that follow in the same paragraph or item."""
    document = citation.document
    around = _around(document, citation.start)
    end = around[0].end if around else len(document.text)
    spans = [
        (citation.end + a, citation.end + b) for a, b in sentence_spans(document.text[citation.end : end], clauses=True)
    ]
    said = takewhile(lambda span: not document.text[slice(*span)].startswith(("（", "(")), spans)
    found = [span for span in said if len(document.text[slice(*span)].strip(_MARKS)) > 1][:NEXT]
    if not found:
        return []
    first, last = found[0][0], found[-1][1]
    said_first = document.text[first:last].lstrip(_MARKS)
    return [Piece(document, citation.path, last - len(said_first), last)]


def _sentence_of(citation: Citation, topic: Sequence[str]) -> list[Piece]:
    """The whole sentence that was quoted in part, where the rest of it has the words."""
    document, text = citation.document, citation.document.text
    start, end = _sentence(document, citation.start)
    rest = text[start : citation.start] + text[citation.end : end]
    return [Piece(document, citation.path, start, end)] if share(topic, fold(rest)) >= NAMES_TASK else []


def _around(document: Document, at: int) -> list[Section]:
    """The sections that hold the place, the innermost first."""
    return sorted((s for s in document.sections if s.start <= at < s.end), key=lambda s: s.end - s.start)


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _sentence(document: Document, at: int) -> tuple[int, int]:
    """The sentence at a place."""
    line, ends = _line(document.text, at), document.text.find("\n", at)
    spans = sentence_spans(document.text[line : ends if ends >= 0 else len(document.text)])
    return next(((line + a, line + b) for a, b in spans if line + a <= at < line + b), (at, at))


def _clauses(text: str, at: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """What of the sentence stands about a place, from the last ；before it to the first behind it."""
    start = max(text.rfind(mark, sentence[0], at) + 1 for mark in "；;")
    ends = _PARTS.search(text, at, sentence[1])
    return max(start, sentence[0]), ends.start() if ends else sentence[1]


def is_of(piece: Piece, topic: Sequence[str], *, task: bool) -> bool:
    """Whether an answer found elsewhere is of the topic: its paragraph with its headings has the words, or of a `task`
    the heading."""
    if not topic:
        return True
    text = piece.document.text
    quoted = text[piece.start : piece.end]
    ends = text.find("\n", piece.end)
    own = (piece.label or "") + (piece.path[-1] if piece.path else "")
    task = task and (piece.label is not None or quoted[:1] in "（(")  # A sentence that says who names what itself.
    around = " ".join(piece.path) + text[_line(text, piece.start) : ends if ends >= 0 else len(text)]
    return share(topic, fold(piece.document.title + (own if task else around))) >= NAMES_TASK
