"""A follow-up takes from the conversation what it leaves out, and nothing else."""

from __future__ import annotations

import pytest

from bot.answer import Answer
from bot.question.rewrite import rewrite
from bot.question.understand import understand
from vectorstore.regions import Gazetteer

GAZETTEER = Gazetteer(["天津市东丽区", "山东省临沂市", "四川省绵阳市"])


def after(*questions: str) -> list[Answer]:
    return [Answer(q, "…", "answered", standalone=q) for q in questions]


def test_without_history_nothing_changes() -> None:
    assert rewrite("那临沂呢?", [], GAZETTEER) == "那临沂呢?"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("绵阳市2021年数据交易额的目标是多少?", "那临沂呢?", "临沂2021年数据交易额的目标是多少?"),
        ("绵阳市2021年数据交易额的目标是多少?", "临沂市呢？", "临沂市2021年数据交易额的目标是多少?"),
        ("绵阳市2021年数据交易额的目标是多少?", "2022年呢?", "绵阳市2022年数据交易额的目标是多少?"),
        ("数据交易额的目标是多少?", "那临沂呢?", "临沂数据交易额的目标是多少?"),
    ],
)
def test_a_region_or_year_alone_replaces_the_one_before(before: str, now: str, expected: str) -> None:
    assert rewrite(now, after(before), GAZETTEER) == expected


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ("什么是数据银行?", "绵阳市由哪些部门负责探索建立?", {"数据", "银行"}),
        ("临沂市要组建多少个数据产业联盟?", "牵头单位是哪个?", {"产业", "联盟"}),
        ("什么是数据银行?", "它由谁负责?", {"数据", "银行"}),
    ],
)
def test_a_question_without_a_topic_takes_the_one_before(before: str, now: str, words: set[str]) -> None:
    query = understand(rewrite(now, after(before), GAZETTEER), GAZETTEER)
    assert query.kind == "responsibility"
    assert words <= set(query.words)


@pytest.mark.parametrize(
    "now", ["绵阳市的主要目标是什么?", "临沂市有几项主要任务?", "东丽区2022年的工作目标有哪些?", "今天天气怎么样?"]
)
def test_a_region_with_a_section_every_policy_has_is_a_topic(now: str) -> None:
    assert rewrite(now, after("什么是数据银行?"), GAZETTEER) == now


def test_what_was_not_found_gives_no_topic() -> None:
    found, missed = after("什么是数据银行?")[0], Answer("明天天气?", "…", "not_found", standalone="明天天气?")
    assert "数据银行" in rewrite("由谁负责?", [found, missed], GAZETTEER)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("临沂市实施人才计划的牵头单位是谁?", "第4项呢?", "山东省临沂市第4项的牵头单位是谁?"),
        ("临沂市重点任务第一条是什么?", "第二条呢?", "临沂市重点任务第二条是什么?"),
        ("临沂市到2020年的目标是多少?", "2022年的数据呢?", "临沂市到2022年的目标是多少?"),
    ],
)
def test_an_item_or_a_year_alone_keeps_the_way_of_asking(before: str, now: str, expected: str) -> None:
    assert rewrite(now, after(before), GAZETTEER) == expected


def test_a_thing_alone_keeps_region_year_and_way_of_asking() -> None:
    query = understand(rewrite("那数据工程师呢?", after("绵阳市2021年数据交易额的目标是多少?"), GAZETTEER), GAZETTEER)
    assert [r.short for r in query.regions] == ["绵阳"] and query.years == (2021,) and query.kind == "number"
    assert "工程师" in query.text and "交易额" not in query.text


def test_the_new_region_is_the_only_one() -> None:
    rewritten = rewrite("绵阳的牵头部门是哪个?", after("临沂市要组建多少个数据产业联盟?"), GAZETTEER)
    assert [r.short for r in understand(rewritten, GAZETTEER).regions] == ["绵阳"]


@pytest.mark.parametrize("now", ["什么是数据信托?", "《某办法》的文号是什么?", "数据交易所在哪里注册?"])
def test_a_question_with_its_own_topic_stays(now: str) -> None:
    assert rewrite(now, after("临沂市要组建多少个数据产业联盟?"), GAZETTEER) == now


def test_the_conversation_is_followed_through_its_standalone_questions() -> None:
    first = Answer("那临沂呢?", "…", "answered", standalone="临沂2021年数据交易额的目标是多少?")
    assert rewrite("绵阳呢?", [first], GAZETTEER) == "绵阳2021年数据交易额的目标是多少?"
