"""What a newcomer asks of the sample briefs is answered rightly: the gate that a change of the bot has to pass."""

from pathlib import Path

import pytest

from bot.evaluation.measures import figures
from bot.evaluation.outcome import Evaluation
from bot.evaluation.questions import read_questions
from bot.evaluation.run import evaluate
from vectorstore.library import Library

QUESTIONS = Path(__file__).with_name("questions.jsonl")
ENOUGH = 18
"""Of 23 questions; raise it with the bot."""


@pytest.fixture(scope="module")
def evaluation(samples_home: Path) -> Evaluation:
    with Library.open(samples_home) as library:
        return evaluate(library, read_questions([QUESTIONS]).questions, name="samples")


def test_enough_answers_are_right(evaluation: Evaluation) -> None:
    wrong = [f"{o.id} {o.question} {o.faults} → {o.answer}" for o in evaluation.outcomes if o.faults]
    assert len(evaluation.outcomes) == 23
    assert evaluation.unknown == ()
    assert len(evaluation.outcomes) - len(wrong) >= ENOUGH, "\n".join(wrong)


def test_what_the_briefs_do_not_tell_is_never_answered(evaluation: Evaluation) -> None:
    unanswerable = [outcome for outcome in evaluation.outcomes if outcome.kind == "unanswerable"]
    assert len(unanswerable) == 3
    assert [outcome.refused for outcome in unanswerable] == [True] * 3


def test_every_quote_stands_where_it_says(evaluation: Evaluation) -> None:
    assert sum(len(outcome.citations) for outcome in evaluation.outcomes) >= 20
    assert figures(evaluation.outcomes)["exact"].value == 1.0


def test_every_brief_that_answers_is_found_first(evaluation: Evaluation) -> None:
    found = figures(evaluation.outcomes)
    assert found["hit@5"].value == 1.0
    assert found["hit@1"].value >= 0.85


def test_the_briefs_keep_their_titles_and_regions(samples_home: Path) -> None:
    with Library.open(samples_home) as library:
        documents = {Path(document.source).stem: document for document in library.documents()}
    assert all(document.sample and document.title.startswith(stem) for stem, document in documents.items())
    assert documents["东丽区知识产权运营服务体系政策简报"].region == "天津市东丽区"
    assert documents["济宁市知识产权强市建设政策简报"].region == "山东省济宁市"
