"""Turns answers and documents into what the page draws: segments of plain text, and escaped HTML around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Any, Literal, TypedDict
from urllib.parse import urlsplit

from bot.answer import Answer, Citation
from ui.lookup import facts, titled
from ui.quotation import folded, quotation
from ui.words import CHINESE, Words
from vectorstore.model import Document, Status

_MARKER = re.compile(r"\[(\d{1,3})\]")
_QUESTION = 200
"""Characters of a question that are shown; who pasted a document knows what it says."""
_COVERED = 6
"""Headings that tell what a document is about."""
_TIP = 160
"""Characters of a quote that a chip shows when pointed at."""
_FAILURES = 30
"""Files named that couldn't be read."""
TONES: dict[Status, str] = {
    "现行": "good",
    "尚未施行": "wait",
    "目标期已过": "past",
    "有效期已过": "past",
    "已有更新": "past",
    "废止": "void",
}
"""How a status is coloured."""


class Segment(TypedDict):
    """A run of document text of one kind; the page sets it as text, never as markup."""

    kind: Literal["text", "heading", "mark"]
    text: str


def answer_parts(answer: Answer) -> list[list[dict[str, Any]]]:
    """The answer's paragraphs, each a list of {"text": …} and, for markers that have a citation, {"cite": n}.

    A bracketed number without a citation, as in 国发[2023], stays text.
    """
    numbers = {citation.number for citation in answer.citations}
    paragraphs = []
    for line in filter(str.strip, answer.text.split("\n")):
        parts: list[dict[str, Any]] = []
        done = 0
        for match in _MARKER.finditer(line):
            if int(match[1]) in numbers:
                parts += [{"text": line[done : match.start()]}] if match.start() > done else []
                parts.append({"cite": int(match[1])})
                done = match.end()
        if done < len(line):
            parts.append({"text": line[done:]})
        paragraphs.append(parts)
    return paragraphs


def answer_data(answer: Answer, words: Words = CHINESE) -> dict[str, Any]:
    """What the answer component needs: paragraphs, the cited documents, nearest documents, notices, foot, words."""
    told = [words("took", seconds=f"{answer.seconds:.2f}")]
    if answer.writer != "extractive":
        told.insert(0, words("written_by", writer=answer.writer))
    return {
        "status": answer.status,
        "paragraphs": answer_parts(answer),
        "sources": _sources(answer.citations),
        "nearest": [
            {"id": document.id, **carded(document), "covers": covers(document, words)} for document in answer.nearest
        ],
        "notices": list(answer.notices),
        "foot": " · ".join(told),
        "words": words.some(
            "evidence", "nearest", "not_found", "notice", "show_passage", "unfold", "fold", "copy_citation", "copied"
        ),
    }


def carded(document: Document) -> dict[str, str]:
    """A document in a list: title, what identifies it, and its status apart, for that is coloured."""
    known = document.status != "未知"
    line = facts(document)
    return {
        "title": titled(document),
        "facts": line.removesuffix(document.status).removesuffix(" · ") if known else line,
        "status": document.status if known else "",
        "tone": TONES.get(document.status, ""),
    }


def covers(document: Document, words: Words = CHINESE) -> str:
    """What a document is about: its outermost headings; "" where it has none."""
    depth = min((len(section.path) for section in document.sections if section.path), default=0)
    headings = [folded(s.path[-1]) for s in document.sections if depth and len(s.path) == depth]
    shown = [heading if len(heading) <= 30 else f"{heading[:29]}…" for heading in headings[:_COVERED] if heading]
    more = "……" if len(headings) > _COVERED else ""
    return words("covers", headings="；".join(shown) + more) if shown else ""


def reader_data(
    document: Document,
    *,
    citation: Citation | None = None,
    among: Sequence[Citation] = (),
    words: Words = CHINESE,
) -> dict[str, Any]:
    """What the reader component needs: the document's card, and its text with the cited passage marked.

    `among` are the citations to leaf through, `citation` one of them.
    """
    span = None if citation is None else (citation.start, citation.end)
    card = (
        ("文号", document.doc_number),
        ("机关", document.issuer),
        ("地区", document.region),
        ("日期", document.date.isoformat() if document.date else None),
        ("施行", document.effective.isoformat() if document.effective else None),
        ("有效期至", document.expires.isoformat() if document.expires else None),
        ("类别", document.kind),
        ("状态", document.status if document.status != "未知" else None),
        ("原载", document.origin),
        ("来源", _source_name(document.source)),
        ("提醒", "；".join(document.warnings or ())),
    )
    numbers = [one.number for one in among]
    place = numbers.index(citation.number) if citation is not None and citation.number in numbers else None
    return {
        "key": f"{document.id}:{span}:{words.language}",
        "title": titled(document),
        "card": [[name, value] for name, value in card if value],
        "reason": document.status_reason or "",
        "tone": TONES.get(document.status, ""),
        "number": None if citation is None else citation.number,
        "earlier": numbers[place - 1] if place else None,
        "later": numbers[place + 1] if place is not None and place + 1 < len(numbers) else None,
        "path": [] if citation is None else list(citation.path),
        "segments": segments(document, span),
        "quotation": "" if citation is None else quotation(citation),
        "link": web_address(document.source),
        "words": words.some("original_text", "close", "copy_citation", "copied", "source_link", "earlier", "later"),
    }


def segments(document: Document, span: tuple[int, int] | None = None) -> list[Segment]:
    """The document's text in order, headings and the marked span apart; joined they are `document.text`."""
    start, end = span or (0, 0)
    cuts = {0, start, end, len(document.text)}
    headings = _headings(document)
    cuts.update(place for heading in headings for place in heading)
    places = sorted(cuts)
    found: list[Segment] = []
    for left, right in pairwise(places):
        kind: Literal["text", "heading", "mark"] = "text"
        if start <= left and right <= end:
            kind = "mark"
        elif any(first <= left and right <= last for first, last in headings):
            kind = "heading"
        if found and found[-1]["kind"] == kind:
            found[-1]["text"] += document.text[left:right]
        else:
            found.append({"kind": kind, "text": document.text[left:right]})
    return found


def question_html(question: str) -> str:
    """A question as asked, in its bubble; of a very long one the beginning."""
    shown = question if len(question) <= _QUESTION else f"{question[:_QUESTION].rstrip()}…（共 {len(question)} 字）"
    return f'<div class="zw-question">{escape(shown)}</div>'


def draft_html(draft: str) -> str:
    """The answer so far, while it is being written."""
    return f'<div class="zw-draft">{escape(draft)}<span class="zw-caret"></span></div>'


def partial_html(text: str) -> str:
    """What had been written when it was stopped."""
    return f'<div class="zw-draft zw-partial">{escape(text)}</div>'


def address_html(address: str) -> str:
    """An address to pass on, chosen whole by one click."""
    return f'<div class="zw-address">{escape(address)}</div>'


def steps_html(steps: Sequence[str], now: int, found: str = "") -> str:
    """The steps of the work in order, the `now`-th being done, and what was found so far."""
    marked = "".join(
        f'<li class="{"done" if place < now else "now" if place == now else ""}">{escape(step)}</li>'
        for place, step in enumerate(steps)
    )
    told = f'<div class="zw-found">{escape(found)}</div>' if found else ""
    return f'<ol class="zw-steps" role="status">{marked}</ol>{told}'


def found_told(documents: Iterable[Document], passages: int, words: Words = CHINESE) -> str:
    """What a search has found, in a line."""
    different = list(dict.fromkeys(documents))
    titles = "、".join(titled(document) for document in different[:2])
    others = words("and_others", count=len(different)) if len(different) > 2 else ""
    return words("found_in", passages=passages, titles=titles + others) if different else ""


def notice_html(message: str, *, kind: Literal["error", "info"] = "error") -> str:
    """A sentence about something that went wrong or is missing."""
    return f'<div class="zw-notice zw-{kind}" role="alert">{escape(message)}</div>'


def failures_html(failed: Sequence[tuple[str, str]]) -> str:
    """The files that couldn't be read, each with the reason; of very many the first."""
    rows = "".join(f"<li><b>{escape(name)}</b>：{escape(reason)}</li>" for name, reason in failed[:_FAILURES])
    more = f"<li>……共 {len(failed)} 个</li>" if len(failed) > _FAILURES else ""
    return f'<ul class="zw-notice zw-error zw-failures" role="alert">{rows}{more}</ul>'


def hint_html(text: str) -> str:
    """A quiet remark."""
    return f'<div class="zw-hint">{escape(text)}</div>'


def label_html(text: str) -> str:
    """A small heading over a group."""
    return f'<div class="zw-label">{escape(text)}</div>'


def heading_html(title: str, text: str, *, small: str = "") -> str:
    """The head of a screen: a headline and a paragraph."""
    above = f"<small>{escape(small)}</small>" if small else ""
    return f'<div class="zw-welcome">{above}<h1>{escape(title)}</h1><p>{escape(text)}</p></div>'


def title_html(title: str) -> str:
    """The name of a page."""
    return f'<h1 class="zw-title">{escape(title)}</h1>'


def brand_html(told: str) -> str:
    """The name at the top of the side bar, with what the library holds."""
    return (
        '<div class="zw-brand"><span class="zw-seal" aria-hidden="true">政</span>'
        f"<div><b>政问</b><small>{escape(told)}</small></div></div>"
    )


def web_address(source: str) -> str:
    """The source where it is a page that can be opened, else ""; never javascript: or a file."""
    parts = urlsplit(source) if source.startswith(("http://", "https://")) else None
    return source if parts is not None and parts.hostname and not parts.username else ""


def _source_name(source: str) -> str:
    """A URL as it is; of a file its name, for visitors have no business with the server's folders."""
    return source if "://" in source else re.split(r"[/\\]", source)[-1]


def _sources(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """The cited documents in order of first citation, each once, with its citations by number."""
    sources: dict[str, dict[str, Any]] = {}
    for citation in citations:
        document = citation.document
        source = sources.setdefault(document.id, {**carded(document), "cites": []})
        source["cites"].append(
            {
                "number": citation.number,
                "path": list(citation.path),
                "quote": citation.quote,
                "tip": folded(citation.quote)[:_TIP] + ("…" if len(folded(citation.quote)) > _TIP else ""),
                "quotation": quotation(citation),
            }
        )
    return list(sources.values())


def _headings(document: Document) -> Sequence[tuple[int, int]]:
    """Spans of the headings: the first line of a section, where it is the section's own heading."""
    spans = []
    for section in document.sections:
        stop = document.text.find("\n", section.start, section.end)
        stop = section.end if stop < 0 else stop
        if section.path and document.text[section.start : stop].strip() == section.path[-1].strip():
            spans.append((section.start, stop))
    return spans
