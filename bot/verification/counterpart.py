"""Which clauses of a passage's sentence an answer's clause is made of."""

from __future__ import annotations

from functools import lru_cache

from bot.verification.clauses import clauses_of
from bot.verification.wording import content, stands


@lru_cache(maxsize=4096)
def counterparts(clause: str, source: str) -> tuple[int, ...]:
    """The fewest clauses of `source`, by their place in `clauses_of(source)`, that hold the words of `clause`.

    Of clauses with as many of its words the one is taken that has most of its characters in pairs.
    """
    parts = clauses_of(source)
    words, pairs = set(content(clause)), _pairs(clause)
    chosen: set[int] = set()
    while words:
        held = [{word for word in words if stands(word, part)} for part in parts]
        scores = [(sum(map(len, found)), len(pairs & _pairs(part))) for found, part in zip(held, parts, strict=True)]
        best = max(scores, default=(0, 0))
        if not best[0]:
            break
        n = scores.index(best)
        chosen.add(n)
        words -= held[n]
    return tuple(sorted(chosen))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
