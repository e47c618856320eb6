"""What text is cut into for BM25."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vectorstore.tokens import replace_surrogates, terms, words


def test_words_are_normalised_and_without_punctuation() -> None:
    assert words("《ＰＣＴ专利》，2025年！") == ["pct", "专利", "2025", "年"]


def test_terms_hold_words_and_pairs_but_no_pair_across_punctuation() -> None:
    found = terms("摊位，清扫 GB/T")
    assert {"摊位", "清扫", "gb"} <= set(found)
    assert "位清" not in found and "扫g" not in found


def test_pairs_find_a_word_that_segmentation_hides() -> None:
    assert "集市" in terms("云岭市夜间集市管理")


@given(st.text())
def test_any_text_gives_terms_that_an_index_can_hold(text: str) -> None:
    for term in terms(text):
        assert term and not any(char.isspace() for char in term)
        assert term.encode("utf-8")
        # The newest Chinese characters are no letters yet to an older Python.
        assert any(char.isalnum() or char >= "\U00020000" for char in term)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_a_chinese_run_gives_each_of_its_pairs(text: str) -> None:
    run = unicodedata.normalize("NFKC", text)
    assert {run[i : i + 2] for i in range(len(run) - 1)} <= set(terms(text))


@given(st.text(alphabet=st.characters()))
def test_replacing_surrogates_keeps_the_length(text: str) -> None:
    assert len(replace_surrogates(text + "\ud800")) == len(text) + 1
    assert replace_surrogates("a\udfffb") == "a\ufffdb"
