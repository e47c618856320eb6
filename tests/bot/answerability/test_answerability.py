"""How sure the evidence makes: trees as they are written, and questions of both kinds."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answerability.features import RISING, features
from bot.answerability.judge import LEAST, Sureness, least
from bot.answerability.trees import Trees, embedded
from bot.passages import candidates
from bot.question.terms import terms_of
from bot.question.understand import understand
from bot.rerank import find
from vectorstore.library import Library
from vectorstore.model import Chunk, Document, Filters, Hit
from vectorstore.regions import Gazetteer

STUMPS = json.dumps(
    {
        "features": ["a", "b"],
        "trees": [
            [[0, 0.5, 1, 2], [-1, -1.0, 0, 0], [1, 2.0, 3, 4], [-1, 0.5, 0, 0], [-1, 3.0, 0, 0]],
            [[-1, 0.25, 0, 0]],
        ],
    }
)


@pytest.mark.parametrize(
    ("a", "b", "total"), [(0.5, 9.0, -0.75), (0.6, 2.0, 0.75), (0.6, 2.1, 3.25)], ids=["left", "right-left", "right"]
)
def test_the_leaves_that_a_row_comes_to_are_summed(a: float, b: float, total: float) -> None:
    assert Trees.of(STUMPS)({"b": b, "a": a}) == pytest.approx(1 / (1 + 2.718281828459045**-total))


@given(st.dictionaries(st.sampled_from(sorted(RISING)), st.floats(-50, 50)), st.sampled_from(sorted(RISING)))
def test_more_evidence_never_makes_less_sure(some: dict[str, float], name: str) -> None:
    row = dict.fromkeys(RISING, 0.0) | some
    less, more = embedded()(row), embedded()(row | {name: row[name] + 1})
    assert 0 <= less <= 1
    assert RISING[name] == 0 or (more - less) * RISING[name] >= -1e-9


def sureness(home: Path, question: str) -> Sureness:
    with Library.open(home) as library:
        query = understand(question, Gazetteer(document.region for document in library.documents() if document.region))
        hits = find(library, query, k=40, filters=Filters())
        terms = terms_of(query, library.idf)
        passages = candidates(hits, query, terms)
        assert set(features(query, hits, passages, terms, library.idf)) == set(RISING)
        return Sureness(query, hits, passages, terms, library.idf)


@pytest.fixture(scope="module")
def sure(policies_home: Path) -> dict[str, Sureness]:
    questions = (
        "什么是数据银行?",
        "绵阳市每万人拥有数据工程师的目标是多少?",
        "明天会下雨吗?",
        "如何办理养老保险转移?",
    )
    return {question: sureness(policies_home, question) for question in questions}


def test_what_the_documents_tell_is_surer_than_what_they_dont(sure: dict[str, Sureness]) -> None:
    probable = [one.probability for one in sure.values()]
    told, untold = probable[:2], probable[2:]
    assert min(told) > 0.1 > 0.05 > max(untold)


@pytest.mark.parametrize("least", [0.0, 0.01, LEAST, 0.3, 0.5, 0.9, 0.99, 1.0])
def test_what_is_decided_without_reading_is_what_reading_decides(sure: dict[str, Sureness], least: float) -> None:
    for one in sure.values():
        assert one.reaches(least) == (one.probability >= least)


def test_what_is_beyond_doubt_is_not_read(policies_home: Path) -> None:
    sure = sureness(policies_home, "什么是数据银行?")
    assert sure.reaches(LEAST)
    assert "probability" not in vars(sure)


def test_more_is_read_only_where_the_best_part_is_not_enough(policies_home: Path) -> None:
    sure = sureness(policies_home, "什么是数据银行?")
    lowest, _ = sure._bounds
    after_one = sure._after(1)
    assert lowest <= after_one <= sure.probability
    again = sureness(policies_home, "什么是数据银行?")
    assert again.reaches(after_one)
    assert "probability" not in vars(again)
    assert not again.reaches(math.nextafter(again.probability, 1.0))


def test_nothing_found_answers_nothing() -> None:
    query = understand("什么是数据银行?", Gazetteer())
    nothing = Sureness(query, [], [], terms_of(query, lambda terms: dict.fromkeys(terms, 1.0)), dict)
    assert nothing.probability == 0.0
    assert not nothing.reaches(LEAST)


def test_where_nothing_but_words_tells_what_a_passage_is_of_more_must_be_sure() -> None:
    text = "灯会于3月2日开幕。"
    news = Document(id="a", title="", text=text, source="a.txt", sha256="a")
    policy = replace(news, issuer="临沂市人民政府")
    chunk = Chunk(id="a-0", doc_id="a", ordinal=0, start=0, end=len(text), path=(), text=text)
    dated, open_ended = (understand(question, Gazetteer()) for question in ("灯会何时开幕？", "怎样参加灯会？"))
    other = Hit(chunk, replace(news, id="b"), 0.5)
    assert least(dated, [Hit(chunk, news, 1.0), other]) > least(open_ended, [Hit(chunk, news, 1.0), other])
    assert least(dated, [Hit(chunk, policy, 1.0), other]) == least(open_ended, []) == LEAST
    assert least(dated, [Hit(replace(chunk, path=("一、时间",)), news, 1.0), other]) == LEAST
    assert least(dated, [Hit(chunk, news, 1.0)]) == LEAST  # what is asked of one document is asked of its subject


@pytest.mark.parametrize(("title", "opening"), [("南湾灯会", ""), ("第3件", "南湾灯会\n")])
def test_a_document_on_what_the_question_names_needs_no_more(title: str, opening: str) -> None:
    text = opening + "灯会于3月2日开幕，至十五日止，其间每晚放灯。"
    document = Document(id="a", title=title, text=text, source="a.txt", sha256="a")
    chunk = Chunk(id="a-0", doc_id="a", ordinal=0, start=0, end=len(text), path=(), text=text)
    hits = [Hit(chunk, document, 1.0), Hit(chunk, replace(document, id="b", title="", text=text[-20:]), 0.5)]
    named, unnamed = (understand(f"{where}灯会何时开幕？", Gazetteer()) for where in ("南湾", "北湾"))
    assert least(named, hits) == LEAST < least(unnamed, hits)
