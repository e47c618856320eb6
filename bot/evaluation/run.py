"""Asks a library every question of a set, and judges what it finds and answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.answer import Answer, Answered
from bot.answerability.judge import Sureness
from bot.evaluation.answers import Named, judge_answer
from bot.evaluation.outcome import Cited, Evaluation, Found, Outcome
from bot.evaluation.questions import Question
from bot.evaluation.retrieval import DEPTHS, judge_retrieval, place
from bot.passages import candidates
from bot.pipeline import answer_events
from bot.question.rewrite import rewrite
from bot.question.terms import terms_of
from bot.question.understand import Query, understand
from bot.rerank import Reranker, find, rerank
from vectorstore.hybrid import Weights
from vectorstore.library import Library
from vectorstore.model import Document, Filters, Hit
from vectorstore.regions import Gazetteer

ENGINES: Mapping[str, Weights] = {
    "bm25:": Weights(lexical=1.0, dense=0.0, document=0.0, nearest=0.0),
    "dense:": Weights(lexical=0.0, dense=1.0, document=0.0, nearest=0.0),
}
"""Each engine alone, by the prefix of its measures."""
CHUNKS = 100
"""Chunks asked for, so that ten different documents are among them."""
SHOWN = 5
"""Chunks kept for the report."""
DEEP_ENOUGH = 5
"""A search has failed when no right document is among so many."""

EvidenceScore = Callable[[Library, Query, Sequence[Hit]], float]
"""How sure what was found makes that the documents tell; higher is surer."""


def evidence(library: Library, query: Query, hits: Sequence[Hit]) -> float:
    """The probability, 0…1, that what was found answers the question: what answering goes by."""
    terms = terms_of(query, library.idf)
    return Sureness(query, hits, candidates(hits, query, terms), terms, library.idf).probability


def evaluate(
    library: Library,
    questions: Sequence[Question],
    *,
    name: str,
    embedding: str = "",
    answers: bool = True,
    passages: int = 40,
    names: Mapping[str, str] | None = None,
    score: EvidenceScore = evidence,
    reranker: Reranker = rerank,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """The evaluation of `library` on `questions`, at least one; without `answers`, of its search alone.

    `names` are further names of documents, with their ids. `progress` gets the questions done and all.
    """
    documents = library.documents()
    index = _index(documents, names or {})

    def named(name: str) -> frozenset[str]:
        return index.get(name, frozenset({name}))

    gazetteer = Gazetteer(d.region for d in documents if d.region)
    asking = _Asking(library, named, gazetteer, answers, passages, score, reranker)
    asking.outcome(questions[0])  # What is loaded on first use is no question's latency.
    outcomes = []
    for done, question in enumerate(questions, start=1):
        outcomes.append(asking.outcome(question))
        if progress is not None:
            progress(done, len(questions))
    unknown = tuple(dict.fromkeys(name for question in questions for name in _unknown(question, index)))
    return Evaluation(name, embedding, len(documents), answers, tuple(outcomes), unknown)


class _Asking:
    """One library being asked."""

    def __init__(
        self,
        library: Library,
        named: Named,
        gazetteer: Gazetteer,
        answers: bool,
        passages: int,
        score: EvidenceScore,
        reranker: Reranker,
    ) -> None:
        self._library, self._named, self._gazetteer = library, named, gazetteer
        self._answers, self._passages, self._score, self._reranker = answers, passages, score, reranker

    def outcome(self, question: Question) -> Outcome:
        filters = Filters(documents=tuple(sorted(self._ids(question.within))))
        history: tuple[Answer, ...] = ()
        for earlier in question.history:
            history += (self._answer(earlier, history, filters),)
        standalone = rewrite(question.text, history, self._gazetteer)
        query = understand(standalone, self._gazetteer)
        started = time.perf_counter()
        hits = find(self._library, query, k=CHUNKS, filters=filters, reranker=self._reranker)
        values = {"search_seconds": time.perf_counter() - started}
        right = self._ids(question.documents)
        values |= self._retrieved(question, right, "", hits)
        for prefix, weights in ENGINES.items():
            alone = self._library.search(standalone, k=CHUNKS, filters=filters, weights=weights)
            values |= self._retrieved(question, right, prefix, alone)
        rank = place(hits, right)
        faults: tuple[str, ...] = ()
        if right and (rank is None or rank > DEEP_ENOUGH):
            faults = (f"正确文件排在第 {rank}" if rank and rank <= DEPTHS[-1] else f"前 {DEPTHS[-1]} 份里没有正确文件",)
        answer = self._answer(question.text, history, filters) if self._answers else None
        if answer is not None:
            judged, wrong = judge_answer(question, answer, self._named)
            values |= judged | {"answer_seconds": answer.seconds}
            # A right answer from another document that tells the same is right.
            faults = (*faults, *wrong) if wrong else ()
        return Outcome(
            id=question.id,
            question=" → ".join((*question.history, question.text)),
            kind=question.kind,
            answerable=question.answerable,
            expected=_expected(question),
            values=values,
            faults=faults,
            found=tuple(_found(hit, right) for hit in hits[:SHOWN]),
            answer=answer.text if answer else None,
            refused=answer.status == "not_found" if answer else None,
            citations=tuple(Cited(c.document.title, c.quote) for c in answer.citations) if answer else (),
            score=self._score(self._library, query, hits[: self._passages]),
        )

    def _ids(self, names: Sequence[str]) -> frozenset[str]:
        return frozenset[str]().union(*map(self._named, names))

    def _retrieved(
        self, question: Question, right: frozenset[str], prefix: str, hits: Sequence[Hit]
    ) -> dict[str, float]:
        if not question.answerable:
            return {}
        quotes = [item.quote for item in question.evidence]
        values = judge_retrieval(hits, right=right, answers=question.answers, quotes=quotes)
        return {prefix + key: value for key, value in values.items()}

    def _answer(self, question: str, history: Sequence[Answer], filters: Filters) -> Answer:
        events = answer_events(
            self._library,
            question,
            history=history,
            filters=filters,
            passages=self._passages,
            reranker=self._reranker,
        )
        for event in events:
            if isinstance(event, Answered):
                return event.answer
        raise AssertionError("an event stream ends with Answered")


def _index(documents: Sequence[Document], names: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The ids of the documents that go by each name: id, title, source, file name with and without its suffix."""
    index: dict[str, frozenset[str]] = {}
    for document in documents:
        source = Path(document.source)
        for name in {document.id, document.title, document.source, source.name, source.stem}:
            index[name] = index.get(name, frozenset()) | {document.id}
    return index | {name: frozenset({doc_id}) for name, doc_id in names.items()}


def _unknown(question: Question, index: Mapping[str, frozenset[str]]) -> list[str]:
    """The documents that should answer the question and aren't there; of those it is asked of, when none is."""
    gold = [*question.documents, *(item.document for item in question.evidence)]
    if not any(name in index for name in question.within):
        gold += question.within
    return [name for name in gold if name not in index]


def _expected(question: Question) -> tuple[str, ...]:
    if not question.answerable:
        return ("资料里没有答案",)
    quotes = (f"{item.document}：“{item.quote}”" for item in question.evidence)
    groups = ("要点：" + " / ".join(group) for group in question.must)
    return (*question.answers, *groups, *quotes) or question.documents


def _found(hit: Hit, right: frozenset[str]) -> Found:
    return Found(hit.document.title, hit.chunk.path, hit.chunk.text, hit.score, hit.document.id in right)
