"""Products in blocks are the products."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.products import SMALL, product

SIZES = st.integers(1, 40)


@given(SIZES, SIZES, SIZES, st.integers(1, 3))
def test_a_product_in_blocks_is_the_product(rows: int, inner: int, width: int, stacked: int) -> None:
    numbers = np.random.default_rng(rows * inner * width)
    one = numbers.normal(size=(stacked, rows, inner)).astype(np.float32)
    other = numbers.normal(size=(inner, width)).astype(np.float32)
    assert product(one, other) == pytest.approx(one @ other, abs=1e-4)


@pytest.mark.parametrize("rows", [0, 1, 15, 16, 17, 800])
def test_any_number_of_rows_is_as_good_where_a_block_has_few(rows: int) -> None:
    numbers = np.random.default_rng(rows)
    one, other = (numbers.normal(size=shape).astype(np.float32) for shape in ((rows, 128), (128, 128)))
    assert SMALL // other.size == 16
    assert product(one, other) == pytest.approx(one @ other, abs=1e-3)
