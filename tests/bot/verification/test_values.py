"""Figures and dates are compared by what they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verification.dates import days
from bot.verification.values import figures, plain


def same(one: str, other: str) -> bool:
    mine, its = figures(plain(one)), figures(plain(other))
    return len(mine) == len(its) == 1 and mine[0].same(its[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("资金4千万", "资金4000万元"), ("4千万元", "四千万元"),
        ("１２０个", "120个"), ("1,200家", "1200家"), ("15％", "百分之十五"),
        ("1万件", "10000件"), ("0.5亿元", "5000万元"),
        ("5家以上", "不少于5家"), ("至少5家", "不低于5家"), ("突破3亿元", "超过3亿元"),
        ("30余亿元", "超过30亿元"), ("10个工作日", "10工作日"),
        ("一百二十家", "120家"), ("两类", "2类"), ("增长15%", "提高15%"),
        ("10%—15%", "10%至15%"), ("3至5年", "3-5年"), ("约9万人次", "9万人次左右"), ("二十五件", "25件"),
        ("200万元至300万元", "200至300万元"),
    ],
)  # fmt: skip
def test_alike(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4千万元", "4百万元"), ("120个", "102个"), ("120个", "120家"), ("3.5万亩", "3.5亩"), ("15%", "15个百分点"),
        ("5家以上", "5家以下"), ("不低于5家", "不超过5家"),
        ("不低于5家", "低于5家"), ("5家以上", "5家"), ("增长15%", "下降15%"),
        ("增长15%", "增长到15%"), ("从15天", "缩短到15天"), ("10%—15%", "10%"),
        ("3年", "3个月"), ("3:2", "2:3"), ("25%", "2.5%"),
        ("200万元至300万元", "200项至300万元"), ("200元至300万元", "200至300万元"),
    ],
)  # fmt: skip
def test_unlike(one: str, other: str) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2030年12月28日", (2030, 12, 28)), ("二〇三〇年十二月二十八日", (2030, 12, 28)), ("12.28日", (None, 12, 28)),
        ("12月28日", (None, 12, 28)), ("2030-12-28", (2030, 12, 28)), ("2030/12/28", (2030, 12, 28)),
        ("到2031年", (2031, None, None)), ("2030年5月", (2030, 5, None)), ("２０３１年", (2031, None, None)),
    ],
)  # fmt: skip
def test_dates(text: str, found: tuple[int | None, int | None, int | None]) -> None:
    assert [(day.year, day.month, day.day) for day in days(plain(text))] == [found]
    assert not [f for f in figures(plain(text)) if f.unit in ("年", "月", "日")]


@pytest.mark.parametrize("text", ["一种做法", "统一管理", "十分重要", "第六条", "千家万户", "万一", "二者", "13月40日"])
def test_words_with_numerals_are_no_figures(text: str) -> None:
    assert not [f for f in figures(plain(text)) if f.unit not in ("月", "日")] and not days(plain(text))


@given(st.integers(1, 9_999_999), st.sampled_from(["个", "家", "元", "%", "万元", "人次"]))
def test_thousands_separators_and_full_width_change_nothing(number: int, unit: str) -> None:
    assert same(f"{number:,}{unit}", f"{number}{unit}")
    assert same(f"{number}{unit}".translate(str.maketrans("0123456789", "０１２３４５６７８９")), f"{number}{unit}")
    assert not same(f"{number + 1}{unit}", f"{number}{unit}")


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    plainly = plain(text)
    for value in (*figures(plainly), *days(plainly)):
        assert 0 <= value.start < value.end <= len(plainly)
