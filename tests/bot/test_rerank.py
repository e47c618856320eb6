"""Reranking: what is seen of a chunk, what the weights make of it, and what stays as it was."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.understand import understand
from bot.rerank import DEPTH, MOST, Model, embedded, find, rerank
from bot.reranker.features import features
from bot.reranker.standing import Standing
from vectorstore.library import Library
from vectorstore.model import Chunk, Document, Filters, Hit
from vectorstore.regions import Gazetteer

PLACES = Gazetteer()


def hit(name: str, text: str, score: float = 1.0, *, region: str | None = None, title: str = "管理办法") -> Hit:
    document = Document(id=name, title=title, text=text, source=f"/{name}.txt", sha256="0" * 64, region=region)
    chunk = Chunk(f"{name}-0", name, 0, 0, len(text), (), text)
    return Hit(chunk, document, score, {"lexical": 3.0 * score, "dense": 0.2, "document": 3.0})


def idf(terms: Iterable[str]) -> dict[str, float]:
    """Every term tells as much as another."""
    return dict.fromkeys(terms, 1.0)


def test_the_shipped_weights_are_of_the_features_there_are() -> None:
    found = features(understand("夜间集市几点收摊？", PLACES), [hit("集市", "集市二十三时收摊。")], idf)
    assert set(embedded().names) == set(found)
    assert all(column.shape == (1,) and np.isfinite(column).all() for column in found.values())


def test_a_chunk_with_the_questions_phrases_comes_before_one_with_a_word_of_it() -> None:
    hits = [
        hit("柑橘", "柑橘种植补贴每亩八百元，集市另行规定。"),
        hit("集市", "夜间集市每晚二十三时收摊，逾期由城管劝离。"),
    ]
    found = rerank(hits, understand("夜间集市每晚几时收摊？", PLACES), idf)
    assert [h.document.id for h in found] == ["集市", "柑橘"]
    assert [h.score for h in found] == [1.0, 0.0]
    assert hits[1].scores.items() <= found[0].scores.items()  # what it was found by stays with it


def test_of_two_like_chunks_the_region_asked_for_comes_first() -> None:
    text = "对新建冷库按投资额给予补助。"
    hits = [
        hit("甲", text, region="山西省大同市", title="大同市冷库补助办法"),
        hit("乙", text, region="福建省莆田市", title="莆田市冷库补助办法"),
    ]
    found = rerank(hits, understand("莆田市对新建冷库有何补助？", PLACES), idf)
    assert [h.document.id for h in found] == ["乙", "甲"]


def test_what_the_fusion_has_further_down_keeps_its_order_behind() -> None:
    hits = [hit(str(n), f"第 {n} 段讲冷库补助。", 1 / (n + 1)) for n in range(MOST + 5)]
    found = rerank(hits, understand("冷库补助", PLACES), idf)
    assert [h.document.id for h in found[MOST:]] == [h.document.id for h in hits[MOST:]]
    assert {h.document.id for h in found[:MOST]} == {h.document.id for h in hits[:MOST]}
    scores = [h.score for h in found]
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_stays_nothing() -> None:
    assert rerank([], understand("冷库补助", PLACES), idf) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=120), min_size=1, max_size=4))
def test_any_question_on_any_text_gets_finite_numbers(question: str, texts: list[str]) -> None:
    hits = [Hit(h.chunk, h.document, 0.0) for h in (hit(str(n), text) for n, text in enumerate(texts))]
    found = rerank(hits, understand(question, PLACES), idf)
    assert sorted(h.document.id for h in found) == sorted(h.document.id for h in hits)
    assert all(math.isfinite(h.score) for h in found)


FEW = st.text("甲乙丙丁a。；𠀀", max_size=12)
"""Texts of few characters, which have much in common."""


@given(FEW, st.lists(FEW, max_size=4))
def test_what_stands_in_many_texts_is_what_stands_in_each(asked: str, texts: list[str]) -> None:
    parts = {asked[i:j] for i in range(len(asked)) for j in range(i, len(asked) + 1)}
    standing = Standing(asked, texts)
    assert standing.longest.tolist() == [
        max((len(part) for part in parts if part in text), default=0) for text in texts
    ]
    terms = [*sorted(parts - {""}), "丙丙", "丁甲乙", "戊"]
    assert standing.held(terms).tolist() == [[float(term in text) for term in terms] for text in texts]


@given(FEW, st.lists(FEW, min_size=1, max_size=4), st.integers(1, 4))
def test_what_stands_in_sentences_is_what_stands_in_each(asked: str, texts: list[str], first: int) -> None:
    pairs = list(
        dict.fromkeys(asked[i : i + 2] for i in range(len(asked) - 1) if not {"。", "；"} & {*asked[i : i + 2]})
    )
    sentences = [part for text in texts[:first] for part in re.split("[。；]", text) if part]
    found = Standing(asked, texts).held_in_sentences(pairs, slice(0, first))
    assert found.tolist() == [[float(pair in sentence) for pair in pairs] for sentence in sentences]


def test_a_model_is_its_table() -> None:
    model = Model.of(json.dumps({"phrase": [0.0, 1.0, -2.0]}))
    hits = [hit("全", "集市收摊"), hit("无", "柑橘")]
    assert model(understand("集市收摊", PLACES), hits, idf).tolist() == pytest.approx([-2.0, 0.0])


def test_a_library_is_asked_deeper_than_what_is_wanted(policies_home: Path) -> None:
    query = understand("探索建立数据银行的是哪座城市？", PLACES)
    with Library.open(policies_home) as library:
        deep = find(library, query, k=DEPTH, filters=Filters())
        began = time.perf_counter()
        found = find(library, query, k=3, filters=Filters())
        assert time.perf_counter() - began < 2
    assert "数据银行" in found[0].chunk.text
    assert [h.chunk.id for h in found] == [h.chunk.id for h in deep[:3]]
