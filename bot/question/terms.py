"""The words a question is looked for by, with their weights, and how much of them a passage covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import mul

import numpy as np
from numpy.typing import NDArray

from bot.question.stopwords import GENERIC
from bot.question.understand import Query, fold
from vectorstore.pieces import COMMONEST, RAREST, embedded_pieces

Numbers = NDArray[np.float64]

GENERIC_WEIGHT = 0.25
"""Of its idf, what a word so general that every policy holds it counts."""
UNKNOWN_WEIGHT = 0.6
"""Of its idf, what a word that no document holds counts: a manner of speaking as often as the point."""
COMMON, RARE = 6.0, 11.0
"""Negative logarithms of how frequent a word is in the language, or its rarest piece: what no document has counts for
little where it is common (交了, 用到), and for as much as it may where it is rare."""
LEAST_KNOWN = 0.3
"""What is left of it for the commonest."""
PAIR_WEIGHT = 0.5
"""Of its idf, what it counts that two words of the question stand side by side."""
HALVES = 0.85
"""What a word of two words counts when both are there apart: 注册商标 in 商标有效注册量."""
PARTIAL = 0.6
"""What a longer word counts whose character pairs are all there, but apart."""


@dataclass(frozen=True)
class Terms:
    """Terms of one question with weights from the library's own frequencies."""

    weights: tuple[tuple[str, float], ...]

    def without(self, text: str) -> Terms:
        """The terms that folded `text` does not hold; all of them when it holds every one."""
        rest = tuple((term, weight) for term, weight in self.weights if _presence(term, text) < HALVES)
        return Terms(rest or self.weights)

    @cached_property
    def total(self) -> float:
        return sum(self._numbers)

    @cached_property
    def _numbers(self) -> list[float]:
        return [weight for _, weight in self.weights]

    @cached_property
    def _words(self) -> list[tuple[str, tuple[str, ...]]]:
        """Each term with its pairs."""
        return [(term, _pairs(term)) for term, _ in self.weights]

    def found(self, text: str) -> list[float]:
        """For each term, how far folded `text` holds it: 0 to 1."""
        # A question asks this of hundreds of sentences: what is plain is told here, without a call.
        return [1.0 if term in text else _apart(term, pairs, text) if pairs else 0.0 for term, pairs in self._words]

    def found_in_parts(
        self, parts: Sequence[str], found: Sequence[float], first: int
    ) -> Iterator[tuple[int, int, float]]:
        """The same for `parts` of a text in which the terms were `found` as far as that: few of them are. Each part,
        counted from `first`, that holds a term, the term's place, and how far it holds it."""
        there = [(i, *self._words[i]) for i, held in enumerate(found) if held]
        for row, text in enumerate(parts, first):
            for i, term, pairs in there:
                if term in text:
                    yield row, i, 1.0
                elif pairs:
                    yield row, i, _apart(term, pairs, text)

    def share(self, found: Sequence[float]) -> float:
        """Share of the terms' weight, 0 to 1, that `found` (one number a term) makes up."""
        if not self.weights:
            return 0.0
        held: float = sum(map(mul, self._numbers, found))
        return held / self.total

    def shares(self, found: Numbers) -> Numbers:
        """`share` of each of the rows `found`, a column a term."""
        return self._weighed(found) / self.total if self.weights else np.zeros(len(found))

    def shares_besides(self, known: Numbers, found: Numbers) -> Numbers:
        """Share, 0 to 1, that each row of `found` makes up of the terms that `known`'s doesn't hold; of all where that
        holds each."""
        rest = (known < HALVES).astype(np.float64)
        total = self._weighed(rest)
        return np.where(total > 0, self._weighed(found * rest) / np.where(total > 0, total, 1.0), self.shares(found))

    def _weighed(self, rows: Numbers) -> Numbers:
        # Term by term, as `share` adds: a row's number is the same whatever rows stand beside it.
        held = np.zeros(len(rows))
        for i, weight in enumerate(self._numbers):
            held += weight * rows[:, i]
        return held

    def coverage(self, *layers: tuple[str, float]) -> float:
        """Share of the terms' weight found in `layers` of (folded text, credit); for each term the best counts."""
        return self.share(best([(self.found(text), credit) for text, credit in layers], len(self.weights)))


def best(layers: Sequence[tuple[Sequence[float], float]], terms: int) -> list[float]:
    """For each of `terms` terms the best of its numbers in `layers` of (numbers, credit)."""
    scaled = [found if credit == 1.0 else [credit * held for held in found] for found, credit in layers]
    if len(scaled) < 2:
        return list(scaled[0]) if scaled else [0.0] * terms
    return list(map(max, *scaled))


def terms_of(query: Query, idf: Callable[[Iterable[str]], dict[str, float]]) -> Terms:
    """The terms of `query`; `idf` is the library's."""
    text = fold(query.text)
    content = [word for w in query.words if (word := fold(w))]
    pairs = [
        first[-1] + second[0]
        for first, second in pairwise(content)
        if first + second in text and first not in GENERIC and second not in GENERIC
    ]
    frequency = idf([*content, *pairs])
    rarest = max(idf(["\0"]).values())
    weights = {
        word: frequency[word]
        * (GENERIC_WEIGHT if word in GENERIC else 1.0)
        * (UNKNOWN_WEIGHT * _rarity(word) if frequency[word] >= rarest else 1.0)
        for word in content
        # A single character is found anywhere; but where a task begins with one that no document has as a word
        # (犬只管理由谁负责), it is the point.
        if len(word) > 1 or (query.kind == "responsibility" and word == content[0] and frequency[word] >= rarest)
    }
    # Two words that stand side by side in the question form a name (专利+银行) when the library knows them side by
    # side too; pairs it never saw say nothing.
    weights |= {pair: PAIR_WEIGHT * frequency[pair] for pair in pairs if frequency[pair] < rarest}
    return Terms(tuple(weights.items()))


@lru_cache(maxsize=4096)
def _rarity(word: str) -> float:
    """LEAST_KNOWN to 1 for how rare `word` is in the language, whatever the library holds."""
    pieces = embedded_pieces()
    numbers = [number for number, _, _ in pieces.cut(word)]
    rarest = COMMONEST + (RAREST - COMMONEST) * float(max(pieces.rarity(numbers), default=1.0))
    return min(1.0, max(LEAST_KNOWN, LEAST_KNOWN + (1 - LEAST_KNOWN) * (rarest - COMMON) / (RARE - COMMON)))


def _presence(term: str, text: str) -> float:
    """1 when `term` stands in `text`; for a word of three and more, the share of its pairs that do, discounted."""
    return 1.0 if term in text else _apart(term, _pairs(term), text)


def _apart(term: str, pairs: Sequence[str], text: str) -> float:
    """How far `text` holds `term` that doesn't stand in it as a whole; `pairs` are the term's."""
    if not pairs:
        return 0.0
    if len(term) == 4 and term[:2] in text and term[2:] in text:
        return HALVES
    return PARTIAL * sum([pair in text for pair in pairs]) / len(pairs)


@lru_cache(maxsize=4096)
def _pairs(term: str) -> tuple[str, ...]:
    """The character pairs of a word of three and more; none of a shorter word, and of Latin letters or figures."""
    return () if len(term) < 3 or term.isascii() else tuple(term[i : i + 2] for i in range(len(term) - 1))
