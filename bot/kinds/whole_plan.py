"""Answers to who is in charge of a whole plan, whose parts have units of their own: no part's unit is the whole's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.kinds.charge import in_charge, task_name
from bot.passages import Passage, documents_of
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.tree import leaves
from vectorstore.model import Document, Section
from vectorstore.sentences import sentence_spans

IN_TITLE = 0.95
"""Share of the question that a document's title must hold for the question to be about the whole of it."""
PARTS = 3
"""Parts with units of their own that a plan has at least: a letter that founds a body names the whole's unit."""
LISTED = 8
"""Parts that are told instead of the whole, at most: of more nobody would read who is in charge."""
OF_IT = 0.5
"""Share of the question that the sentence which says who leads must hold."""
_ASKS_WHO = re.compile(r"部门|单位|机构|牵头|负责|主管|责任|谁")
"""What asks, and says nothing of what is asked about."""
_LEADS_ALL = re.compile(
    r"(?:领导小组|专班|联席会议|指挥部|委员会|办公室|[局委厅部])[^，,。；;：:\n]{0,10}"
    r"(?:统筹|牵头|(?:全面|总体|统一)(?:负责|领导)|组织协调|负责[^，,。；;]{0,20}(?:统筹|协调|组织实施))"
)


def of_the_whole(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece] | None:
    """Who leads the whole plan that `query` asks about; where only its parts have units, these, if they are few.

    None where no whole plan is asked about; [] where the plan doesn't tell who leads it and has many parts.
    """
    about = Terms(tuple(term for term in terms.weights if not _ASKS_WHO.search(term[0])))
    if query.items or not about.weights:
        return None
    for document in documents_of(passages, query):
        parts = [(section, span) for section in leaves(document) if (span := in_charge(document, section))]
        if about.coverage((fold(document.title), 1.0)) < IN_TITLE or len(parts) < PARTS:
            continue
        if any(about.coverage((fold(section.path[-1]), 1.0)) >= IN_TITLE for section, _ in parts):
            continue  # A part is called so, too.
        told = _leading(document, parts, about)
        if told or len(parts) > LISTED:
            return told
        return [Piece(document, section.path, *span, task_name(section)) for section, span in parts]
    return None


def _leading(document: Document, parts: Sequence[tuple[Section, tuple[int, int]]], terms: Terms) -> list[Piece]:
    """The sentence outside the `parts` that says who leads the whole; [] where none does."""
    best: tuple[float, int, int] | None = None
    for start, end in sentence_spans(document.text):
        said = document.text[start:end]
        inside = any(section.start <= start < section.end for section, _ in parts)
        if inside or not _LEADS_ALL.search(said):
            continue
        held = terms.coverage((fold(said), 1.0))
        if held >= OF_IT and (best is None or held > best[0]):
            best = (held, start, end)
    return [Piece(document, (), *best[1:])] if best else []
