"""What is quoted: the runs a sentence may be cut to, the network that judges them, and the one that is chosen."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import ask
from bot.answer import Answered
from bot.evidence import usable
from bot.passages import Passage, candidates
from bot.pipeline import answer_events
from bot.question.terms import Terms, terms_of
from bot.question.understand import Query, understand
from bot.rerank import find
from bot.spans.choose import LOOKED_AT, choose, tidy, trails
from bot.spans.cuts import CLAUSES, LONGEST, clauses, cuts
from bot.spans.network import Network, embedded
from bot.spans.seen import seen
from bot.trimming import balanced
from vectorstore.library import Library
from vectorstore.model import Chunk, Document, Filters
from vectorstore.regions import Gazetteer

QUESTIONS = ("绵阳市对数据企业采取什么措施？", "临沂市怎样培育数据要素市场？", "江西省通过哪些方式支持企业贷款？")
Evidence = tuple[Query, Terms, list[Passage]]


@pytest.fixture(scope="module")
def found(policies_home: Path) -> list[Evidence]:
    with Library.open(policies_home) as library:
        gazetteer = Gazetteer(document.region for document in library.documents() if document.region)
        evidence = []
        for question in QUESTIONS:
            query = understand(question, gazetteer)
            terms = terms_of(query, library.idf)
            hits = find(library, query, k=40, filters=Filters())
            evidence.append((query, terms, usable(candidates(hits, query, terms), query, terms)))
    assert sum(bool(passages) for _, _, passages in evidence) >= 2
    return evidence


@given(st.text(alphabet="甲乙丙，、。；：,:3 \n", max_size=120))
def test_clauses_leave_out_nothing_but_blanks(text: str) -> None:
    units = clauses(text, 0, len(text))
    assert len(units) <= CLAUSES
    assert all(a.end <= b.start for a, b in pairwise(units))
    kept = "".join(text[unit.start : unit.end] for unit in units)
    assert [c for c in kept if c not in "\n "] == [c for c in text if c not in "\n "] or not text.strip(
        "\n ，、。；：,:"
    )


def test_every_span_holds_words_of_the_passage_and_has_its_numbers(found: list[Evidence]) -> None:
    network = embedded()
    for query, terms, passages in found:
        near = passages[:LOOKED_AT]
        for passage, (cut, runs, numbers) in zip(near, seen(query, terms, near), strict=True):
            assert numbers.shape == (len(runs), len(network.mean)) and np.isfinite(numbers).all()
            assert len(set(runs)) == len(runs) > 0
            for i, j in runs:
                start, end = cut.units[i].start, cut.units[j].end
                assert i <= j and start < passage.end and end > passage.start
                assert end - start <= LONGEST or (start >= passage.start and end <= passage.end)


def test_the_chosen_span_is_whole_and_short_enough(found: list[Evidence]) -> None:
    for query, terms, passages in found:
        chosen = choose(passages, query, terms, limit=150) if passages else None
        if chosen:
            passage, start, end = chosen
            text = passage.document.text[start:end]
            assert 0 < len(text) <= 150 and balanced(text)
            assert (start, end) == tidy(passage, start, end)
            assert passage in passages[:LOOKED_AT]


def test_nothing_to_choose_from_is_no_span(found: list[Evidence]) -> None:
    query, terms, _ = found[0]
    assert choose([], query, terms, limit=150) is None


def test_a_network_is_its_direct_sum_and_its_hidden_units() -> None:
    written = {"mean": [1.0, 0.0], "deviation": [2.0, 1.0], "direct": [1.0, -1.0], "hidden": [[1.0, 1.0], [-1.0, 0.0]]}
    network = Network.of(json.dumps(written | {"bias": [0.0, 0.5], "out": [2.0, 10.0]}))
    # (3 - 1) / 2 = 1 and 2: 1 - 2 + 2·max(0, 3) + 10·max(0, -0.5)
    assert network(np.array([[3.0, 2.0]], dtype=np.float32)).tolist() == pytest.approx([5.0])
    # 50 counts as four deviations
    assert network(np.array([[1.0, 50.0]], dtype=np.float32)).tolist() == pytest.approx([-4.0 + 8.0 + 5.0])


def test_answers_cut_by_the_network_are_the_documents_words(policies_home: Path) -> None:
    for question in QUESTIONS:
        answer = ask(question, home=policies_home)
        for citation in answer.citations:
            assert citation.document.text[citation.start : citation.end] == citation.quote
            assert not citation.quote.startswith(("，", "、", "；", " "))


def test_whole_answers_can_be_given_with_another_network(policies_home: Path) -> None:
    shipped = embedded()
    contrary = replace(shipped, direct=-shipped.direct, out=-shipped.out)
    with Library.open(policies_home) as library:
        ways = [
            [list(answer_events(library, question, network=network))[-1] for question in QUESTIONS]
            for network in (None, shipped, contrary)
        ]
    usual, same, other = [[last.answer.text for last in way if isinstance(last, Answered)] for way in ways]
    assert usual == same != other
    assert len(other) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("3.乘客应当佩戴口罩。", "乘客应当佩戴口罩。"),
        ("（二）减免租金，", "减免租金"),
        ("1.减免租金；2.延期还款", "1.减免租金；2.延期还款"),
        ("3.5亿元贷款", "3.5亿元贷款"),
        ("？ 学校组织网上授课。", "学校组织网上授课。"),
    ],
)
def test_marks_and_the_number_of_a_lone_item_are_left_out(found: list[Evidence], text: str, kept: str) -> None:
    passage = found[0][2][0]
    document = replace(passage.document, text=text)
    start, end = tidy(passage._replace(document=document), 0, len(text))
    assert text[start:end] == kept


@pytest.mark.filterwarnings("error")
def test_every_number_of_a_span_is_finite_and_none_warns(found: list[Evidence]) -> None:
    for query, terms, passages in found:
        for weights in (terms, Terms(())):  # a question of no telling word, too
            for _, spans, rows in seen(query, weights, passages[:LOOKED_AT]) if passages else ():
                assert len(rows) == len(spans) and np.isfinite(rows).all()


@pytest.mark.parametrize(
    ("end_of_sentence", "trailing"),
    [("避免出现空档", True), ("逐船登记渔船名册", False)],
)
def test_a_span_that_goes_on_does_not_begin_with_what_only_ends_a_sentence(
    end_of_sentence: str, trailing: bool
) -> None:
    text = f"各渔港按照分工核对船证，{end_of_sentence}。渔船名册由船主上报，每季度更新。"
    end = text.index("。") + 1
    document = Document(id="a", title="", text=text, source="a.txt", sha256="a")
    chunk = Chunk(id="a-0", doc_id="a", ordinal=0, start=0, end=len(text), path=(), text=text)
    cut = cuts(Passage(document, chunk, 0, end, 1.0, 1.0, 0.5, True, 1.0))
    terms = Terms((("渔船", 2.0), ("名册", 2.0), ("登记", 1.0)))
    assert len(cut.units) == 3
    assert trails(cut, 1, 2, terms) is trailing
    # Where the span begins with the sentence, or ends with it, nothing trails.
    assert not trails(cut, 0, 2, terms)
    assert not trails(cut, 1, 1, terms)
