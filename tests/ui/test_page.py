"""The page's script, driven without a browser: screens, turns, errors, literal text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.fakes import HOSTILE, LAKE, FakeDesk
from ui import desk as desks
from vectorstore.errors import LibraryDamaged

APP = Path(__file__).resolve().parents[2] / "ui" / "app.py"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    desk = FakeDesk(tmp_path)
    monkeypatch.setattr(desks, "_desk", desk)
    return desk


@pytest.fixture
def page(desk: FakeDesk) -> AppTest:
    return AppTest.from_file(APP, default_timeout=20)


def html(page: AppTest) -> str:
    """All HTML on the page, styles left out."""
    bodies = [element.proto.body for element in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def elements(page: AppTest, name: str) -> list[Any]:
    """What the page's own elements of this kind were given, in order."""
    found = [element.proto for element in page.get("bidi_component")]
    return [json.loads(p.json or p.mixed.json) for p in found if p.component_name == f"zhengwen_{name}"]


def ask(page: AppTest, question: str) -> None:
    page.chat_input[0].set_value(question).run()
    assert not page.exception


def test_the_first_screen_says_what_it_is_and_offers_questions(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    assert "问政策，看原文" in html(page) and "2 份政策文件（山东省，2028 年）" in html(page)
    (offered,) = elements(page, "choices")
    assert [item["label"] for item in offered["items"]] == list(desk.examples())
    assert not page.markdown  # nothing of a document goes through Markdown


def test_an_answer_stays_with_its_chips_and_sources(page: AppTest) -> None:
    page.run()
    ask(page, "什么是专利驿站？")
    (answer,) = elements(page, "answer")
    assert [part for part in answer["paragraphs"][0] if "cite" in part] == [{"cite": 1}]
    assert [cited["number"] for cited in answer["sources"][0]["cites"]] == [1, 2] and answer["fresh"] is True
    assert "问政策，看原文" not in html(page)
    page.run()
    assert [drawn["fresh"] for drawn in elements(page, "answer")] == [False]


def test_earlier_answers_are_the_history_and_clearing_forgets_them(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    for question in ("什么是专利驿站？", "主要目标呢？", "今天天气怎么样？"):
        ask(page, question)
    assert desk.histories == [0, 1, 2] and len(elements(page, "answer")) == 3
    page.button(key="clear").click().run()
    assert elements(page, "answer") == [] and "问政策，看原文" in html(page)
    ask(page, "主要目标呢？")
    assert desk.histories[-1] == 0


def test_not_found_has_no_chips_and_names_the_nearest(page: AppTest) -> None:
    page.run()
    ask(page, "今天天气怎么样？")
    (answer,) = elements(page, "answer")
    assert answer["status"] == "not_found" and answer["sources"] == []
    assert answer["nearest"][0]["id"] == LAKE.id


def test_without_documents_the_page_names_the_command(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.shelf.clear()
    monkeypatch.setenv("ZHENGWEN_HOME", str(desk.settings.home))
    page.run()
    assert "还没有政策文件" in html(page)
    assert page.code[0].value == "zhengwen ingest 您的文件夹"
    assert page.chat_input[0].disabled


def test_the_command_names_a_home_that_is_not_the_usual_one(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.shelf.clear()
    monkeypatch.setenv("ZHENGWEN_HOME", "/elsewhere")
    page.run()
    assert page.code[0].value == f"zhengwen ingest 您的文件夹 --home {desk.settings.home}"


def test_a_document_that_arrives_while_serving_is_listed(page: AppTest, desk: FakeDesk) -> None:
    late = desk.shelf.pop()
    page.run()
    assert "1 份政策文件" in html(page)
    desk.shelf.append(late)
    page.run()
    assert "2 份政策文件" in html(page)


def test_what_is_wrong_with_the_library_is_said_in_a_sentence(
    page: AppTest, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.told = "资料库最新的一代已损坏，正在使用第 3 代。"
    page.run()
    assert "正在使用第 3 代" in html(page) and "问政策，看原文" in html(page)

    def damaged() -> None:
        raise LibraryDamaged("资料库坏了：运行 zhengwen repair <b>修复</b>")

    monkeypatch.setattr(desk, "documents", damaged)
    page.run()
    assert not page.exception and "zhengwen repair &lt;b&gt;修复&lt;/b&gt;" in html(page)


def test_a_question_that_fails_is_told_and_the_conversation_goes_on(page: AppTest, desk: FakeDesk) -> None:
    page.run()
    ask(page, "坏问题")
    assert "出了点问题" in html(page) and "秘密的内部细节" not in html(page)
    ask(page, "   ")
    assert "问题是空的" in html(page)
    ask(page, "什么是专利驿站？")
    assert len(elements(page, "answer")) == 1 and desk.histories[-1] == 0


def test_a_pasted_document_is_refused_in_the_pages_words_and_shown_by_its_beginning(page: AppTest) -> None:
    page.run()
    ask(page, "专利" * 600)
    assert "不像一个问题" in html(page) and "zhengwen" not in html(page)
    assert "专利" * 100 + "…（共 1200 字）" in html(page) and "专利" * 101 not in html(page)


def test_hostile_text_is_escaped_or_handed_over_as_data(page: AppTest) -> None:
    page.run()
    ask(page, f"怪 {HOSTILE}")
    assert "<script>" not in html(page) and "&lt;script&gt;" in html(page)
    assert not page.markdown
    (answer,) = elements(page, "answer")
    assert answer["paragraphs"][0][0]["text"] == HOSTILE
