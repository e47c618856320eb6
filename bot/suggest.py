"""Questions drawn from the library itself, each of which it answers: to begin with, and to go on with."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.answer import Answer, Answered, Citation
from bot.kinds.charge import in_charge, task_name
from bot.passages import placed
from bot.pipeline import answer_events
from bot.tree import leaves, without_label
from vectorstore.errors import FactsNotRead
from vectorstore.library import Library
from vectorstore.model import Document, Filters, Section, Target

_EXPLAINED = re.compile(
    r"(?:为什么叫|所谓|称为|叫做|什么是)[“\"「]([^”\"」]{2,12})[”\"」]"
    r"|[“\"「]([^”\"」]{2,12})[”\"」][^。\n]{0,6}(?:是指|就是|指的是|有点像)"
    r"|^(?:答[:：])?(?!本|所称|前款|上述)([\u4e00-\u9fff]{3,12})(?:是指|是一种|指的是)",
    re.M,
)
_SO_CALLED = re.compile(r"所称(?:的)?([\u4e00-\u9fff]{2,10}?)[,，]?\s*是指")
_LEAD = re.compile(
    r"^(?:第[^条\n]{1,6}条\s*)?(?!本|前|上|有|对|因)(?P<who>[\u4e00-\u9fff、]{3,18}?)[，,]?(?P<how>应当|必须|可以)?"
    r"(?P<does>具备|符合|包括|提交|提供|载明|履行|遵循|采取|享有|享受)(?:以下|下列)(?P<what>[\u4e00-\u9fff]{2,6}?)(?:之一)?[：:]",
    re.M,
)
"""What announces a list: 设立某所，应当具备下列条件：."""
_TARGETS = re.compile(r"目标")
_LISTED = re.compile(r"(?:基本|工作)原则|(?:重点|主要)任务|(?:保障|组织)措施|主要措施|(?:工作|具体)要求|适用范围")
_IN_FORCE_FROM = re.compile(r"自[^。\n，,]{4,16}起(?:正式)?(?:施行|实施|执行)")
_NO_FILTERS = Filters()
_TASK = range(4, 21)
"""Characters of a task's name that a question can be made of."""
_INDICATOR = re.compile(r"[\u4e00-\u9fffA-Za-z]{4,24}")
_ASKED = re.compile(r"^(?:问|记者(?:提问|问)?)\s*[:：]\s*(.{4,60}?)[?？]?$")
"""The heading of a question that the document itself answers."""
PATIENCE = 0.8
"""Seconds that looking for questions to go on with may take."""


def questions(
    library: Library,
    *,
    documents: Sequence[Document] | None = None,
    filters: Filters = _NO_FILTERS,
    limit: int = 6,
    patience: float = math.inf,
) -> list[str]:
    """At most `limit` questions that `library` answers under `filters`, from as many of its documents as possible.

    They are drawn from `documents`, from all where none are given; what wasn't tried within `patience` seconds is left.
    """
    end = time.monotonic() + patience
    left = [list(_of(document)) for document in (library.documents() if documents is None else documents)]
    chosen: list[str] = []
    used: Counter[str] = Counter()
    often = 1
    while any(left) and len(chosen) < limit:
        before = len(chosen)
        for candidates in left:
            # A form that others were asked in comes when no document is left that can be asked in another.
            possible = [one for one in candidates if used[one[0]] < often]
            wanted = (one for one in possible if len(chosen) < limit and time.monotonic() < end)
            found = next((one for one in wanted if _suits(library, one[1], chosen, filters)), None)
            tried = possible[: possible.index(found) + 1] if found else possible
            candidates[:] = [one for one in candidates if one not in tried] if len(chosen) < limit else candidates
            if found:
                chosen.append(found[1])
                used[found[0]] += 1
        often += before == len(chosen)
    return chosen


def _suits(library: Library, question: str, chosen: Sequence[str], filters: Filters) -> bool:
    return question not in chosen and _answer(library, question, filters) is not None


def follow_ups(
    library: Library, history: Sequence[Answer], *, filters: Filters = _NO_FILTERS, limit: int = 3
) -> list[str]:
    """At most `limit` questions to ask after the last answer of `history`, each of which `library` answers.

    They are about the documents that the answer cites (of a refusal, those it names), near the passages cited first,
    and lead to passages that the conversation hasn't shown yet. Fewer where none is found within PATIENCE.
    """
    if not history:
        return []
    asked = {_plain(text) for answer in history for text in (answer.question, answer.standalone)}
    seen = {_span(citation) for answer in history for citation in answer.citations}
    last = history[-1]
    end = time.monotonic() + PATIENCE
    chosen: list[str] = []
    of_documents = (question for document in _documents(last) for _, question in _of(document))
    for candidates in (_near(library, last), of_documents):
        for question in candidates:
            if time.monotonic() > end or len(chosen) == limit:
                return chosen
            if _plain(question) in asked:
                continue
            asked.add(_plain(question))
            answer = _answer(library, question, filters)
            if answer is not None and not seen.issuperset(found := set(map(_span, answer.citations))):
                chosen.append(question)
                seen |= found
    return chosen


def _answer(library: Library, question: str, filters: Filters = _NO_FILTERS) -> Answer | None:
    """The answer, None for a refusal."""
    *_, last = answer_events(library, question, filters=filters)
    return last.answer if isinstance(last, Answered) and last.answer.status == "answered" else None


def _of(document: Document) -> Iterator[tuple[str, str]]:
    """Questions `document` may answer, each with its form: a term it explains, what a lead announces, a task's units,
    its goals, what it lists, since when it holds, its number."""
    for match in chain(_EXPLAINED.finditer(document.text), _SO_CALLED.finditer(document.text)):
        yield "term", f"什么是{next(filter(None, match.groups()))}？"
    for lead in _LEAD.finditer(document.text):
        yield f"lead {lead['what']}", f"{lead['who']}{lead['how'] or ''}{lead['does']}哪些{lead['what']}？"
    name = f"《{document.title.strip('《》')}》" if "《" not in document.title else document.title
    for section in leaves(document):
        question = _who(document, section)
        if question:
            yield "units", question
            break
    headings = [without_label(section.path[-1]) for section in document.sections]
    if any(_TARGETS.search(heading) and len(heading) <= 12 for heading in headings):
        yield "goals", f"{name}的主要目标是什么？"
    for heading in dict.fromkeys(filter(_LISTED.fullmatch, headings)):
        yield f"list {heading}", f"{name}的{heading}有哪些？"
    if _IN_FORCE_FROM.search(document.text):
        yield "force", f"{name}从什么时候起施行？"
    if document.doc_number:
        yield "number", f"{name}的文号是什么？"


def _near(library: Library, answer: Answer) -> Iterator[str]:
    """Questions about what stands beside the cited passages: who sees to it, its neighbours, other figures."""
    for citation in answer.citations[:1]:
        document = citation.document
        around = [s for s in leaves(document) if s.start <= citation.start < s.end]
        beside = [s for s in leaves(document) for own in around if s.path[:-1] == own.path[:-1] and s != own]
        for section in [*around, *beside[:4]]:
            question = _who(document, section)
            if question:
                yield question
        for section in sorted(document.sections, key=lambda s: (s.start < citation.start, s.start)):
            asked = _ASKED.match(section.path[-1]) if section.path else None
            if asked:
                yield f"{asked[1]}？"
        yield from _figures(library, citation)


def _who(document: Document, section: Section) -> str | None:
    """Who is in charge of the section's task; None where it names nobody, or has no name to ask by."""
    place = document.region or ""
    task = task_name(section) if place and in_charge(document, section) else ""
    return f"{place}{task}由哪些部门负责？" if len(task) in _TASK else None


def _figures(library: Library, citation: Citation) -> Iterator[str]:
    """Questions for the document's other goals, those nearest to the passage first."""
    try:
        facts = library.facts(kinds=["target"], documents=[citation.document.id])
    except FactsNotRead:
        return
    targets = [f for f in facts if isinstance(f, Target) and not citation.start <= f.start < citation.end]
    for target in sorted(targets, key=lambda t: abs(t.start - citation.start)):
        place = placed(target.region or "")
        if place and _INDICATOR.fullmatch(target.indicator):
            year = f"到{target.year}年，" if target.year else ""
            yield f"{year}{place.local}{target.indicator}要达到多少？"


def _documents(answer: Answer) -> list[Document]:
    return list(dict.fromkeys([*(citation.document for citation in answer.citations), *answer.nearest]))


def _span(citation: Citation) -> tuple[str, int]:
    return citation.document.id, citation.start


def _plain(question: str) -> str:
    return re.sub(r"\W", "", question)
