"""Products of matrices in blocks so small that numpy's library does each in one thread: its others would only spin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

SMALL = 1 << 18
"""Multiplications in a block. For more OpenBLAS wakes its threads, which then keep a core busy for tens of milliseconds
of waiting, longer than an answer takes; to forbid them is up to the process, which is our user's."""


def product(rows: Numbers, matrix: Numbers) -> Numbers:
    """rows @ matrix, for a `matrix` of two dimensions."""
    size, width = max(1, SMALL // max(1, matrix.size)), matrix.shape[1]
    flat = rows.reshape(-1, matrix.shape[0])
    whole = len(flat) - len(flat) % size
    found = np.empty((len(flat), width), dtype=np.float32)
    found[:whole] = (flat[:whole].reshape(-1, size, len(matrix)) @ matrix).reshape(-1, width)
    found[whole:] = flat[whole:] @ matrix
    return found.reshape(*rows.shape[:-1], width)
