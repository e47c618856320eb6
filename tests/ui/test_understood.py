"""How a question was understood is told where it isn't as it was typed, and only there."""

from __future__ import annotations

import pytest

from ui.understood import understood
from ui.words import Words


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("什么是专利驿站?", "什么是专利驿站？"),
        (" 什么是 专利驿站", "“什么是专利驿站”。"),
        ("ＡＩ补贴有多少？", "ai补贴有多少"),
        ("谢谢", ""),
    ],
)
def test_what_was_understood_as_it_stands_is_not_told(typed: str, looked_for: str) -> None:
    assert understood(typed, looked_for) == ""


def test_what_was_understood_otherwise_is_told_in_the_readers_language() -> None:
    assert understood("商标呢？", "什么是商标驿站？") == "理解为：什么是商标驿站？"
    assert understood("商标呢？", "什么是商标驿站？", Words("en")) == "Understood as: 什么是商标驿站？"


def test_it_is_one_line_of_bounded_length() -> None:
    line = understood("呢？", "甲\n乙" * 500)
    assert "\n" not in line and len(line) < 220 and line.endswith("…")
    assert understood("呢？", "{question}{0}") == "理解为：{question}{0}"
