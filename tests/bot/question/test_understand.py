"""A question's kind, regions, years, document numbers and terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.understand import fold, understand
from bot.question.wording import kind_of
from vectorstore.regions import Gazetteer

GAZETTEER = Gazetteer(["天津市东丽区", "山东省临沂市"])


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("什么是数据银行?", "definition"),
        ("数据银行是什么?", "definition"),
        ("为什么叫“数据银行”?", "definition"),
        ("临沂市的数据工程师目标是多少?", "number"),
        ("处置周期缩短到了多少天?", "number"),
        ("引导基金有多大规模?", "number"),
        ("这份意见是哪一天印发的?", "date"),
        ("领导小组组长是谁?", "person"),
        ("绵阳市实施意见的文号是什么?", "doc_number"),
        ("探索建立数据银行由哪些部门负责?", "responsibility"),
        ("牵头单位是哪个?", "responsibility"),
        ("方案提出的三大支撑是什么?", "list"),
        ("有哪些重点任务?", "list"),
        ("明确了哪几种交易方式?", "list"),
        ("第十二条规定了什么?", "article"),
        ("比较绵阳和临沂的目标", "compare"),
        ("哪些城市提出建立数据银行?", "across"),
        ("哪些文件是依据国发〔2016〕99号制定的?", "across"),
        ("举报违法采集数据会有奖励吗?", "yes_no"),
        ("账户信息是什么?", "general"),
        ("企业如何申请补贴?", "general"),
    ],
)
def test_the_words_of_asking_tell_the_kind(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_regions_years_and_units_are_taken_out_of_the_terms() -> None:
    query = understand("临沂市到2022年要培育多少家数据服务企业?", GAZETTEER)
    assert [r.name for r in query.regions] == ["山东省临沂市"]
    assert query.years == (2022,)
    assert query.unit == "家"
    assert "企业" in query.words and "2022" not in query.words and "临沂市" not in query.words


def test_several_regions_asked_for_separately_are_a_comparison() -> None:
    assert understand("绵阳和临沂的目标分别是多少?", GAZETTEER).kind == "compare"


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("数据银行的贷款利率是多少?", "利率"),
        ("数据银行的行长是谁?", "行长"),
        ("每万人拥有数据工程师的目标是多少?", None),
    ],
)
def test_the_attribute_asked_for_is_the_focus_unless_it_is_general(question: str, focus: str | None) -> None:
    assert understand(question, GAZETTEER).focus == focus


@given(st.text(max_size=80))
def test_any_text_is_understood_without_an_error(text: str) -> None:
    query = understand(text, GAZETTEER)
    assert query.text == text


@pytest.mark.parametrize(("a", "b"), [("（PCT）２００件", "(pct) 200件"), ("组 长", "组长"), ("第 12 条\n", "第12条")])
def test_width_case_and_white_space_do_not_matter(a: str, b: str) -> None:
    assert fold(a) == fold(b)
