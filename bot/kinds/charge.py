"""Answers to who is in charge of a task: its lead unit and the units responsible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose import Piece
from bot.kinds.articles import numbered
from bot.passages import TITLE_CREDIT, Passage, documents_of
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.tree import heading_span, leaves, without_label
from bot.trimming import balanced
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans

ENOUGH_TASK = 0.5
"""Share of the question's terms that a task and its document's title must cover."""
_UNIT = re.compile(
    r"([\u4e00-\u9fff]{1,12}?(?:局|委|办|厅|部|署|院|会|海关|中心|管委会|政府|银行|支行|公司|总社))(?:的职责|(?:在[^，,]{1,16}?)?(?:主要)?(?:要|应|需)?(?:牵头|负责|承担|是|作为|参与))"
)
_FIRST_LEADS = re.compile(r"(?:列|排)在?第一位[^。）)]{0,10}牵头")
_SUPPOSED = re.compile(r"由([^由，,。；;]{2,30}?)来?(牵头|负责|承担|主管)")
_LEAD = re.compile(r"(?:牵头|主办)(?:单位|部门)\s*[:：]([^;；)）]*)")
TASK_NAME = 40
"""Characters of a task's heading that name it."""
_BRACKETED = re.compile(r"[（(][^（()）]*(?:负责|牵头|责任|配合|落实)[^（()）]*[)）]")
_OPENS = re.compile(
    r"\s*[\u4e00-\u9fff]{2,20}?(?:局|委|办|厅|部|署|院|会|中心|政府|小组|机构|单位|部门)(?:统一)?(?:负责|承担|主管|是[^，,。；;]{0,24}的?主管(?:部门|单位|机关)|对[^，,。；;]{2,40}(?:实施|进行|实行)(?:统一|综合)?(?:监督)?管理)"
)
_BREAK = re.compile(r"[，,。；;：:、]")
_IN_CHARGE = re.compile(
    r"[（(](?=[^（()）]{0,12}(?:牵头|责任|负责|主办)(?:单位|部门)?\s*[:：])[^（()）]{3,400}[)）]"
    r"|[（(][^（()）]{2,400}(?:负责|牵头|配合|落实|(?<=牵头)[，,、；;][^（()）]{2,300}参[与加])(?:。[^（()）]{0,40})?[)）]"
    r"|(?:牵头|责任|主办|负责)(?:单位|部门)\s*(?:[:：]|是|为|有)[^。\n]{2,200}"
    r"|由[^，,。；;\n]{2,200}?(?:分工|分别|共同|按职责)?(?:负责(?![同人])|牵头)"
)


def responsible(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The units in charge of the task asked about, labelled with the task; empty when no task fits or names any."""
    best: tuple[float, Document, Section, tuple[int, int]] | None = None
    for document, section in _tasks(passages, query, terms):
        span = in_charge(document, section)
        if span is None:
            continue
        title = (fold(document.title), TITLE_CREDIT)
        task, lead = fold(document.text[section.start : span[0]]), fold(section.path[-1])
        score = 0.7 * terms.coverage((task, 1.0), title) + 0.3 * terms.coverage((lead, 1.0), title)
        if best is None or score > best[0]:
            best = (score, document, section, span)
    if best is None or (best[0] < ENOUGH_TASK and not query.items):
        return []
    _, document, section, span = best
    task = task_name(section)
    told = document.text[slice(*span)] in section.path[-1]  # The heading is itself the sentence that says who.
    return [Piece(document, section.path, *(heading_span(document, section) if told else span), None if told else task)]


def as_supposed(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece] | None:
    """The units in charge of the task, if that which the question supposes (由财政局负责吗) is among them, or leads
    where it is to lead, else []; None where no unit is supposed or no task fits.

    A sentence that names the unit isn't enough: it may be in charge of another task.
    """
    supposed = _SUPPOSED.search(query.text)
    if supposed is None:
        return None
    unit = fold(supposed[1])
    pieces = responsible(passages, query, Terms(tuple(term for term in terms.weights if term[0] not in unit)))
    if not pieces:
        return None
    told = pieces[0].document.text[pieces[0].start : pieces[0].end]
    lead = _LEAD.search(told) if supposed[2] == "牵头" else None
    return pieces if unit in fold(lead[1] if lead else told) else []


def says_who(text: str) -> bool:
    """Whether `text` begins by saying who does it (某小组负责…的协调), and doesn't name them in brackets behind it."""
    return bool(_OPENS.match(without_label(text))) and not _BRACKETED.search(text)


def duties(passages: Sequence[Passage], query: Query) -> list[Piece]:
    """The tasks that name the unit asked about, as the lead unit if that is asked; in the order of the document."""
    asked = _UNIT.search(re.sub(r"^.*?[省市区县旗](?=.{2,}[局委办厅部院会])", "", query.text) or query.text)
    if asked is None:
        return []
    unit, lead = re.sub(r"^.*[由归]", "", asked.group(1)), "牵头" in query.text
    for document in documents_of(passages, query):
        pieces = []
        for section in leaves(document):
            span = in_charge(document, section)
            units = document.text[slice(*span)] if span else ""
            if lead:
                first = [_named_units(units)[0]] if _named_units(units) and _FIRST_LEADS.search(document.text) else []
                named = _named_units(re.split(r"责任单位|配合单位", units)[0]) if "牵头" in units else first
            else:
                named = _named_units(units)
            if unit in (name.lstrip("省市区县州") for name in named) or unit in named:
                pieces.append(Piece(document, section.path[:-1], *heading_span(document, section)))
            elif not lead and (own := _own_duty(document, section, unit)):
                pieces.append(Piece(document, section.path[:-1], *own))
        if pieces:
            return pieces
    return []


def _named_units(units: str) -> list[str]:
    return [
        name for name in re.split(r"[:：、,，;；为是由等\s]|按职责|分工|负责|牵头单位|责任单位|配合单位", units) if name
    ]


def _own_duty(document: Document, section: Section, unit: str) -> tuple[int, int] | None:
    """The sentence of `section` that begins with the unit and says what it sees to: （4）财政部负责…."""
    for start, end in sentence_spans(document.text[section.start : section.end], clauses=True):
        said = without_label(document.text[section.start + start : section.start + end])
        if re.match(rf"[^，,。；;：:]{{0,16}}{re.escape(unit)}[^，,。；;：:]{{0,16}}(?:负责|牵头|承担|会同)", said):
            return section.start + start, section.start + end
    return None


def _tasks(passages: Sequence[Passage], query: Query, terms: Terms) -> Iterator[tuple[Document, Section]]:
    """The task with the number asked for, else every innermost section of the documents found."""
    if query.items:
        found = numbered(passages, query, terms)
        if found:
            yield found
        return
    for document in documents_of(passages, query):
        for section in leaves(document):
            yield document, section


def in_charge(document: Document, section: Section) -> tuple[int, int] | None:
    """Where `section` names the units in charge of it (牵头单位：…, …负责), without the brackets; else None."""
    found = _IN_CHARGE.search(document.text, section.start, section.end)
    if found is None:
        return None
    start, end = found.span()
    return (start + 1, end - 1) if document.text[start] in "（(" else (start, end)


def task_name(section: Section) -> str:
    """What the section's heading calls the task; of a long sentence, its first clauses."""
    heading = without_label(section.path[-1])
    if len(heading) <= TASK_NAME:
        return heading
    ends = [m.start() for m in _BREAK.finditer(heading, 0, TASK_NAME) if balanced(heading[: m.start()])]
    return heading[: ends[-1]] if ends else heading[:TASK_NAME]
