"""The sentence in which the reader reads the answer is quoted, if it is sure, has the form and is of the place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compose import Piece
from bot.kinds.reading import SURE, as_read
from bot.passages import candidates
from bot.question.terms import terms_of
from bot.question.understand import understand
from bot.reader.windows import readings
from bot.rerank import find
from tests.bot.conftest import LibraryOf
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.regions import Gazetteer

_TEXTS = {
    "青溪书院": "青溪书院\n青溪书院始建于宋代，学田三百亩。\n2009年3月，接替柳月樵担任书院山长的是谢晚照。\n"
    "书院后山的古柏高约23米。\n书院的藏书由各地书商捐助。",
    "黑石渡": "黑石渡\n黑石渡是一处古渡口。渡船挂蓝旗时水急停渡，挂红旗时照常摆渡。\n"
    "四川省宜宾市的渡工每月领取补贴420元。",
}


@pytest.fixture(scope="module")
def library(library_of: LibraryOf) -> Library:
    return Library.open(library_of(_TEXTS))


def quoted(library: Library, question: str) -> str:
    query = understand(question, Gazetteer())
    hits = find(library, query, k=40, filters=Filters())
    terms = terms_of(query, library.idf)
    parts = list(readings(question, hits))
    pieces: list[Piece] = as_read(parts, hits, candidates(hits, query, terms), query, terms)
    assert not pieces or max(part.reading.sure for part in parts) >= SURE
    return "".join(piece.document.text[piece.start : piece.end] for piece in pieces)


@pytest.mark.parametrize(
    ("question", "said"),
    [("书院后山的古柏高多少米？", "23米"), ("宜宾市渡工每月领取多少补贴？", "420元")],
)
def test_what_is_surely_read_is_quoted(library: Library, question: str, said: str) -> None:
    assert said in quoted(library, question)


@pytest.mark.parametrize(
    "question",
    [
        "书院藏书由谁捐助？",  # no name stands there
        "泸州市渡工每月领取多少补贴？",  # another city's
        "渡口停渡三天吗？",  # a supposed figure
        "什么是水急？",  # a term alone
    ],
)
def test_nothing_is_quoted_for_what_it_does_not_answer(library: Library, question: str) -> None:
    assert quoted(library, question) == ""


def test_nothing_read_quotes_nothing() -> None:
    query = understand("古柏高多少米？", Gazetteer())
    assert as_read([], [], [], query, terms_of(query, lambda terms: dict.fromkeys(terms, 1.0))) == []


@pytest.mark.parametrize(
    ("sentence", "explains"),
    [
        ("各渔港建立公平公正的“晨点、夜查、旬评”渔船监管工作机制。", False),
        ("“晨点、夜查、旬评”是指早晚各点验一次渔船，每旬评一次船主。", True),
    ],
)
def test_a_term_is_explained_by_what_says_what_it_is_however_sure_the_reader(
    library_of: LibraryOf, sentence: str, explains: bool
) -> None:
    question = "晨点夜查旬评是什么意思"
    library = Library.open(library_of({"渔港": f"云岭市渔港工作意见\n{sentence}\n本意见自印发之日起施行。"}))
    query = understand(question, Gazetteer())
    hits = find(library, query, k=40, filters=Filters())
    terms = terms_of(query, library.idf)
    parts = [(part, part.text.find(sentence)) for part in readings(question, hits)]
    sure = [
        replace(part, reading=replace(part.reading, sure=SURE, start=at, end=at + len(sentence)))
        for part, at in parts
        if at >= 0
    ]
    assert sure
    pieces = as_read(sure, hits, candidates(hits, query, terms), query, terms)
    assert bool(pieces) is explains
    assert not pieces or "早晚各点验一次渔船" in pieces[0].document.text[pieces[0].start : pieces[0].end]
