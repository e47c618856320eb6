"""What the page's own elements draw: answers and documents as plain values, set as text and never as markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, TypedDict
from urllib.parse import urlsplit

from bot.answer import Answer, Citation
from ui.lookup import facts, source_name, titled
from ui.quotation import folded, quotation
from ui.understood import understood
from ui.words import CHINESE, Words
from vectorstore.model import Document, Status

_MARKER = re.compile(r"\[(\d{1,3})\]")
_ITEMS = 3
"""Cited items of a row from which each gets a line of its own."""
_COVERED = 6
"""Headings that tell what a document is about."""
_TIP = 160
"""Characters of a quote that a chip shows when pointed at."""
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


def answer_parts(answer: Answer, words: Words = CHINESE) -> list[list[dict[str, Any]]]:
    """The answer's paragraphs, each a list of {"text": …} and, for markers that have a citation, {"cite": n}.

    A bracketed number without a citation, as in 国发[2023], stays text. Items in a row, each cited and parted by
    semicolons, are a paragraph each.
    """
    numbers = {citation.number for citation in answer.citations}
    paragraphs = []
    told = _told(answer) if answer.status == "answered" else words.known(_told(answer))
    for line in filter(str.strip, told.split("\n")):
        parts: list[dict[str, Any]] = []
        done = 0
        for match in _MARKER.finditer(line):
            if int(match[1]) in numbers:
                parts += [{"text": line[done : match.start()]}] if match.start() > done else []
                parts.append({"cite": int(match[1])})
                done = match.end()
        if done < len(line):
            parts.append({"text": line[done:]})
        paragraphs += _items(parts)
    return paragraphs


def answer_data(answer: Answer, words: Words = CHINESE) -> dict[str, Any]:
    """What the answer component needs: how it was understood, its paragraphs, documents, notices, foot and words."""
    told = [words("took", seconds=f"{answer.seconds:.2f}")] if answer.status != "courtesy" else []
    if answer.writer != "extractive":
        told.insert(0, words("written_by", writer=answer.writer))
    return {
        "status": answer.status,
        "understood": understood(answer.question, answer.standalone, words),
        "paragraphs": answer_parts(answer, words),
        "sources": _sources(answer.citations, words),
        "nearest": [
            {"id": document.id, **carded(document, words), "covers": covers(document, words)}
            for document in answer.nearest
        ],
        "notices": [words.known(notice) for notice in answer.notices],
        "foot": " · ".join(told),
        "copy": copied(answer, words) if answer.citations else "",
        "words": words.some(
            *("evidence", "nearest", "not_found", "notice", "show_passage", "unfold", "fold"),
            *("copy_citation", "copy_answer", "copied"),
        ),
    }


def copied(answer: Answer, words: Words = CHINESE) -> str:
    """The answer as it is pasted into a paper: its text, then each passage as official papers cite it."""
    cited = [f"[{citation.number}] {quotation(citation)}" for citation in answer.citations]
    return "\n".join([answer.text, "", words("sources_below"), *cited])


def carded(document: Document, words: Words = CHINESE) -> dict[str, str]:
    """A document in a list: title, what identifies it, and its status apart, for that is coloured."""
    known = document.status != "未知"
    line = facts(document)
    return {
        "title": titled(document),
        "facts": line.removesuffix(document.status).removesuffix(" · ") if known else line,
        "status": words(document.status) if known else "",
        "tone": TONES.get(document.status, ""),
    }


def covers(document: Document, words: Words = CHINESE) -> str:
    """What a document is about: its outermost headings; "" where it has none."""
    depth = min((len(section.path) for section in document.sections if section.path), default=0)
    named = (folded(s.path[-1]) for s in document.sections if depth and len(s.path) == depth)
    headings = list(dict.fromkeys(named))  # each once: of a conversation they are those who speak
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
        ("number", document.doc_number),
        ("issuer", document.issuer),
        ("region", document.region),
        ("dated", document.date.isoformat() if document.date else None),
        ("effective", document.effective.isoformat() if document.effective else None),
        ("expires", document.expires.isoformat() if document.expires else None),
        ("kind", document.kind),
        ("status", words(document.status) if document.status != "未知" else None),
        ("origin", document.origin),
        ("source", source_name(document.source)),
        ("warnings", "；".join(words.known(warning) for warning in document.warnings or ())),
    )
    numbers = [one.number for one in among]
    place = numbers.index(citation.number) if citation is not None and citation.number in numbers else None
    return {
        "key": f"{document.id}:{span}:{words.language}",
        "title": titled(document),
        "card": [[name, words(f"card_{name}"), value] for name, value in card if value],
        "reason": words.known(document.status_reason or ""),
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


def web_address(source: str) -> str:
    """The source where it is a page that can be opened, else ""; never javascript: or a file."""
    parts = urlsplit(source) if source.startswith(("http://", "https://")) else None
    return source if parts is not None and parts.hostname and not parts.username else ""


def _told(answer: Answer) -> str:
    """The answer's text; of a refusal without the sentence that names the nearest documents, for they stand below."""
    first = min((found for d in answer.nearest if (found := answer.text.find(titled(d))) >= 0), default=-1)
    end = answer.text.rfind("。", 0, max(first, 0)) + 1
    named = all(titled(document) in answer.text[end:] for document in answer.nearest)
    return answer.text[:end] if answer.status == "not_found" and end and named else answer.text


def _items(parts: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The parts of a line, cut after each semicolon that follows a citation; uncut where that gives few items."""
    items: list[list[dict[str, Any]]] = [[]]
    for part in parts:
        text = str(part.get("text", ""))
        if items[-1] and "cite" in items[-1][-1] and text.startswith("；"):
            items[-1].append({"text": "；"})
            items.append([{"text": text[1:]}] if text[1:] else [])
        else:
            items[-1].append(part)
    items = [item for item in items if item]
    return items if len(items) >= _ITEMS else [parts]


def _sources(citations: Sequence[Citation], words: Words) -> list[dict[str, Any]]:
    """The cited documents in order of first citation, each once, with its citations by number."""
    sources: dict[str, dict[str, Any]] = {}
    for citation in citations:
        document = citation.document
        source = sources.setdefault(document.id, {**carded(document, words), "cites": []})
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
