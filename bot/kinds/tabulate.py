"""The table behind an answer that compares: whose each cited passage is, and the figure it states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer import Answer, Citation
from bot.compose import displayed
from bot.kinds.compare import sides
from bot.passages import placed
from bot.question.understand import understand
from vectorstore.model import Fact, Target
from vectorstore.regions import Gazetteer

_MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a cited passage, whose it is, and the figure in it."""

    citation: Citation
    whose: str
    """Whose the answer says it is, else the region that the passage speaks for (济宁市), else the document's title."""
    target: Target | None = None
    """None for a passage without a figure that was read as one."""


def compares(answer: Answer) -> bool:
    """Whether the answer sets passages of several regions or documents side by side, as its question asks."""
    if answer.status != "answered" or len({c.document.id for c in answer.citations}) < 2:
        return False
    gazetteer = Gazetteer(c.document.region for c in answer.citations if c.document.region)
    query = understand(answer.standalone or answer.question, gazetteer)
    return query.kind in ("compare", "across") or bool(sides(query, gazetteer))


def lines(answer: Answer, facts: Iterable[Fact]) -> list[Line]:
    """A line for every figure within what the answer cites, in its order; for a passage without one a line of its own.

    `facts` are those of the cited documents.
    """
    targets = [fact for fact in facts if isinstance(fact, Target)]
    found: list[Line] = []
    labels = _labels(answer)
    for citation in answer.citations:
        within = [t for t in targets if t.doc_id == citation.document.id and _overlap(t, citation)]
        region = next((t.region for t in within if t.region), citation.document.region)
        place = placed(region or "")
        whose = labels.get(citation.number) or (place.local if place else citation.document.title)
        found += [Line(citation, whose, target) for target in within] or [Line(citation, whose)]
    return found


def comparable(found: Sequence[Line]) -> list[Line]:
    """Those of the lines that one scale can show: the unit that most of them share; empty where only one has it."""
    measured = [line for line in found if line.target is not None]
    units = [(line.target.unit, line.target.change is None) for line in measured if line.target is not None]
    if not units:
        return []
    common = max(dict.fromkeys(units), key=units.count)
    chosen = [line for line, unit in zip(measured, units, strict=True) if unit == common]
    return chosen if len({line.whose for line in chosen}) > 1 else []


def _labels(answer: Answer) -> dict[int, str]:
    """What stands before a quotation, by its number: 济宁市：…[1]. A line without a label belongs to the one above."""
    found: dict[int, str] = {}
    quotes = {citation.number: displayed(citation.quote) for citation in answer.citations}
    label = ""
    for line in answer.text.splitlines():
        head, _, said = line.partition("：")
        marker = _MARKER.search(line)
        if marker is None:
            continue
        number = int(marker[1])
        if said.startswith(quotes.get(number, "\0")):
            label = head
        if label:
            found[number] = label
    return found


def _overlap(target: Target, citation: Citation) -> bool:
    """Whether the figure stands in the passage: where its statement is longer, by the greater part of the passage."""
    common = min(target.end, citation.end) - max(target.start, citation.start)
    return 2 * common > min(target.end - target.start, citation.end - citation.start)
