"""Which clauses of a passage's sentence an answer's clause is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.verification.clauses import clauses_of
from bot.verification.dates import days
from bot.verification.names import places
from bot.verification.wording import content, stands

_HEDGES = re.compile("原则上|一般(?=不)|通常")
_SIGNS = frozenset("不未无没非可应须")
"""Words that only turn others."""


@lru_cache(maxsize=4096)
def counterparts(clause: str, source: str) -> tuple[int, ...]:
    """The fewest clauses of `source`, by their place in `clauses_of(source)`, that hold the words of `clause`.

    Of clauses with as many of its words the one is taken that has most of its characters in pairs.
    """
    parts = clauses_of(source)
    words, pairs = set(content(_told_apart(clause))) - _SIGNS, _pairs(clause)
    chosen: set[int] = set()
    if not words:
        alike = [len(pairs & _pairs(part)) for part in parts]
        return (alike.index(max(alike)),) if max(alike, default=0) > 1 else ()
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


def told_of(clause: str, source: str) -> str:
    """The clauses of `source` that `clause` is made of."""
    parts = clauses_of(source)
    return ",".join(parts[n] for n in counterparts(clause, source))


def _told_apart(clause: str) -> str:
    """The clause without what several of a source's clauses may have, or any may go without: dates, hedges, places."""
    for place in reversed(places(clause, ())):
        clause = f"{clause[: place.start]} {clause[place.end :]}"
    for day in reversed(days(clause)):
        clause = f"{clause[: day.start]} {clause[day.end :]}"
    return _HEDGES.sub("", clause)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
