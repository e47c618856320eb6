"""Turns answers and documents into what the page draws: segments of plain text, and escaped HTML around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any, Literal, TypedDict

from bot.answer import Answer, Citation
from ui.lookup import facts, titled
from vectorstore.model import Document

_MARKER = re.compile(r"\[(\d{1,3})\]")
_QUESTION = 200
"""Characters of a question that are shown; who pasted a document knows what it says."""


KEPT = "对话只留在这个标签页里，刷新或关闭页面后不再保留。"


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


def answer_data(answer: Answer) -> dict[str, Any]:
    """What the answer component needs: paragraphs, the cited documents, nearest documents, notices, seconds."""
    return {
        "status": answer.status,
        "paragraphs": answer_parts(answer),
        "sources": _sources(answer.citations),
        "nearest": [
            {"id": document.id, "title": titled(document), "facts": facts(document)} for document in answer.nearest
        ],
        "notices": list(answer.notices),
        "seconds": f"{answer.seconds:.2f}",
        "writer": "" if answer.writer == "extractive" else answer.writer,
    }


def reader_data(document: Document, *, citation: Citation | None = None) -> dict[str, Any]:
    """What the reader component needs: the document's card, and its text with the cited passage marked."""
    span = None if citation is None else (citation.start, citation.end)
    card = (
        ("文号", document.doc_number),
        ("机关", document.issuer),
        ("地区", document.region),
        ("日期", document.date.isoformat() if document.date else None),
        ("施行", document.effective.isoformat() if document.effective else None),
        ("有效期至", document.expires.isoformat() if document.expires else None),
        ("类别", document.kind),
        (
            "状态",
            "：".join(filter(None, (document.status, document.status_reason))) if document.status != "未知" else None,
        ),
        ("原载", document.origin),
        ("来源", _source_name(document.source)),
    )
    return {
        "key": f"{document.id}:{span}",
        "title": titled(document),
        "card": [[name, value] for name, value in card if value],
        "number": None if citation is None else citation.number,
        "path": [] if citation is None else list(citation.path),
        "segments": segments(document, span),
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


def notice_html(message: str, *, kind: Literal["error", "info"] = "error") -> str:
    """A sentence about something that went wrong or is missing."""
    return f'<div class="zw-notice zw-{kind}" role="alert">{escape(message)}</div>'


def welcome_html(count: int) -> str:
    """What the first screen says above the example questions."""
    return (
        '<div class="zw-welcome"><small>政问</small><h1>问政策，看原文</h1>'
        f"<p>回答只来自资料库里的 <b>{count}</b> 份政策文件。每一句都标明出处，点开编号就能看到原文；"
        f"文件里没有的，会直接告诉您没有。</p>{hint_html(KEPT)}</div>"
    )


def hint_html(text: str) -> str:
    """A quiet remark."""
    return f'<div class="zw-hint">{escape(text)}</div>'


def empty_html() -> str:
    """What the first screen says when there is no document yet."""
    return (
        '<div class="zw-welcome"><h1>还没有政策文件</h1>'
        "<p>政问只根据您给它的文件回答。请在终端里运行下面的命令，读入一个文件夹"
        "（支持 txt、md、html、pdf、docx），完成后刷新这个页面：</p></div>"
    )


def brand_html(count: int | None) -> str:
    """The name at the top of the side bar."""
    told = "资料库还是空的" if not count else f"{count} 份政策文件"
    return f'<div class="zw-brand"><span class="zw-seal">政</span><div><b>政问</b><small>{told}</small></div></div>'


def _source_name(source: str) -> str:
    """A URL as it is; of a file its name, for visitors have no business with the server's folders."""
    return source if "://" in source else re.split(r"[/\\]", source)[-1]


def _sources(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    """The cited documents in order of first citation, each once, with its citations by number."""
    sources: dict[str, dict[str, Any]] = {}
    for citation in citations:
        document = citation.document
        source = sources.setdefault(document.id, {"title": titled(document), "facts": facts(document), "cites": []})
        source["cites"].append({"number": citation.number, "path": list(citation.path), "quote": citation.quote})
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
