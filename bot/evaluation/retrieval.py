"""Judges what a search found for a question: right documents, and the answer's own words, among the first. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.words import squash
from vectorstore.model import Document, Hit

DEPTHS = (1, 5, 10)
LONGEST_ANSWER = 200
"""Characters; a longer reference answer is a summary that no chunk holds word for word."""


def judge_retrieval(
    hits: Sequence[Hit], *, right: frozenset[str], answers: Sequence[str] = (), quotes: Sequence[str] = ()
) -> dict[str, float]:
    """The values of one question, 0…1 each; what can't be judged is missing.

    `right` are ids of documents, known to the library or not: `hit@k`, whether one is among the first k different
    documents; `R@k`, which share of them is; `MRR@10`, 1/place of the first, 0 beyond the tenth. `answer@k`: whether
    one of the short `answers` stands in one of the first k chunks. `evidence@k`: which share of the `quotes` does.
    White space, punctuation and width don't count.
    """
    values: dict[str, float] = {}
    if right:
        found = [document.id for document in different(hits)]
        rank = place(hits, right)
        for depth in DEPTHS:
            values[f"hit@{depth}"] = float(rank is not None and rank <= depth)
            values[f"R@{depth}"] = len(right & set(found[:depth])) / len(right)
        values["MRR@10"] = 1 / rank if rank is not None and rank <= DEPTHS[-1] else 0.0
    texts = [squash(hit.chunk.text) for hit in hits[: DEPTHS[-1]]]
    words = [squash(answer) for answer in answers if len(answer) <= LONGEST_ANSWER and squash(answer)]
    wanted = [squash(quote) for quote in quotes if squash(quote)]
    for depth in DEPTHS:
        near = texts[:depth]
        if words:
            values[f"answer@{depth}"] = float(any(answer in text for answer in words for text in near))
        if wanted:
            values[f"evidence@{depth}"] = sum(any(quote in text for text in near) for quote in wanted) / len(wanted)
    return values


def different(hits: Sequence[Hit]) -> list[Document]:
    """The documents of the hits, each once, in the order of their best chunk."""
    return list({hit.document.id: hit.document for hit in hits}.values())


def place(hits: Sequence[Hit], right: frozenset[str]) -> int | None:
    """The place, from 1, of the first right document among the different ones; None when there is none."""
    return next((n for n, document in enumerate(different(hits), start=1) if document.id in right), None)
