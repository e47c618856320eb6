"""What a model thinks aloud is kept from the reader, however its pieces are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.thoughts import spoken


def shown(pieces: list[str]) -> str:
    """What stands at the end, for a reader who takes away what is withdrawn."""
    text = ""
    for piece in spoken(pieces):
        text = "" if piece is None else text + piece
    return text


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("公园12个。", "公园12个。"),
        ("<think>先想想，13个？</think>\n\n公园12个。", "公园12个。"),
        ("<thinking>13个</thinking>公园12个。", "公园12个。"),
        ("<think></think>公园12个。", "公园12个。"),
        ("公园12个。<think>对吗</think>每日开放。", "公园12个。每日开放。"),
        ("先想想，13个？\n</think>\n\n公园12个。", "公园12个。"),
        ("<think>没有写完", ""),
        ("3<4，公园12个<", "3<4，公园12个<"),
        ("<Think>13</THINK>公园", "公园"),
        ("面积<b>大</b>", "面积<b>大</b>"),
    ],
)
def test_thoughts_are_not_said(draft: str, said: str) -> None:
    for size in (1, 2, 3, 7, len(draft)):
        assert shown([draft[i : i + size] for i in range(0, len(draft), size)]) == said


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "甲", "<", "/", "think", ">", "\n", "<b>", "乙。"]), max_size=12)
)
def test_it_makes_no_difference_how_the_pieces_are_cut(parts: list[str]) -> None:
    draft = "".join(parts)
    whole = shown([draft])
    assert shown(list(draft)) == whole == shown(parts)
    # Of <th<think></think>ink> what is left looks like a tag, but opens no thought.
    assert "<" in parts or ("<think>" not in whole and "</think>" not in whole)


def test_what_comes_is_shown_as_soon_as_it_can_be() -> None:
    pieces = spoken(iter(["公园", "12个", "<thi", "nk>", "甲</think>", "。"]))
    assert [next(pieces), next(pieces), next(pieces)] == ["公园", "12个", "。"]
