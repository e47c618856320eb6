"""How an answer and a passage look on a terminal."""

from __future__ import annotations

from bot.answer import Answer, Citation
from ui.console import Painted, day, one_line, say
from ui.lookup import facts, standing, titled
from ui.understood import understood
from vectorstore.model import Document

_QUOTE = 120
"""Characters of a quote below an answer; 引用 n shows all of it."""


def print_understood(question: str, standalone: str) -> None:
    """How the question was understood, where that isn't as it was typed."""
    if line := understood(question, standalone):
        say(Painted(line, dim=True))


def print_answer(answer: Answer, *, with_understood: bool = True, with_text: bool = True) -> None:
    """How the question was understood, the answer with its markers, then what backs it; for "not_found" the sentence
    and the nearest documents."""
    if with_understood:
        print_understood(answer.question, answer.standalone)
    if with_text:
        say(answer.text)
    if answer.notices:
        say()
    for notice in answer.notices:
        say(Painted(f"提示：{notice}", colour="yellow"))
    if answer.citations:
        say()
        say(Painted("依据", bold=True))
        for citation in answer.citations:
            print_source(citation)
    if answer.nearest:
        say()
        say(Painted("最接近的文件", bold=True))
        for document in answer.nearest:
            say(f"  · {titled(document)} ", Painted(facts(document), dim=True))
    if answer.status != "courtesy":
        say()
        say(Painted(f"用时 {answer.seconds:.2f} 秒", dim=True))


def print_source(citation: Citation) -> None:
    """Two lines: where the passage stands, and how it begins."""
    document = citation.document
    stated = (document.doc_number, " › ".join(citation.path), document.date and day(document.date))
    say(
        Painted(f"[{citation.number}]", bold=True, colour="cyan"),
        f" {titled(document)} ",
        Painted(" · ".join(part for part in stated if part), dim=True),
    )
    say(f"    “{one_line(citation.quote, _QUOTE)}”")


def print_passage(document: Document, start: int, end: int, *, around: int = 200) -> None:
    """The passage highlighted between the `around` characters before and after it."""
    text = document.text
    before = text[max(0, start - around) : start]
    after = text[end : end + around]
    say(Painted(titled(document), bold=True), Painted(f" 第 {start}–{end} 字", dim=True))
    say()
    say(
        Painted(("…" if start > around else "") + before, dim=True),
        Painted(text[start:end], bold=True, colour="yellow"),
        Painted(after + ("…" if end + around < len(text) else ""), dim=True),
    )


def print_card(document: Document) -> None:
    """What identifies the document, a fact a line."""
    rows = (
        ("标题", document.title),
        ("编号", document.id),
        ("文号", document.doc_number),
        ("机关", document.issuer),
        ("地区", document.region),
        ("日期", document.date and day(document.date)),
        ("发布日期", document.published and day(document.published)),
        ("施行日期", document.effective and day(document.effective)),
        ("有效期至", document.expires and day(document.expires)),
        ("期限", document.period and f"{document.period[0]}—{document.period[1]}年"),
        ("类别", document.kind),
        ("状态", document.status + (f"（{document.status_reason}）" if document.status_reason else "")),
        ("版本", standing(document) if document.superseded else None),
        ("引用文件", "、".join(document.refers_to)),
        ("原载", document.origin),
        ("来源", document.source),
        ("提醒", "；".join(document.warnings or ())),
    )
    for name, value in rows:
        if value:
            say(Painted(f"{name}：", dim=True), one_line(value))
