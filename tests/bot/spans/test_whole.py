"""Where a quotation may begin and end: not behind a subject it goes on from, not before the words it leads up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.spans.cuts import CLAUSE
from bot.spans.whole import begins_whole, ends_whole
from bot.trimming import widened


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("并给予贴息", "贷款，", False),
        ("均可通过窗口办理", "人员，", False),
        ("并购贷款利率下调", "要求，", True),
        ("并给予贴息", "贷款。", True),
        ("鼓励银行降低利率", "要求，", True),
        ("还款期限延长三个月", "要求，", True),
    ],
)
def test_what_goes_on_with_a_clause_cut_off_is_no_beginning(text: str, before: str, whole: bool) -> None:
    assert begins_whole(text, before) is whole


@pytest.mark.parametrize(
    ("text", "after", "whole"),
    [
        ("省财政在测算分配农机资金时", "，将向山", False),
        ("为解决窗口等候时间长等问题", "，现推行", False),
        ("对吸纳就业的企业", "，给予补", False),
        ("对吸纳就业的企业给予补贴", "，期限一", True),
        ("免收三个月租金", "，并延长", True),
        ("为企业提供贷款", "，降低利", True),
        ("省财政在测算分配农机资金时", "。", True),
    ],
)
def test_what_only_leads_up_to_the_next_clause_is_no_end(text: str, after: str, whole: bool) -> None:
    assert ends_whole(text, after) is whole


def _clauses(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in CLAUSE.finditer(text) if m.end() > m.start()]


def test_a_cut_is_widened_to_what_it_needs() -> None:
    text = "甲市对困难企业（含个体户，合作社），并对新办企业，减免租金三个月，期满重新申请。"
    clauses = _clauses(text)
    assert [text[a:b] for a, b in clauses][2:4] == ["并对新办企业，", "减免租金三个月，"]
    start, end = widened(text, clauses, 2, 2)
    assert text[start:end] == "甲市对困难企业（含个体户，合作社），并对新办企业，减免租金三个月，"
    led = "对困难企业，减免租金三个月，期满重新申请。"
    start, end = widened(led, _clauses(led), 0, 0)
    assert led[start:end] == "对困难企业，减免租金三个月，"


@given(st.text(alphabet="甲并对时，（）。：均", min_size=1, max_size=40), st.data())
def test_widening_never_takes_away(text: str, data: st.DataObject) -> None:
    clauses = _clauses(text)
    if not clauses:
        return
    i = data.draw(st.integers(0, len(clauses) - 1))
    j = data.draw(st.integers(i, len(clauses) - 1))
    start, end = widened(text, clauses, i, j)
    assert clauses[0][0] <= start <= clauses[i][0] and clauses[j][1] <= end <= clauses[-1][1]
