"""Whether figures told of several things in their order (甲和乙分别为3家和5家) are told of each as the source does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import told_of
from bot.verification.values import Figure, figures
from bot.verification.wording import content, stands

_EACH: Final = re.compile("分别|依次|各为")
_IN_ORDER: Final = re.compile(r"分别|依次|\d:\d:\d")
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


def beside_alike(clause: str, source: str) -> bool:
    """Whether what one clause tells together stands together in `source`, both `plain`.

    Of 500万元以上0.5%，500万元及以下0.3% it isn't told 500万元及以下0.5%, nor 谈判 of 2家 where that is of 1家.
    """
    told = figures(clause)
    if not told:
        return True
    groups = source.split(";")
    of = [n for figure in told for n, group in enumerate(groups) if any(its.same(figure) for its in figures(group))]
    if len(groups) > 1 and len(of) == 1:
        held = ([n for n, group in enumerate(groups) if stands(word, group)] for word in content(clause))
        alone = ((word, own[0]) for word, own in zip(content(clause), held, strict=True) if len(own) == 1 and own != of)
        if any(_told_behind(word, groups[n]) for word, n in alone):
            return False
    parts = clauses_of(source)
    windows = [(figures(part), figures(lead) + figures(part)) for lead, part in pairwise(["", *parts])]
    return all(
        any(all(_goes_with(other, near) for other in told if other is not figure) for near in holding)
        for figure in told
        if (holding := [near for part, near in windows if any(its.same(figure) for its in part)])
    )


def ordered_alike(clause: str, source: str) -> bool:
    """Whether what `clause` says of several in their order (分别, 4:2:2) is in that order in `source`, both `plain`."""
    if not _IN_ORDER.search(clause) or not _IN_ORDER.search(source):
        return True
    told = told_of(clause, source)
    words = [word for word in content(clause) if len(word) > 1 and clause.count(word) == told.count(word) == 1]
    return not any(
        told.index(one) > told.index(other)
        and _JOINED.search(clause[clause.index(one) + len(one) : clause.index(other)])
        for one, other in pairwise(words)
    )


def _told_behind(word: str, group: str) -> bool:
    """Whether `group` has a figure and the word only behind it; what stands before it may be what all groups are of."""
    its = figures(group)
    return bool(its) and stands(word, group[its[0].end :]) and not stands(word, group[: its[0].start])


def _goes_with(figure: Figure, part: Sequence[Figure]) -> bool:
    """Whether `part` has the figure, or none with its value and unit."""
    alike = [its for its in part if (its.low, its.high, its.unit) == (figure.low, figure.high, figure.unit)]
    return not alike or any(its.same(figure) for its in alike)


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
