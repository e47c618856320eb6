"""Boosted decision trees, read from a file and asked for a probability: no library of learning is needed for that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees' nodes on end: a leaf names no feature and holds its value; any other node leads to two more."""

    names: tuple[str, ...]
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    """Index into `names`; -1 at a leaf."""
    threshold: NDArray[np.float64]
    """At most so much of the feature leads left; at a leaf its value."""
    left: NDArray[np.int32]
    right: NDArray[np.int32]

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability, 0…1, that `features` (of every name) speak for."""
        row = np.array([features[name] for name in self.names])
        nodes = self.roots
        while True:
            asked = self.feature[nodes]
            inner = asked >= 0
            if not inner.any():
                break
            onward = np.where(row[asked] <= self.threshold[nodes], self.left[nodes], self.right[nodes])
            nodes = np.where(inner, onward, nodes)
        return float(1 / (1 + np.exp(-self.threshold[nodes].sum())))

    @classmethod
    def of(cls, text: str) -> Self:
        """The trees written as JSON: the names, and for each tree its nodes as [feature, threshold, left, right]."""
        written = json.loads(text)
        nodes: list[tuple[int, float, int, int]] = []
        roots: list[int] = []
        for tree in written["trees"]:
            start = len(nodes)
            roots.append(start)
            nodes += [(f, at, left + start, right + start) for f, at, left, right in tree]
        columns = list(zip(*nodes, strict=True))
        feature, left, right = (np.array(columns[i], dtype=np.int32) for i in (0, 2, 3))
        return cls(
            tuple(written["features"]),
            np.array(roots, dtype=np.int32),
            feature,
            np.array(columns[1], dtype=np.float64),
            left,
            right,
        )


@lru_cache(maxsize=1)
def embedded() -> Trees:
    """The trees that ship with the program."""
    return Trees.of(files("bot.answerability").joinpath("trees.json").read_text(encoding="utf-8"))
