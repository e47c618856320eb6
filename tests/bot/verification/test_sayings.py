"""Ways of saying the same are one, and what says something else stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verification.sayings import reading
from bot.verify import verify
from tests.bot.verification.invented import TEXT, passages


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("比例提升至15%", "比例提高到15%"), ("同比增长5%", "较上年同期增加5%"), ("组长由王建国担任", "由王建国任组长"),
        ("领用数据不收取费用", "领用数据免费"), ("都是100%", "均是100%"), ("青岛排到第2位", "青岛位列第2位"),
        ("可申请补贴", "可以申请补贴"), ("每年培训600人次", "一年培训600人次"), ("造成损失的", "形成损失的"),
        ("可以拿创新券购买服务", "可以使用创新券采购服务"),
    ],
)  # fmt: skip
def test_the_same(one: str, other: str) -> None:
    assert reading(one) == reading(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("比例提高到15%", "比例提高15%"), ("比例提高", "比例降低"), ("应当公开", "可以公开"), ("牵头", "负责"),
        ("收取费用", "不收取费用"), ("每年600人次", "每月600人次"), ("首都是北京", "首均是北京"), ("一年内", "每年"),
        ("不可申请", "可申请"), ("探索建立", "建立"), ("由甲任组长", "由甲任副组长"), ("新闻发布会", "新闻印发会"),
    ],
)  # fmt: skip
def test_not_the_same(one: str, other: str) -> None:
    assert reading(one) != reading(other)


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_is_read_alike_twice(text: str) -> None:
    assert reading(text) == reading(text)
    assert len(reading("")) == 0


@given(st.sampled_from([line for line in TEXT.split("\n") if "。" in line]), st.integers(0, 40), st.integers(0, 40))
def test_two_characters_exchanged_never_make_another_citation(line: str, one: int, other: int) -> None:
    """Whatever comes of a shuffled sentence, what is cited is the document's own."""
    signs = list(line)
    i, j = one % len(signs), other % len(signs)
    signs[i], signs[j] = signs[j], signs[i]
    for citation in verify("".join(signs), passages()).citations:
        assert citation.document.text[citation.start : citation.end] == citation.quote
