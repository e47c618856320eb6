"""Whether figures told of several things in their order (甲和乙分别为3家和5家) are told of each as the source does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.values import Figure, figures
from bot.verification.wording import content

_EACH: Final = re.compile("分别|依次|各为")
_JOINED: Final = re.compile("、|和|与|及|以及")


def paired_alike(clause: str, before: str, source: str) -> bool:
    """Whether the n-th figure behind 分别 in `clause` belongs in `source` to the n-th thing before it; all `plain`,
    `before` what the answer's sentence said until `clause`.

    What can't be told apart by its words is left to the other checks.
    """
    each = _EACH.search(clause)
    told = [figure for figure in figures(clause) if each and figure.start >= each.end()]
    names = _names((clauses_of(before + clause[: each.start()]) or [""])[-1], len(told)) if each and told[1:] else []
    its = figures(source)
    if not names or _in_order(names, told, source, its):
        return True
    return all(
        any(_nearest(names, source[: other.start]) == name for other in its if other.same(figure))
        for name, figure in zip(names, told, strict=True)
    )


def _names(text: str, count: int) -> list[str]:
    """The word by which each of `count` joined things is told from the others; none where they aren't so many."""
    parts = _JOINED.split(text)
    words = [content(part) for part in parts]
    if len(parts) != count or not all(words):
        return []
    # 市级和省级街区: what they share stands behind the last one, or before the first.
    names = [row[-1] for row in words[:-1]] + [words[-1][0]]
    return names if len(set(names)) == count else []


def _nearest(names: Sequence[str], text: str) -> str:
    """The one of `names` that stands last in `text`."""
    return max(names, key=text.rfind)


def _in_order(names: Sequence[str], told: Sequence[Figure], source: str, its: Sequence[Figure]) -> bool:
    """Whether the source too has all names one after another, and then the figures in the same order."""
    at = [source.find(name) for name in names]
    for first in range(len(its) - len(told) + 1):
        row = its[first : first + len(told)]
        if all(a.same(b) for a, b in zip(row, told, strict=True)):
            before = [i for i in at if 0 <= i < row[0].start]
            return len(before) == len(names) and all(a < b for a, b in pairwise(before))
    return False
