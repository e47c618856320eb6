"""What terms cover of many sentences at once is what they cover of each alone."""

from collections.abc import Iterable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.question.terms import HALVES, Terms, terms_of
from bot.question.understand import understand
from vectorstore.regions import Gazetteer

WORDS = st.lists(st.text("专利质押融资a1", min_size=1, max_size=5), min_size=0, max_size=6, unique=True)
TEXTS = st.lists(st.text("专利质押融资银行a12", max_size=12), min_size=1, max_size=5)
WEIGHTS = st.floats(min_value=0.01, max_value=9)


@st.composite
def some_terms(draw: st.DrawFn) -> Terms:
    return Terms(tuple((word, draw(WEIGHTS)) for word in draw(WORDS)))


@given(some_terms(), TEXTS)
def test_terms_are_found_in_parts_of_a_text_as_in_each_part(terms: Terms, parts: list[str]) -> None:
    rows = [[0.0] * len(terms.weights) for _ in parts]
    for row, column, far in terms.found_in_parts(parts, terms.found("".join(parts)), 3):
        rows[row - 3][column] = far
    assert rows == [terms.found(part) for part in parts]


@given(some_terms(), TEXTS)
def test_shares_of_many_rows_are_the_shares_of_each(terms: Terms, texts: list[str]) -> None:
    found = [terms.found(text) for text in texts]
    rows = np.array(found).reshape(len(texts), len(terms.weights))
    assert terms.shares(rows).tolist() == [terms.share(row) for row in found]


@given(some_terms(), TEXTS, st.text("专利质押融资", max_size=8))
def test_what_is_known_already_is_left_out_of_the_share(terms: Terms, texts: list[str], title: str) -> None:
    known = terms.found(title)
    rows = np.array([terms.found(text) for text in texts]).reshape(len(texts), len(terms.weights))
    besides = terms.shares_besides(np.broadcast_to(np.array(known), rows.shape), rows).tolist()
    left = Terms(tuple(pair for pair, held in zip(terms.weights, known, strict=True) if held < HALVES))
    assert besides == [
        (left if left.weights else terms).share((left if left.weights else terms).found(t)) for t in texts
    ]


def test_a_word_that_no_document_has_counts_by_how_rare_it_is_in_the_language() -> None:
    def idf(words: Iterable[str]) -> dict[str, float]:
        return {word: 2.0 if word == "浮桥" else 6.0 for word in words}

    weights = dict(terms_of(understand("已经用到浮桥的押金退不退", Gazetteer()), idf).weights)
    assert weights["浮桥"] == 2.0
    assert 0 < weights["已经"] < weights["押金"] < 6.0
