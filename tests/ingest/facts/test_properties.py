"""What holds for the facts of any text at all, and how long reading them takes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.facts import find_facts
from tests.ingest.facts.conftest import check, document

PIECES = """
一、 (一) 1. 到2030年 2019-2022年 ， 。 ； 、 ( ) （ ） 《 》 “ ” 〔2020〕 号 达到 超过 不低于 年均增长 目标
以上 左右 12 3.5 1,000 % 亿元 家 个百分点 翻一番 分别 由 从 提高到 其中 力争 每万人 百分之 十五 的 ２０３０
牵头单位： 责任单位: 市科技局 和 按职责分工负责 牵头 配合 局长 张望舒 贯彻 根据 废止 通知 国发 令第
"""
REPEATED = (
    "1 1, ( 《 （ 、 市 由 负责 到2030年 达到 1家、 《甲》 局长 比 增长 以上的 牵头单位： 〔2020〕1号 王局长 （局负责）"
)
words = st.lists(st.one_of(st.sampled_from([*PIECES.split(), "\n", "\t"]), st.text(max_size=4)), max_size=60).map(
    "".join
)


@given(words)
@settings(max_examples=300, deadline=None)
def test_every_fact_is_in_the_text_whatever_the_text(body: str) -> None:
    try:
        read = document(body)
    except UnreadableFile:
        return
    found = find_facts(read)
    check(read, found)
    assert find_facts(read) == found


@pytest.mark.parametrize("unit", REPEATED.split())
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    """Ten times the text of one repeated piece takes no more than some twenty times as long."""
    seconds = []
    for length in (4_000, 40_000):
        read = document(unit * (length // len(unit)))
        start = time.perf_counter()
        find_facts(read)
        seconds.append(time.perf_counter() - start)
    assert seconds[1] < max(20 * seconds[0], 1.0)
