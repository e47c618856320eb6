"""Reads a question beside passages: how surely each answers it, and which of its characters do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.reader.batch import batched, pair
from bot.reader.network import Network, embedded
from bot.reader.tokens import Numbers

LONGEST = 60
"""Tokens of an answer."""
NO_ANSWER = -30.0
"""What the sureness is of nothing read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one passage."""

    sure: float
    """How much better the best answer in it does than none: a logarithm of odds."""
    told: float
    """The same for all answers in it together."""
    start: int
    end: int
    """passage[start:end] is the best answer; 0 and 0 where nothing was read."""
    first: Numbers
    last: Numbers
    """How probable it is that an answer begins, and ends, with each token, if there is one."""
    spans: NDArray[np.int64]
    """Where each token begins and ends in the passage."""

    def best(self, wanted: NDArray[np.bool_]) -> tuple[float, int]:
        """How sure the best answer is that has one of the `wanted` characters (a flag for each of the passage's), and
        where it begins; NO_ANSWER and 0 where none has.
        """
        until = np.concatenate([[0], np.cumsum(wanted)])
        tokens = np.cumsum(until[self.spans[:, 1]] > until[self.spans[:, 0]]) if len(self.spans) else self.spans
        if not len(tokens) or not tokens[-1]:
            return NO_ANSWER, 0
        with np.errstate(divide="ignore"):
            both = np.log(self.first)[:, None] + np.log(self.last)[None, :]
        before = np.concatenate([[0], tokens[:-1]])
        both[_too_long(len(both)) | (tokens[None, :] == before[:, None])] = -np.inf
        i, j = divmod(int(both.argmax()), len(both))
        return max(float(both[i, j]) + self.told, NO_ANSWER), int(self.spans[i, 0])


def read(question: str, passages: Sequence[tuple[str, str]], network: Network | None = None) -> list[Reading]:
    """What is read of `question` in each passage, given as (title, text); a title says what a text is of."""
    pairs = [pair(question, title, text) for title, text in passages]
    found = [_NOTHING] * len(pairs)
    worth = [i for i, one in enumerate(pairs) if one.readable]
    if worth:
        scores = (network or embedded())(batched([pairs[i] for i in worth]))
        for row, i in enumerate(worth):
            own = slice(pairs[i].title, len(pairs[i].passage.surfaces))
            spans = pairs[i].passage.spans[own]
            found[i] = reading(scores.first[row, own], scores.last[row, own], float(scores.nothing[row]), spans)
    return found


def reading(first: Numbers, last: Numbers, nothing: float, spans: NDArray[np.int64]) -> Reading:
    """What the network's scores of a passage's tokens say; `spans` are the tokens'."""
    both = first[:, None] + last[None, :]
    both[_too_long(len(first))] = -np.inf
    i, j = divmod(int(both.argmax()), len(first))
    all_first, all_last = (float(np.logaddexp.reduce(values)) for values in (first, last))
    return Reading(
        sure=float(both[i, j]) - 2 * nothing,
        told=all_first + all_last - 2 * nothing,
        start=int(spans[i, 0]),
        end=int(spans[j, 1]),
        first=np.exp(first - all_first),
        last=np.exp(last - all_last),
        spans=spans,
    )


@lru_cache(maxsize=256)  # a passage has at most so many tokens
def _too_long(tokens: int) -> NDArray[np.bool_]:
    """Of the token that an answer begins with (row) and the one it ends with, whether they make none."""
    size = np.arange(tokens)[None, :] - np.arange(tokens)[:, None]
    return (size < 0) | (size >= LONGEST)


_EMPTY = np.zeros(0, dtype=np.float32)
_NOTHING = Reading(NO_ANSWER, NO_ANSWER, 0, 0, _EMPTY, _EMPTY, np.zeros((0, 2), dtype=np.int64))
