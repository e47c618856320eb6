"""A network of one hidden layer that tells how well a span answers; numpy alone works it out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Self

import numpy as np

from bot.products import product
from bot.spans.features import Numbers

LIMIT = 4.0
"""Standard deviations a feature counts at most: one far out must not decide alone."""


@dataclass(frozen=True, slots=True)
class Network:
    """A linear sum of the standardised features and of hidden units that each see all of them."""

    mean: Numbers
    deviation: Numbers
    direct: Numbers
    """A weight a feature."""
    hidden: Numbers
    """A row of weights a hidden unit."""
    bias: Numbers
    out: Numbers
    """A weight a hidden unit."""

    def __call__(self, rows: Numbers) -> Numbers:
        """One number a row; of one question's spans the highest is the best."""
        standard = np.clip((rows - self.mean) / self.deviation, -LIMIT, LIMIT)
        return np.asarray(
            standard @ self.direct + np.maximum(product(standard, self.hidden.T) + self.bias, 0) @ self.out,
            dtype=np.float32,
        )

    @classmethod
    def of(cls, text: str) -> Self:
        """The network written as JSON: a list, or a list of lists, of numbers for each of its fields."""
        table = json.loads(text)
        return cls(**{name: np.array(table[name], dtype=np.float32) for name in cls.__dataclass_fields__})


@lru_cache(maxsize=1)
def embedded() -> Network:
    """The network that ships with the program."""
    return Network.of(files("bot.spans").joinpath("network.json").read_text(encoding="utf-8"))
