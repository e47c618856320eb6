"""Example questions drawn from the library itself, each of which it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answer import Answered
from bot.charge import in_charge, task_name
from bot.pipeline import answer_events
from bot.tree import leaves
from vectorstore.library import Library
from vectorstore.model import Document

_EXPLAINED = re.compile(
    r"(?:为什么叫|所谓|称为|叫做|什么是)[“\"「]([^”\"」]{2,12})[”\"」]"
    r"|[“\"「]([^”\"」]{2,12})[”\"」][^。\n]{0,6}(?:是指|就是|指的是|有点像)"
    r"|^(?:答[:：])?([\u4e00-\u9fff]{3,12})(?:是指|是一种|指的是)",
    re.M,
)
_TARGETS = re.compile(r"目标")


def questions(library: Library, *, limit: int = 6) -> list[str]:
    """At most `limit` questions that `library` answers, from as many of its documents as possible."""
    streams = [_of(document) for document in library.documents()]
    chosen: list[str] = []
    while streams and len(chosen) < limit:
        for candidates in list(streams):
            question = next((q for q in candidates if q not in chosen and _answered(library, q)), None)
            if question is None:
                streams.remove(candidates)
            elif len(chosen) < limit:
                chosen.append(question)
    return chosen


def _answered(library: Library, question: str) -> bool:
    *_, last = answer_events(library, question)
    return isinstance(last, Answered) and last.answer.status == "answered"


def _of(document: Document) -> Iterator[str]:
    """Questions `document` may answer: a term it explains, a task's units, its targets, its number."""
    for match in _EXPLAINED.finditer(document.text):
        yield f"什么是{next(filter(None, match.groups()))}？"
    name = f"《{document.title.strip('《》')}》" if "《" not in document.title else document.title
    place = document.region or ""
    for section in leaves(document):
        if place and in_charge(document, section) and 4 <= len(task_name(section)) <= 20:
            yield f"{place}{task_name(section)}由哪些部门负责？"
            break
    for section in document.sections:
        if _TARGETS.search(section.path[-1]) and len(section.path[-1]) <= 12:
            yield f"{name}的主要目标是什么？"
            break
    if document.doc_number:
        yield f"{name}的文号是什么？"
