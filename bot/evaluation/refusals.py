"""How well a score tells questions the documents answer from those they don't, at every threshold. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

ALLOWED = 0.05
"""Share of answerable questions that may be refused where one figure is wanted."""


@dataclass(frozen=True, slots=True)
class Point:
    """What refusing every question that scores below `threshold` would do."""

    threshold: float
    right: float
    """Share of the unanswerable questions that would be refused."""
    wrong: float
    """Share of the answerable ones that would be."""


def curve(answerable: Sequence[float], unanswerable: Sequence[float]) -> list[Point]:
    """A point for each score that occurs and one above all, from the lowest; [] when a side has no question."""
    if not answerable or not unanswerable:
        return []
    scores = sorted({*answerable, *unanswerable})
    kept, refused = sorted(answerable), sorted(unanswerable)
    points, below, rightly = [], 0, 0
    for threshold in [*scores, float("inf")]:
        while below < len(kept) and kept[below] < threshold:
            below += 1
        while rightly < len(refused) and refused[rightly] < threshold:
            rightly += 1
        points.append(Point(min(threshold, scores[-1] + 1e-9), rightly / len(refused), below / len(kept)))
    return points


def refused_at(points: Sequence[Point], allowed: float = ALLOWED) -> Point | None:
    """The point that refuses most unanswerable questions among those refusing at most `allowed` of the others."""
    return max((p for p in points if p.wrong <= allowed), key=lambda p: (p.right, -p.wrong), default=None)


def auc(points: Sequence[Point]) -> float | None:
    """The chance that an answerable question scores higher than an unanswerable one, ties counting half."""
    if not points:
        return None
    return sum((b.wrong - a.wrong) * (a.right + b.right) / 2 for a, b in pairwise(points))
