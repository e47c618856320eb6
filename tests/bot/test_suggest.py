"""Questions drawn from a library: it answers each, and those to go on with lead somewhere new."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answer import Answer, Answered
from bot.kinds.tabulate import comparable, compares, lines
from bot.pipeline import answer_events
from bot.suggest import follow_ups, questions
from tests.bot.conftest import LibraryOf
from vectorstore.library import Library
from vectorstore.model import Filters

NORTH = """青岛市驿站建设实施方案
青政发〔2031〕5号
一、主要目标
到2035年，全市建成专利驿站20家。到2035年，全市高价值发明专利拥有量达到900件。
二、重点任务
（一）培育专利驿站。在园区里设立服务窗口。（牵头单位：市市场监管局）
（二）开办夜间课堂。每季度开课一次。（牵头单位：市教育局）
"""
SOUTH = """济宁市驿站建设实施方案
济政发〔2031〕8号
一、主要目标
到2035年，全市建成专利驿站12家。
二、重点任务
（一）编印案例手册。每年编印一册。（牵头单位：市司法局）
"""
TALK = """关于专利驿站的问答
问：专利驿站收费吗？
答：专利驿站不向企业收费，经费由财政承担。
问：专利驿站设在哪里？
答：专利驿站设在园区和大学城。
"""


@pytest.fixture(scope="module")
def library(library_of: LibraryOf) -> Iterator[Library]:
    with Library.open(library_of({"甲": NORTH, "乙": SOUTH, "丙": TALK})) as library:
        yield library


def ask(library: Library, question: str, filters: Filters = Filters()) -> Answer:  # noqa: B008 - frozen
    *_, last = answer_events(library, question, filters=filters)
    assert isinstance(last, Answered)
    return last.answer


def test_the_first_questions_are_answered_and_from_several_documents(library: Library) -> None:
    found = questions(library)
    assert len(found) == len(set(found)) >= 3
    answers = [ask(library, question) for question in found]
    assert all(answer.status == "answered" for answer in answers)
    assert len({citation.document.id for answer in answers for citation in answer.citations}) > 1


def test_what_is_offered_next_is_answered_new_and_near(library: Library) -> None:
    first = ask(library, "青岛市培育专利驿站由哪些部门负责？")
    found = follow_ups(library, [first])
    assert found and "青岛市开办夜间课堂由哪些部门负责？" in {question.removeprefix("山东省") for question in found}
    seen = {(c.document.id, c.start) for c in first.citations}
    for question in found:
        answer = ask(library, question)
        assert answer.status == "answered"
        assert {(c.document.id, c.start) for c in answer.citations} - seen


def test_a_question_of_the_conversation_is_not_offered_again(library: Library) -> None:
    history = [ask(library, "青岛市培育专利驿站由哪些部门负责？")]
    for _ in range(4):
        found = follow_ups(library, history)
        assert not {answer.question for answer in history} & set(found)
        if not found:
            break
        history.append(ask(library, found[0]))
    assert len(history) > 2


def test_the_next_question_of_an_interview_is_offered(library: Library) -> None:
    assert "专利驿站设在哪里？" in follow_ups(library, [ask(library, "专利驿站收费吗？")])


def test_filters_hold_for_what_is_offered(library: Library) -> None:
    first = ask(library, "青岛市培育专利驿站由哪些部门负责？")
    only = Filters(documents=tuple(d.id for d in library.documents() if d.title.startswith("济宁")))
    assert all(
        ask(library, question, only).status == "answered" for question in follow_ups(library, [first], filters=only)
    )


def test_filters_hold_for_what_is_offered_to_begin_with(library: Library) -> None:
    one = next(d for d in library.documents() if d.title.startswith("济宁"))
    filters = Filters(documents=(one.id,))
    offered = questions(library, documents=[one], filters=filters)
    assert offered
    for question in offered:
        answer = ask(library, question, filters)
        assert answer.status == "answered" and {citation.document.id for citation in answer.citations} == {one.id}
    assert questions(library, documents=[one], filters=filters, patience=0) == []


def test_nothing_follows_from_nothing(library: Library) -> None:
    assert follow_ups(library, []) == []
    assert follow_ups(library, [Answer("天气？", "没有。", "not_found")]) == []


def test_a_comparison_gives_a_line_a_side_and_one_scale(library: Library) -> None:
    answer = ask(library, "比较青岛市和济宁市建成专利驿站的目标")
    assert answer.status == "answered" and compares(answer)
    facts = library.facts(kinds=["target"], documents=[c.document.id for c in answer.citations])
    found = lines(answer, facts)
    assert [(line.whose, line.target and line.target.value) for line in found] == [("青岛市", 20), ("济宁市", 12)]
    assert comparable(found) == found and comparable(found[:1]) == []
    assert not compares(ask(library, "青岛市培育专利驿站由哪些部门负责？"))
