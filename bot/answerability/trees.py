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
    """Of a leaf, as `left`, the leaf itself."""
    depth: int
    """Steps in which every tree is at a leaf."""

    def __call__(self, features: Mapping[str, float]) -> float:
        """The probability, 0…1, that `features` (of every name) speak for."""
        row = np.array([features[name] for name in self.names])
        # Every node is asked at once, which is faster than asking those on the way, level by level.
        onward = np.where(row[self.feature] <= self.threshold, self.left, self.right)
        nodes = self.roots
        for _ in range(self.depth):
            nodes = onward[nodes]
        return float(1 / (1 + np.exp(-self.threshold[nodes].sum())))

    @classmethod
    def of(cls, text: str) -> Self:
        """The trees written as JSON: the names, and for each tree its nodes as [feature, threshold, left, right]."""
        written = json.loads(text)
        nodes: list[tuple[int, float, int, int]] = []
        roots: list[int] = []
        depth = 0
        for tree in written["trees"]:
            start = len(nodes)
            roots.append(start)
            level = [0] * len(tree)
            for i, (f, at, left, right) in enumerate(tree):
                if f < 0:
                    left = right = i
                else:
                    level[left] = level[right] = level[i] + 1
                nodes.append((f, at, left + start, right + start))
            depth = max(depth, *level)
        columns = list(zip(*nodes, strict=True))
        feature, left, right = (np.array(columns[i], dtype=np.int32) for i in (0, 2, 3))
        return cls(
            tuple(written["features"]),
            np.array(roots, dtype=np.int32),
            feature,
            np.array(columns[1], dtype=np.float64),
            left,
            right,
            depth,
        )


@lru_cache(maxsize=1)
def embedded() -> Trees:
    """The trees that ship with the program."""
    return Trees.of(files("bot.answerability").joinpath("trees.json").read_text(encoding="utf-8"))
