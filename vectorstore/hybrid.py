"""Joins the scores of the engines into one order: a weighted sum of min-max normalised scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """What each engine's normalised score counts; the defaults are measured in docs/decisions/0002-hybrid-search.md."""

    lexical: float = 1.0
    """BM25 of the chunk."""
    dense: float = 0.3
    """Cosine of the chunk's vector."""
    document: float = 3.0
    """BM25 of the whole document."""
    nearest: float = 1.0
    """Cosine of the document's chunk that is nearest to the query."""


TUNED = Weights()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score in 0…1."""

    key: int
    score: float


def fuse(
    *,
    lexical: Mapping[int, float],
    dense: Mapping[int, float],
    document: Mapping[int, float],
    nearest: Mapping[int, float],
    weights: Weights = TUNED,
) -> list[Ranked]:
    """Order the candidates (keys of any mapping) by fused score, best first, equal ones by key.

    A candidate that an engine did not return gets that engine's lowest score. The sum is divided by the sum of the
    weights, so it lies in 0…1.
    """
    of_words, of_meaning = normalise(lexical), normalise(dense)
    of_document, of_nearest = normalise(document), normalise(nearest)
    total = weights.lexical + weights.dense + weights.document + weights.nearest
    ranked = [
        Ranked(
            key,
            (
                weights.lexical * of_words.get(key, 0.0)
                + weights.dense * of_meaning.get(key, 0.0)
                + weights.document * of_document.get(key, 0.0)
                + weights.nearest * of_nearest.get(key, 0.0)
            )
            / total,
        )
        for key in lexical.keys() | dense.keys() | document.keys() | nearest.keys()
    ]
    return sorted(ranked, key=lambda found: (-found.score, found.key))


def normalise(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores moved and stretched to 0…1; all 1 when they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0)
    return {key: (score - low) / (high - low) for key, score in scores.items()}
