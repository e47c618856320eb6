"""Puts the chunks found into the order in which they answer the question, by weights learned from questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from bot.question.understand import Query
from bot.reranker.features import Idf, features
from bot.retrieve import Searcher, retrieve
from vectorstore.model import Filters, Hit

DEPTH = 60
"""Chunks of all regions that are looked at, at least."""
MOST = 90
"""Chunks put into a new order, those of a region asked for included; what stands further down stays behind them."""
FUSED, RERANKED = "fused", "reranked"
"""What the score before and the model's own number are called among a hit's scores: they compare across questions."""
LIMIT = 4.0
"""Standard deviations a feature counts at most: one far out must not decide alone."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model: the sum of the standardised features, each by its weight, orders the chunks."""

    names: tuple[str, ...]
    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]
    weights: NDArray[np.float32]

    def __call__(self, query: Query, hits: Sequence[Hit], idf: Idf) -> NDArray[np.float32]:
        """One number a hit, higher is better."""
        columns = features(query, hits, idf)
        raw = np.column_stack([columns[name] for name in self.names])
        standard = np.clip((raw - self.mean) / self.deviation, -LIMIT, LIMIT)
        return np.asarray(standard @ self.weights, dtype=np.float32)

    @classmethod
    def of(cls, text: str) -> Self:
        """The model written as JSON: for each feature's name its mean, deviation and weight."""
        table = json.loads(text)
        numbers = np.array(list(table.values()), dtype=np.float32)
        return cls(tuple(table), numbers[:, 0], numbers[:, 1], numbers[:, 2])


@lru_cache(maxsize=1)
def embedded() -> Model:
    """The model that ships with the program."""
    return Model.of(files("bot.reranker").joinpath("model.json").read_text(encoding="utf-8"))


class Library(Searcher, Protocol):
    """What reranking needs of a library: its search, and how telling words are in it."""

    def idf(self, terms: Iterable[str]) -> dict[str, float]: ...


class Reranker(Protocol):
    """Puts hits into the order in which they answer the question, best first, with falling scores in 1…0."""

    def __call__(self, hits: Sequence[Hit], query: Query, idf: Idf) -> list[Hit]: ...


def rerank(hits: Sequence[Hit], query: Query, idf: Idf) -> list[Hit]:
    """The first `MOST` of `hits` in their new order, then the others; scores are stretched anew, to 1…0."""
    first, rest = hits[:MOST], hits[MOST:]
    if not first:
        return []
    raw = embedded()(query, first, idf)
    scores = (raw - raw.min()) / max(float(np.ptp(raw)), 1e-6)
    order = np.argsort(-scores, kind="stable")
    ordered = [
        replace(hit, score=float(scores[i]), scores={**hit.scores, FUSED: hit.score, RERANKED: float(raw[i])})
        for i in order
        for hit in (first[i],)
    ]
    return [*ordered, *(replace(hit, score=0.0) for hit in rest)]


def find(library: Library, query: Query, *, k: int, filters: Filters, reranker: Reranker = rerank) -> list[Hit]:
    """Up to `k` chunks for `query` within `filters`, best first."""
    return reranker(retrieve(library, query, k=max(k, DEPTH), filters=filters), query, library.idf)[:k]
