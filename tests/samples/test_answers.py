"""What a newcomer asks of the sample briefs is answered rightly: the gate that a change of the bot has to pass."""

from pathlib import Path

import pytest

from bot import ask
from scripts.score_answers import Result, evaluate, faults_of
from vectorstore.library import Library

QUESTIONS = Path(__file__).with_name("questions.jsonl")
ENOUGH = 18
"""Of 23 questions; raise it with the bot."""


@pytest.fixture(scope="module")
def results(samples_home: Path) -> list[Result]:
    return evaluate(QUESTIONS, home=samples_home)


def test_enough_answers_are_right(results: list[Result]) -> None:
    wrong = [f"{r.id} {r.question} {r.faults} → {r.answer.text}" for r in results if r.faults]
    assert len(results) == 23
    assert len(results) - len(wrong) >= ENOUGH, "\n".join(wrong)


def test_what_the_briefs_do_not_tell_is_never_answered(results: list[Result]) -> None:
    unanswerable = [result for result in results if result.kind == "unanswerable"]
    assert len(unanswerable) == 3
    assert [result.answer.status for result in unanswerable] == ["not_found"] * 3


def test_every_quote_stands_where_it_says(results: list[Result]) -> None:
    citations = [citation for result in results for citation in result.answer.citations]
    assert len(citations) >= 20
    assert all(c.document.text[c.start : c.end] == c.quote for c in citations)


def test_the_briefs_keep_their_titles_and_regions(samples_home: Path) -> None:
    with Library.open(samples_home) as library:
        documents = {Path(document.source).stem: document for document in library.documents()}
    assert all(document.sample and document.title.startswith(stem) for stem, document in documents.items())
    assert documents["东丽区知识产权运营服务体系政策简报"].region == "天津市东丽区"
    assert documents["济宁市知识产权强市建设政策简报"].region == "山东省济宁市"


def test_the_gate_sees_faults(samples_home: Path) -> None:
    """The judge itself: the same answer is right or wrong by what is wanted of it."""
    answer = ask("什么是专利银行?", home=samples_home)
    wanted = {"kind": "definition", "answerable": True, "must": [["收储"]], "evidence": []}
    elsewhere = {"doc": "青岛市知识产权工作数据简报.md", "quote": "有效注册商标为43.01万件"}
    assert faults_of(answer, wanted) == []
    assert faults_of(answer, {**wanted, "must": [["没有人写过的话"]]}) == ["lacks 没有人写过的话"]
    assert faults_of(answer, {**wanted, "evidence": [elsewhere]})
    assert faults_of(answer, {**wanted, "answerable": False}) == ["answered what the documents don't tell"]
