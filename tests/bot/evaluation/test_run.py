"""Asking a real library of the invented policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.evaluation.measures import figures
from bot.evaluation.questions import Evidence, Question
from bot.evaluation.run import evaluate
from bot.question.understand import Query
from vectorstore.library import Library
from vectorstore.model import Hit

BANK = Question("1", "什么是数据银行?", documents=("绵阳市数据银行实施意见.txt",), answers=("像储蓄一样",))
TARGET = Question(
    "2",
    "那临沂呢?",
    history=("绵阳市每万人拥有数据工程师的目标是多少?",),
    must=(("9名",),),
    documents=("临沂市数据要素实施方案.txt",),
    evidence=(Evidence("临沂市数据要素实施方案.txt", "9名"),),
)
WEATHER = Question("3", "今天天气怎么样?", answerable=False)


@pytest.fixture(scope="module")
def library(policies_home: Path) -> Iterator[Library]:
    with Library.open(policies_home) as library:
        yield library


def test_answers_are_found_judged_and_scored(library: Library) -> None:
    told: list[tuple[int, int]] = []
    found = evaluate(library, [BANK, TARGET, WEATHER], name="三题", progress=lambda *done: told.append(done))
    assert [outcome.faults for outcome in found.outcomes] == [(), (), ()]
    assert (found.documents, found.unknown, told) == (3, (), [(1, 3), (2, 3), (3, 3)])
    bank, target, weather = found.outcomes
    assert bank.values["hit@1"] == bank.values["bm25:hit@1"] == bank.values["contained"] == 1.0
    assert target.values["evidence_recall"] == target.values["must"] == 1.0 and "9名" in (target.answer or "")
    assert weather.refused and "hit@1" not in weather.values
    assert 0.0 <= weather.score < bank.score <= 1.0
    measured = figures(found.outcomes)
    assert measured["right"].value == measured["AUC"].value == measured["refused@5%"].value == 1.0


def test_the_score_behind_the_curve_can_be_exchanged(library: Library) -> None:
    def length(library: Library, query: Query, hits: Sequence[Hit]) -> float:
        return -float(len(query.text))

    questions = [BANK, WEATHER]
    other = evaluate(library, questions, name="", answers=False, score=length).outcomes
    assert [outcome.score for outcome in other] == [-float(len(question.text)) for question in questions]
    ours = evaluate(library, questions, name="", answers=False).outcomes
    assert ours[0].score > ours[1].score


def test_a_missing_document_is_named_and_counts_as_missed(library: Library) -> None:
    gone = Question("4", BANK.text, documents=("没有的文件.txt",), answers=BANK.answers)
    found = evaluate(library, [gone], name="", answers=False)
    assert found.unknown == ("没有的文件.txt",)
    assert found.outcomes[0].values["hit@10"] == 0.0 and found.outcomes[0].faults == ("前 10 份里没有正确文件",)


def test_within_a_missing_document_nothing_is_found(library: Library) -> None:
    """Rather than everything, which is what no filter would mean."""
    found = evaluate(library, [Question("5", BANK.text, answerable=False, within=("没有的",))], name="")
    assert found.unknown == ("没有的",)
    assert found.outcomes[0].found == () and found.outcomes[0].refused


def test_a_document_goes_by_further_names(library: Library) -> None:
    document = next(d for d in library.documents() if Path(d.source).name == BANK.documents[0])
    question = Question("6", BANK.text, documents=("甲",))
    found = evaluate(library, [question], name="", answers=False, names={"甲": document.id})
    assert found.unknown == () and found.outcomes[0].values["hit@1"] == 1.0
