"""Numbered members of a series, parts of a year and steps of a scale: of another one is no answer."""

from __future__ import annotations

import pytest

from bot.question.series import of_another_member, of_another_period, of_another_rank


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ("第六次供水督查表扬了谁", "第五次供水督查表扬了甲县", True),
        ("第五次供水督查表扬了谁", "第五次供水督查表扬了甲县", False),
        ("第3批示范渔港有几个", "第三批示范渔港名单", False),
        ("第七批示范渔港有几个", "全市有示范渔港九个", False),
        ("供水督查表扬了谁", "第五次供水督查表扬了甲县", False),
    ],
)
def test_another_member_of_the_series_asked_about(asked: str, told: str, another: bool) -> None:
    assert of_another_member(asked, told) is another


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ("2031年下半年捕捞量是多少", "上半年捕捞量9万吨", True),
        ("2031年上半年捕捞量是多少", "上半年捕捞量9万吨", False),
        ("2031年捕捞量是多少", "上半年捕捞量9万吨", False),
        ("第一季度捕捞量是多少", "捕捞量9万吨", False),
    ],
)
def test_another_part_of_the_year(asked: str, told: str, another: bool) -> None:
    assert of_another_period(asked, told) is another


@pytest.mark.parametrize(
    ("asked", "told", "another"),
    [
        ("第二级水价多少钱", "第一级每立方米3元", True),
        ("第二级水价多少钱", "第一级每立方米3元；第二级每立方米5元", False),
        ("第2级水价多少钱", "第二级每立方米5元", False),
        ("第二级水价多少钱", "水价为每立方米3元", False),  # what names no step may be of all
        ("第二档多少钱", "第一级每立方米3元", False),  # of another scale
        ("第一小学怎么报名", "第二小学六月报名", False),
        ("水价多少钱", "第一级每立方米3元", False),
    ],
)
def test_another_step_of_the_scale(asked: str, told: str, another: bool) -> None:
    assert of_another_rank(asked, told) is another
