"""The maths of joining the engines' scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.hybrid import Weights, fuse, normalise

scores = st.dictionaries(st.integers(0, 20), st.floats(-100, 100, allow_subnormal=False), max_size=12)


@given(scores)
def test_normalised_scores_fill_the_unit_interval_in_the_same_order(raw: dict[int, float]) -> None:
    unit = normalise(raw)
    assert unit.keys() == raw.keys()
    assert all(0 <= score <= 1 for score in unit.values())
    if raw:
        assert unit[max(raw, key=raw.__getitem__)] == 1
    for a in raw:
        for b in raw:
            if raw[a] < raw[b]:
                assert unit[a] <= unit[b]


@given(scores, scores, scores, scores)
def test_every_candidate_is_ranked_once_by_a_score_between_0_and_1(
    lexical: dict[int, float], dense: dict[int, float], document: dict[int, float], nearest: dict[int, float]
) -> None:
    ranked = fuse(lexical=lexical, dense=dense, document=document, nearest=nearest)
    every = lexical.keys() | dense.keys() | document.keys() | nearest.keys()
    assert sorted(found.key for found in ranked) == sorted(every)
    assert all(0 <= found.score <= 1 + 1e-9 for found in ranked)
    assert [(-found.score, found.key) for found in ranked] == sorted((-found.score, found.key) for found in ranked)


@given(scores, st.floats(0.1, 10), st.floats(-50, 50))
def test_units_of_an_engine_do_not_matter(raw: dict[int, float], scale: float, shift: float) -> None:
    other = {key: score * scale + shift for key, score in raw.items()}
    before, after = normalise(raw), normalise(other)
    if raw and max(raw.values()) - min(raw.values()) > 1e-3:
        assert after == pytest.approx(before, abs=1e-6)


def test_the_sum_is_weighted() -> None:
    ranked = fuse(
        lexical={1: 9.0, 2: 1.0},
        dense={2: 0.8, 3: 0.1},
        document={1: 5.0, 2: 5.0, 3: 1.0},
        nearest={1: 0.1, 2: 0.8, 3: 0.8},
        weights=Weights(lexical=3.0, dense=1.0, document=4.0, nearest=2.0),
    )
    assert {found.key: found.score for found in ranked} == pytest.approx({1: 7 / 10, 2: 7 / 10, 3: 2 / 10})
    assert [found.key for found in ranked] == [1, 2, 3]


def test_words_weigh_more_than_vectors() -> None:
    ranked = fuse(lexical={1: 2.0, 2: 1.0}, dense={2: 0.9, 1: 0.1}, document={}, nearest={})
    assert ranked[0].key == 1
