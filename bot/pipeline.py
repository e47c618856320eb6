"""The way of a question, in order: rewrite, understand, retrieve, rank, evidence, write, verify."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.across import compare
from bot.answer import Answer, Answered, Event, Retrieved, Searching, Token
from bot.compose import Piece, compose, named
from bot.errors import BlankQuestion, QuestionTooLong
from bot.extract import extract
from bot.passages import Passage, candidates
from bot.retrieve import retrieve
from bot.rewrite import rewrite
from bot.terms import Terms, terms_of
from bot.understand import Query, fold, understand
from bot.verify import problems
from vectorstore.library import Library
from vectorstore.model import Document, Filters, Hit
from vectorstore.regions import Gazetteer

_NO_FILTERS = Filters()
LONGEST_QUESTION = 1000
"""Characters; a longer text is not a question but a document."""
NEAREST = 3
"""How many documents a refusal names."""


def answer_events(
    library: Library,
    question: str,
    *,
    history: Sequence[Answer] = (),
    filters: Filters = _NO_FILTERS,
    passages: int = 40,
) -> Iterator[Event]:
    """The events of answering `question` from `library`; the last one is Answered.

    Raises BlankQuestion or QuestionTooLong before the first event.
    """
    started = time.perf_counter()
    check(question)
    gazetteer = Gazetteer(d.region for d in library.documents() if d.region)
    standalone = rewrite(question, history, gazetteer)
    yield Searching(standalone)
    query = understand(standalone, gazetteer)
    hits, pieces = _find(library, query, filters, passages)
    yield Retrieved(tuple(hits))
    text, citations = compose(pieces, joiner="；" if query.kind == "list" else "\n")
    if pieces and not problems(text, citations):
        answer = Answer(question, text, "answered", citations, standalone=standalone)
    else:
        nearest = _nearest(hits)
        answer = Answer(question, refusal(nearest), "not_found", nearest=nearest, standalone=standalone)
    for line in answer.text.splitlines(keepends=True):
        yield Token(line)
    yield Answered(replace(answer, seconds=time.perf_counter() - started))


def check(question: str) -> None:
    """Raises BlankQuestion for a question without a letter or digit, QuestionTooLong for a document."""
    if len(question) > LONGEST_QUESTION:
        raise QuestionTooLong(len(question), LONGEST_QUESTION)
    if not any(char.isalnum() for char in question):
        raise BlankQuestion


def _find(library: Library, query: Query, filters: Filters, k: int) -> tuple[list[Hit], list[Piece]]:
    """The hits for `query` and the pieces that answer it; a comparison is answered side by side."""
    if query.kind == "compare" and len(query.regions) > 1:
        sides = [replace(query, regions=(region,)) for region in query.regions]
        found = [retrieve(library, side, k=k, filters=filters) for side in sides]
        parts = [(side, *_ranked(library, side, hits)) for side, hits in zip(sides, found, strict=True)]
        pieces = compare(parts)
        return [hit for hits in found for hit in hits], pieces if len(pieces) > 1 else []
    hits = retrieve(library, query, k=k, filters=filters)
    terms, ranked = _ranked(library, query, hits)
    return hits, extract(ranked, query, terms)


def _ranked(library: Library, query: Query, hits: Sequence[Hit]) -> tuple[Terms, list[Passage]]:
    terms = terms_of(query, library.idf)
    return terms, candidates(hits, query, terms)


def _nearest(hits: Sequence[Hit]) -> tuple[Document, ...]:
    return tuple(dict.fromkeys(hit.document for hit in hits))[:NEAREST]


def refusal(nearest: Sequence[Document]) -> str:
    """The sentence that says the documents don't tell, naming what comes nearest."""
    if not nearest:
        return "资料库中的文件没有说明这一点。"
    titles = "、".join(named(document) for document in nearest)
    return f"资料库中的文件没有说明这一点。内容最接近的文件是{titles}。"


__all__ = ["answer_events", "check", "fold", "refusal"]
