"""Markers in every spelling, and brackets that are none."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verification.markers import find_markers, unlike_markers
from bot.verification.sentences import sentences_of
from bot.verify import verify
from tests.bot.verification.invented import passages

SAID = "到2031年，全市公园达到120个"


@pytest.mark.parametrize(
    ("marker", "numbers"),
    [
        ("[1]", (1,)), ("【1】", (1,)), ("［1］", (1,)), ("[１]", (1,)), ("[1,2]", (1, 2)), ("[1, 2]", (1, 2)),
        ("[1、3]", (1, 3)), ("[1，3]", (1, 3)), ("[1-3]", (1, 2, 3)), ("[1–3]", (1, 2, 3)), ("[1~2]", (1, 2)),
        ("[1至3]", (1, 2, 3)), ("[2-1]", ()), ("[资料2]", (2,)), ("[资料 2]", (2,)), ("[来源：2]", (2,)),
        ("[^2]", (2,)), ("[Source 2]", (2,)), ("【2†source】", (2,)), ("[0]", ()), ("[99]", ()),
        ("[1,99]", (1,)), ("[0-2]", ()),
        ("[1-999999999]", ()), ("[1-999999999999999999999999]", None), ("[2,2]", (2,)), ("[ 2 ]", (2,)),
        ("[2023]", None), ("[一]", None), ("[]", None), ("[a]", None), ("[1", None), ("[1.5]", None),
        ("(1)", (1,)), ("（2）", (2,)), ("〔2〕", (2,)), ("〖2〗", (2,)), ("②", (2,)), ("²", (2,)), ("(12件)", None),
        ("（2031）", None), ("(1.5)", None), ("（资料1、资料3）", (1, 3)),
    ],
)  # fmt: skip
def test_the_table_of_spellings(marker: str, numbers: tuple[int, ...] | None) -> None:
    found = find_markers(f"公园达到120个{marker}。", 5, lambda _: False)
    assert [m.numbers for m in found] == ([] if numbers is None else [numbers])


@pytest.mark.parametrize(
    "code", ["国发〔2020〕5号", "国发[2020]5号", "国发［2020］5号", "国发【2020】第5号", "财办[12]5号", "[2023]"]
)
def test_a_document_number_is_text(code: str) -> None:
    assert find_markers(f"根据{code}的要求。", 20, lambda _: False) == []


def test_a_marker_that_stands_in_a_source_is_text() -> None:
    verdict = verify("见附件[1]和国发〔2020〕5号。[1]", passages())
    assert verdict.text == "见附件［1］和国发〔2020〕5号。[1]" and not verdict.dropped
    assert verdict.citations[0].quote == "见附件[1]和国发〔2020〕5号。"


def test_a_marker_belongs_to_the_sentence_it_stands_behind() -> None:
    def told(draft: str) -> list[tuple[str, tuple[int, ...]]]:
        return [(s.text, s.numbers) for s in sentences_of(draft, 9, lambda _: False)]

    assert told("甲。[1]乙[2]。丙。[3][4]") == [("甲。", (1,)), ("乙。", (2,)), ("丙。", (3, 4))]
    assert told("甲；乙；丙。[1]\n丁") == [("甲；", (1,)), ("乙；", (1,)), ("丙。", (1,)), ("丁", ())]
    assert told("甲；[2]乙。[1]") == [("甲；", (2,)), ("乙。", (1,))]
    assert told("- **甲**[1]\n- 乙 [2]") == [("甲", (1,)), ("乙", (2,))]
    assert told("![x](http://e/[1].png)甲。[1](http://e)") == [("甲。", (1,))]


def test_markers_are_moved_to_the_passage_that_bears_the_sentence_out() -> None:
    for marker in ("[3]", "[7]", "[0]", "[99]", "[1-999999999]", "", "[3,4]"):
        verdict = verify(f"{SAID}{marker}。", passages())
        assert verdict.text == f"{SAID}。[1]" and verdict.citations[0].start == passages()[1].start
    assert verify(f"{SAID}[3]。", passages()).moved == 1
    assert verify(f"{SAID}[2]。", passages()).moved == 0


def test_citations_are_numbered_anew_from_one_and_shared() -> None:
    verdict = verify("夜市于每晚10时关闭。[7]全市公园达到120个。[2]绿地面积不低于3.5万亩。[2]", passages())
    assert verdict.text == "夜市于每晚10时关闭。[1]全市公园达到120个。[2]绿地面积不低于3.5万亩。[2]"
    assert [c.number for c in verdict.citations] == [1, 2]


def test_a_sentence_may_rest_on_two_passages() -> None:
    verdict = verify("全市公园达到120个，公园应当每日开放。[2][3]", passages())
    assert verdict.text == "全市公园达到120个，公园应当每日开放。[1][2]"
    assert verify("夜市摊位费每月800元，应当每日开放。[3][7]", passages()).dropped  # of two things one sentence


@given(st.text(alphabet="[]【】［］0123456789,，-–~至、^资料 公园。国发号\n", max_size=60))
def test_no_brackets_break_anything(draft: str) -> None:
    for marker in find_markers(draft, 7, lambda _: False):
        assert all(1 <= n <= 7 for n in marker.numbers) and draft[marker.start] in "[【［"


def test_a_range_without_end_takes_no_time() -> None:
    began = time.perf_counter()
    find_markers("甲[1-999999999]" * 2000 + "[" * 5000 + "1," * 5000, 5, lambda _: False)
    assert time.perf_counter() - began < 1.0


def test_what_is_shown_has_no_brackets_that_look_like_markers() -> None:
    assert re.search(r"\[\d{1,3}\]", unlike_markers("见[1][23]和[2023]")) is None
