"""The reader finds the words that answer, tells a passage that answers from one that doesn't, and is quick."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader.batch import QUESTION, batched, pair
from bot.reader.network import embedded
from bot.reader.read import LONGEST, NO_ANSWER, read
from bot.reader.tokens import FORMS, MARK, tokens
from bot.reader.windows import readings, untold
from vectorstore.model import Chunk, Document, Hit
from vectorstore.pieces import embedded_pieces

TELLS = "临江市体育馆于2021年5月8日正式开放，总投资3.6亿元，可容纳观众8000人。"
ON_THE_SUBJECT = "临江市体育馆位于滨河路，由市体育局管理，周边交通便利，常有市民前来锻炼。"
texts = st.text(alphabet="临江市体育馆于2021年5月8日，。（）%投资3.6亿元abC \n\u3000①㈠\ud83d\U0001f600", max_size=80)


def test_the_words_that_answer_are_found() -> None:
    [found] = read("临江市体育馆可容纳多少观众？", [("", TELLS)])
    assert "8000" in TELLS[found.start : found.end]
    [found] = read("临江市体育馆什么时候开放？", [("", TELLS)])
    assert "5月8日" in TELLS[found.start : found.end]


@pytest.mark.parametrize(
    "question", ["临江市体育馆总投资多少？", "临江市体育馆可容纳多少观众？", "临江市体育馆什么时候开放？"]
)
def test_a_passage_that_tells_is_surer_than_one_on_the_subject(question: str) -> None:
    tells, doesnt = read(question, [("", TELLS), ("", ON_THE_SUBJECT)])
    assert tells.sure > doesnt.sure + 1


def test_probabilities_of_where_the_answer_begins_and_ends_sum_to_one() -> None:
    [found] = read("总投资多少？", [("临江市体育馆", TELLS)])
    assert found.first.sum() == pytest.approx(1, abs=1e-3)
    assert found.last.sum() == pytest.approx(1, abs=1e-3)
    assert len(found.first) == len(found.spans)  # the title answers nothing, and isn't counted


def test_the_best_answer_is_sought_among_what_is_wanted() -> None:
    [found] = read("临江市体育馆什么时候开放？", [("", TELLS)])
    everything = np.ones(len(TELLS), dtype=bool)
    assert found.best(everything) == (pytest.approx(found.sure, abs=1e-2), found.start)
    money = TELLS.index("3.6")
    only = np.arange(len(TELLS)) == money
    sure, start = found.best(only)
    assert NO_ANSWER < sure < found.sure
    assert start <= money
    assert found.best(~everything) == (NO_ANSWER, 0)


def test_a_part_knows_where_its_sentences_stand() -> None:
    text = f"概况如下。\n\n{TELLS}\n{ON_THE_SUBJECT}"
    document = Document(id="d", title="", text=text, source="d.txt", sha256="d")
    chunk = Chunk(id="d-0", doc_id="d", ordinal=0, start=0, end=len(text), path=(), text=text)
    [part] = readings("临江市体育馆什么时候开放？", [Hit(chunk, document, 1.0)])
    start, end = part.sentence(part.reading.start)
    assert text[start:end] == TELLS
    start, end = part.sentence(len(part.text) - 1)
    assert text[start:end] == ON_THE_SUBJECT


@given(question=texts, passages=st.lists(st.tuples(texts, texts), max_size=3))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(question: str, passages: list[tuple[str, str]]) -> None:
    found = read(question, passages)
    assert len(found) == len(passages)
    for one, (_, text) in zip(found, passages, strict=True):
        assert 0 <= one.start <= one.end <= len(text)
        assert np.isfinite([one.sure, one.told]).all()
        assert one.sure <= one.told + 1e-3  # one answer is not surer than all
        assert len(tokens(text[one.start : one.end], limit=1000).surfaces) <= LONGEST + 1


@given(passages=st.lists(texts.filter(lambda text: bool(tokens(text, limit=1).surfaces)), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_what_is_read_of_a_passage_is_the_same_alone_and_among_others(passages: list[str]) -> None:
    together = read("体育馆投资多少元？", [("", text) for text in passages])
    alone = [read("体育馆投资多少元？", [("", text)])[0] for text in passages]
    assert [one.told for one in together] == pytest.approx([one.told for one in alone], abs=1e-2)


def test_nothing_is_read_where_there_is_nothing_to_read() -> None:
    assert read("多少？", []) == []
    [found] = read("多少？", [("临江市", "")])
    assert (found.sure, found.start, found.end) == (NO_ANSWER, 0, 0)
    assert read("", [("", TELLS)])[0].sure == NO_ANSWER
    assert list(readings("多少？", [])) == []


def test_a_figure_is_one_token_and_every_mark_is_like_no_other() -> None:
    found = tokens("２０２１年投资3,600.5万元。", limit=100)
    assert found.surfaces[0] == "2021"
    assert "3,600.5" in found.surfaces
    assert found.surfaces[-1] == MARK
    assert found.forms.shape == (len(found.surfaces), FORMS)
    assert (found.numbers[[0, -1]] < 0).all()  # no piece of the model stands for them


def test_a_title_is_said_only_of_a_text_that_doesnt_say_it() -> None:
    assert untold("临江市体育馆", TELLS) == ""
    assert untold("滨海市图书馆", TELLS) == "滨海市图书馆"


def test_longer_questions_are_read_to_their_limit() -> None:
    one = pair("体育馆" * 200, "", TELLS)
    assert len(one.question.surfaces) == QUESTION
    assert embedded()(batched([one])).nothing.shape == (1,)


def test_pieces_have_vectors_of_length_one_and_a_rarity() -> None:
    pieces = embedded_pieces()
    numbers = [number for number, _, _ in pieces.cut("体育馆的")]
    assert np.linalg.norm(pieces.vectors(numbers), axis=1) == pytest.approx(1, abs=1e-3)
    rarity = pieces.rarity(numbers)
    assert 0 <= rarity[-1] < rarity[0] <= 1  # 的 is common


def test_six_passages_are_read_quickly() -> None:
    passages = [("", (ON_THE_SUBJECT + TELLS) * 2 + str(n)) for n in range(6)]
    read("临江市体育馆总投资多少？", passages)
    began = time.process_time()
    for _ in range(5):
        read("临江市体育馆总投资多少？", passages)
    assert (time.process_time() - began) / 5 < 0.06  # four times what it takes on a core of its own
