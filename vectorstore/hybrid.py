"""Joins the scores of the engines into one order: a weighted sum of min-max normalised scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEXICAL_WEIGHT = 1.0
DENSE_WEIGHT = 0.2
DOCUMENT_WEIGHT = 2.0
"""Weights tuned in docs/decisions/0002-hybrid-search.md. The fused score is divided by their sum, so it lies in 0…1."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score in 0…1."""

    key: int
    score: float


def fuse(*, lexical: Mapping[int, float], dense: Mapping[int, float], document: Mapping[int, float]) -> list[Ranked]:
    """Order the candidates (keys of any mapping) by fused score, best first, equal ones by key.

    A candidate that an engine did not return gets that engine's lowest score.
    """
    parts = [
        (LEXICAL_WEIGHT, normalise(lexical)),
        (DENSE_WEIGHT, normalise(dense)),
        (DOCUMENT_WEIGHT, normalise(document)),
    ]
    total = sum(weight for weight, _ in parts)
    candidates = lexical.keys() | dense.keys() | document.keys()
    ranked = [Ranked(key, sum(weight * scores.get(key, 0.0) for weight, scores in parts) / total) for key in candidates]
    return sorted(ranked, key=lambda found: (-found.score, found.key))


def normalise(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores moved and stretched to 0…1; all 1 when they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}
