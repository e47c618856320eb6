"""The reader's network, worked out by numpy alone: gated convolutions over both texts, each attending to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from bot.products import product
from bot.reader.batch import Batch
from bot.reader.tokens import Numbers

KEEPS = 0.8
"""What a layer's sum is multiplied by, so that it doesn't grow from layer to layer."""
SHARP = 8.0
"""What a word counts by which it attends is divided by."""
LOUD = 3.0
"""What the vectors of pieces, of length 1, are multiplied by."""
OUT = 1e4
"""What is taken from a score to leave it out."""


@dataclass(frozen=True, slots=True)
class Scores:
    """For each passage: of every token as the answer's first and last, and that nothing answers."""

    first: Numbers
    last: Numbers
    nothing: Numbers


class Network:
    """The weights by name, as `scripts/train_reader.py` calls them; `written` has them as they were given."""

    def __init__(self, weights: Mapping[str, Numbers]) -> None:
        self.written = dict(weights)
        # A convolution is a product of each token and its two neighbours, side by side, with one matrix.
        self._weights = {
            name: weight.transpose(2, 1, 0).reshape(-1, weight.shape[0]) if weight.ndim == 3 else weight
            for name, weight in weights.items()
        }

    def __call__(self, batch: Batch) -> Scores:
        pm, qm = batch.passage_mask, batch.question_mask
        p = np.maximum(self._linear("emb", batch.passage * LOUD) + self._linear("fp", batch.passage_columns), 0) * pm
        q = np.maximum(self._linear("emb", batch.question * LOUD) + self._linear("fq", batch.question_columns), 0) * qm
        q = self._gated("q2", self._gated("q1", q, qm, 1), qm, 1)
        p = self._gated("p2", self._gated("p1", p, pm, 1), pm, 2)
        p = self._attending("pa", p, pm, q, qm)
        p = self._gated("p4", self._gated("p3", p, pm, 1), pm, 3)
        q = self._attending("qa", q, qm, p, pm)
        p = self._attending("pb", p, pm, q, qm)
        p = self._gated("p6", self._gated("p5", p, pm, 1), pm, 6)
        ends = self._linear("out", p)
        told = np.maximum(self._linear("qn", q), 0)
        parts = [
            (_softmax(self._linear("qw", q) + (qm - 1) * OUT, 1) * told).sum(1),
            (told * qm).max(1),
            (p + (pm - 1) * OUT).max(1),
            (_softmax(ends.sum(-1, keepdims=True) + (pm - 1) * OUT, 1) * p).sum(1),
        ]
        nothing = self._linear("n2", np.maximum(self._linear("n", np.concatenate(parts, axis=-1)), 0))[:, 0]
        # The title answers nothing: its tokens are marked in the last column.
        ends = ends + (pm - 1) * OUT - (batch.passage_columns[..., -1:] > 0) * OUT
        return Scores(ends[..., 0], ends[..., 1], nothing)

    def _linear(self, name: str, x: Numbers) -> Numbers:
        found = product(x, self._weights[f"{name}.weight"].T)
        bias = self._weights.get(f"{name}.bias")
        return np.asarray(found if bias is None else found + bias, dtype=np.float32)

    def _gated(self, name: str, x: Numbers, mask: Numbers, apart: int) -> Numbers:
        """Each token with the two `apart` tokens before and behind it; half of what comes out gates the other half."""
        weight, bias = self._weights[f"{name}.c.weight"], self._weights[f"{name}.c.bias"]
        seen = np.zeros((x.shape[0], x.shape[1] + 2 * apart, x.shape[2]), dtype=np.float32)
        seen[:, apart:-apart] = x
        around = np.concatenate([seen[:, apart * i : apart * i + x.shape[1]] for i in range(3)], axis=-1)
        sums = product(around, weight) + bias
        half = x.shape[2]
        return np.asarray((x + sums[..., :half] / (1 + np.exp(-sums[..., half:]))) * KEEPS * mask, dtype=np.float32)

    def _attending(self, name: str, x: Numbers, mask: Numbers, other: Numbers, other_mask: Numbers) -> Numbers:
        """Each token with what it finds like itself in the other text."""
        likeness = self._linear(f"{name}.a", x) @ other.transpose(0, 2, 1) / SHARP
        found = _softmax(likeness + (other_mask.transpose(0, 2, 1) - 1) * OUT, -1) @ other
        compared = self._linear(f"{name}.o", np.concatenate([found, x * found, np.abs(x - found)], axis=-1))
        return np.asarray((x + np.maximum(compared, 0)) * KEEPS * mask, dtype=np.float32)


def _softmax(x: Numbers, axis: int) -> Numbers:
    powers = np.exp(x - x.max(axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis, keepdims=True), dtype=np.float32)


@lru_cache(maxsize=1)
def embedded() -> Network:
    """The network that ships with the program."""
    with files("bot.reader").joinpath("network.npz").open("rb") as file, np.load(file) as written:
        return Network({name: written[name].astype(np.float32) for name in written.files})
