"""What the documents say in a question's own words is quoted where its kind's rules find nothing, if they are sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.kinds.stated import stated
from bot.passages import Passage, candidates
from bot.question.terms import Terms, terms_of
from bot.question.understand import Query, understand
from bot.rerank import find
from tests.bot.conftest import LibraryOf
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.regions import Gazetteer

_TEXTS = {
    "云岭古渠": "云岭古渠\n云岭古渠由匠人阿依·图尔荪设计，开凿于明嘉靖二十一年（1542年）。\n"
    "古渠的水神庙供奉水神，庙中神像的谥号是“惠济”。\n这条渠今天仍灌溉两千亩稻田，渠首的守渠人由村民推举。\n"
    "渠魂（），指开闸那天的祭礼。守渠会现任会长为方青岩。",
    "南湾老戏台木偶戏": "南湾老戏台木偶戏\n南湾老戏台木偶戏旧名提线班。戏台由渔民所建。\n演出在每月望日，以方言念白。",
    "青溪茶会": "青溪茶会\n青溪茶会每年谷雨时举行，茶客在溪边斗茶。\n茶会的会旗绣着一片茶叶，由绣坊捐赠。",
}


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of(_TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云岭古渠是由谁设计的？", "阿依·图尔荪"),
        ("云岭古渠开凿于什么时候？", "1542年"),
        ("水神庙神像的谥号是什么？", "惠济"),
        ("什么是渠魂？", "指开闸那天的祭礼"),
        ("守渠会现任会长是谁？", "方青岩"),
    ],
)
def test_a_sentence_in_the_questions_own_words_answers(home: Path, question: str, said: str) -> None:
    answer = ask(question, home=home)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_title_that_names_a_thing_stays_what_is_asked_about(home: Path) -> None:
    answer = ask("南湾老戏台木偶戏的旧名是什么？", home=home)
    assert answer.status == "answered"
    assert "提线班" in answer.text


@pytest.mark.parametrize("question", ["云岭古渠由谁出资修复？", "青溪茶会的冠军奖金是多少？", "云岭古渠有多少座水闸？"])
def test_what_no_sentence_says_is_still_refused(home: Path, question: str) -> None:
    assert ask(question, home=home).status == "not_found"


def found(home: Path, question: str) -> tuple[list[Passage], Query, Terms]:
    with Library.open(home) as library:
        query = understand(question, Gazetteer())
        hits = find(library, query, k=20, filters=Filters())
        terms = terms_of(query, library.idf)
        return candidates(hits, query, terms), query, terms


def test_a_sentence_must_speak_of_what_is_asked(home: Path) -> None:
    passages, query, terms = found(home, "云岭古渠是由谁设计的？")
    assert [piece.document.title for piece in stated(passages, query, terms)] == ["云岭古渠"]
    others, query, terms = found(home, "青溪茶会的评委是谁推选的？")
    assert not stated(others, query, terms)


def test_a_figure_is_no_answer_without_a_figure(home: Path) -> None:
    passages, query, terms = found(home, "茶会的会旗绣着多少片茶叶？")
    numberless = [p for p in passages if "会旗" in p.text]
    assert query.kind == "number"
    assert stated(numberless, query, terms)  # 一片
    assert not stated([p for p in passages if "斗茶" in p.text], query, terms)
