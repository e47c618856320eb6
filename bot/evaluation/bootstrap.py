"""The paired bootstrap: between which bounds a mean difference over the same questions lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 2000
LEVEL = 0.95
SEED = 20261121


@dataclass(frozen=True, slots=True)
class Interval:
    """The mean difference, and the bounds it lies between in LEVEL of the resamples."""

    mean: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Whether all of the interval is on one side of zero."""
        return self.low > 0 or self.high < 0


def paired_interval(before: Sequence[float], after: Sequence[float]) -> Interval:
    """The interval of mean(after - before), questions drawn with replacement (percentile bootstrap, Efron 1979).

    Both have the same questions in the same order, at least one. The same input gives the same interval.
    """
    import numpy as np  # only a comparison needs it

    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    if (differences == differences[0]).all():
        return Interval(*[float(differences[0])] * 3)
    mean = float(differences.mean())
    generator = np.random.default_rng(SEED)
    drawn = generator.integers(len(differences), size=(RESAMPLES, len(differences)), dtype=np.int32)
    low, high = np.quantile(differences[drawn].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(mean, float(low), float(high))
