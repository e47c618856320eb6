"""The way of a question, in order: rewrite, understand, retrieve, rerank, evidence, write, verify."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answer import Answer, Answered, Citation, Event, Searching, Step, Token
from bot.compose import named
from bot.errors import BlankQuestion, QuestionTooLong
from bot.finding import Means, read, said_instead
from bot.kinds.courtesy import courtesy
from bot.kinds.shelf import left_out
from bot.kinds.shown import NOTHING_BEFORE, UNTOLD
from bot.llm.writer import Writer
from bot.llm.writing import written
from bot.question.reading import Reading
from bot.question.rewrite import readings
from bot.question.terms import Terms, terms_of
from bot.question.turning import whom
from bot.question.understand import Query, fold
from bot.rerank import Reranker, rerank
from bot.spans.network import Network
from bot.timeliness import passed_or_newer
from bot.versions import outdated, without_copies
from vectorstore.library import Library
from vectorstore.model import Document, Filters, Hit, Status
from vectorstore.regions import Gazetteer

_NO_FILTERS = Filters()
LONGEST_QUESTION = 1000
"""Characters; a longer text is not a question but a document."""
RELATED = 0.3
"""Share of the question's terms that a document must have for a refusal to name it."""
NOTHING_ADMITTED = "没有符合筛选条件的文件。请放宽地区、年份、机关或类型的限制。"
_OUTDATED: dict[Status, str] = {
    "目标期已过": "的目标期已过，请查对有无新的文件。",
    "有效期已过": "的有效期已过，请查对有无新的文件。",
    "尚未施行": "尚未施行。",
    "废止": "已经废止。",
}
_IN_CHARGE = re.compile(r"(?:由|归|的?(?:牵头|责任|主管|负责)|是?谁|哪).*$")
OF_THE_DOCUMENT = ("doc_number", "title", "issuer", "source", "basis", "catalog", "validity")
"""Kinds that ask for a document itself, which its card answers exactly: no writer has anything to add."""
NEAREST = 3
"""How many documents a refusal names."""


def answer_events(
    library: Library,
    question: str,
    *,
    history: Sequence[Answer] = (),
    filters: Filters = _NO_FILTERS,
    passages: int = 40,
    reranker: Reranker = rerank,
    network: Network | None = None,
    writer: Writer | None = None,
) -> Iterator[Event]:
    """The events of answering `question` from `library`; the last one is Answered.

    With a `writer` it writes what can be answered, and is verified; without one the answer is quoted, in words that
    `network` chooses (the one that ships, where none is given).

    Raises BlankQuestion or QuestionTooLong before the first event; RerankerUnavailable may come after it.
    """
    started = time.perf_counter()
    check(question)
    if said := courtesy(question):
        yield Token(said)
        yield Answered(Answer(question, said, "courtesy", standalone=question, seconds=time.perf_counter() - started))
        return
    means = Means(passages, reranker, network)
    gazetteer = Gazetteer(d.region for d in library.documents() if d.region)
    rewritten = writer.standalone(question, history) if writer and history else None
    tried = []
    meant = (Reading(rewritten),) if rewritten else readings(question, history, gazetteer)
    for reading in meant:
        tried.append((yield from read(library, question, reading, filters, means, gazetteer)))
        if tried[-1].text:
            break  # Where a follow-up can be read in several ways, the first that is answered is meant.
    found = tried[-1] if tried[-1].text else tried[0]
    if not found.text:
        yield Searching(found.standalone)  # Whatever else was tried came to nothing.
    query, hits = found.query, found.hits
    writes = writer if hits and query.kind not in OF_THE_DOCUMENT else None

    def told(cited: Sequence[Citation]) -> tuple[str, ...]:
        if query.kind == "catalog":
            return left_out(library.documents(), query, found.filters)
        untold = (f"资料库中的文件没有说明{side}的情况。" for side in found.untold)
        return tuple(dict.fromkeys((*untold, *notices(query, cited), *passed_or_newer(library, query, cited))))

    def refuse(instead: tuple[str, ...]) -> Answer:
        leant = next((reading for reading in meant if reading.asks), None)
        nearest = _nearest(hits, terms_of(query, library.idf))
        if several := whom(question, history):
            said = f"上面提到了{'、'.join(several)}，请写明问的是哪一位。"
        elif leant and leant.asks:
            said = UNTOLD[leant.asks].format(topic=leant.topic) if leant.topic else NOTHING_BEFORE
            nearest = tuple(dict.fromkeys(c.document for reading in meant for c in reading.shown))
        else:
            said = refusal(nearest, query) if hits or filters == _NO_FILTERS else NOTHING_ADMITTED
        return Answer(question, said, "not_found", nearest=nearest, standalone=found.standalone, notices=instead)

    if found.text:
        if not writes:
            yield Step("write")
        answer = Answer(
            question,
            found.text,
            "answered",
            found.citations,
            standalone=found.standalone,
            notices=told(found.citations),
        )
    else:
        answer = refuse((yield from said_instead(library, query, found.filters, means)))
    if writes and answer.status == "answered":
        answer = yield from written(
            writes, query, found.standalone, answer, hits, terms=terms_of(query, library.idf), told=told, refuse=refuse
        )
    else:
        if answer.status == "answered":
            yield Step("verify")
        for line in answer.text.splitlines(keepends=True):
            yield Token(line)
    yield Answered(replace(answer, seconds=time.perf_counter() - started))


def check(question: str) -> None:
    """Raises BlankQuestion for a question without a letter or digit, QuestionTooLong for a document."""
    if not isinstance(question, str):
        raise BlankQuestion
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLong(len(question), LONGEST_QUESTION)
    if not any(char.isalnum() for char in question):
        raise BlankQuestion


def _nearest(hits: Sequence[Hit], terms: Terms) -> tuple[Document, ...]:
    """The documents that come nearest, those left out that have next to nothing to do with the question."""
    near = (
        h.document
        for h in without_copies(hits)
        if terms.coverage((fold(h.chunk.text + h.document.title), 1.0)) >= RELATED
    )
    return tuple(dict.fromkeys(near))[:NEAREST]


def notices(query: Query, citations: Sequence[Citation]) -> tuple[str, ...]:
    """What a reader must know of the cited documents: that one is an old version or repealed, that its time is over."""
    if query.kind == "validity":
        return ()  # It tells of the document's standing itself.
    documents = dict.fromkeys(c.document for c in citations)
    told = (outdated(d) or (f"{named(d)}{_OUTDATED[d.status]}" if d.status in _OUTDATED else None) for d in documents)
    return tuple(notice for notice in told if notice)


def refusal(nearest: Sequence[Document], query: Query) -> str:
    """The sentence that says the documents don't tell, naming what was looked for and what comes nearest."""
    task = _IN_CHARGE.sub("", query.text).strip(" ，,的“”") if query.kind == "responsibility" else ""
    untold = f"资料库中的文件没有写明“{task}”由谁负责。" if len(task) > 1 else "资料库中的文件没有说明这一点。"
    titles = "、".join(named(document) for document in nearest)
    return untold + (f"内容最接近的文件是{titles}。" if titles else "")
