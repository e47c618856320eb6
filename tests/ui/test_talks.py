"""Conversations on the page: kept, found, opened by address, renamed, shared, exported, judged, deleted."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.fakes import HOSTILE, FakeDesk
from tests.ui.paging import APP, ask, elements, html, labels, visit
from ui.visitor import owner_of
from ui.words import CHINESE, Words

OWNER = owner_of({}, user="test@example.com") or ""


@pytest.fixture
def talk(page: AppTest) -> str:
    """The conversation on screen, with one answer."""
    page.run()
    ask(page, "什么是专利驿站？")
    return str(page.query_params["c"])


def tab(desk: FakeDesk, **address: str) -> AppTest:
    """Another tab, opened at an address."""
    other = AppTest.from_file(APP, default_timeout=20)
    other.query_params.update(address)
    return other.run()


def listed(page: AppTest) -> list[str]:
    found = [e for e in elements(page, "choices") if e["look"] == "talks"]
    return [item["label"] for e in found for item in e["items"]]


def test_a_conversation_goes_on_after_a_reload(desk: FakeDesk, page: AppTest, talk: str) -> None:
    other = tab(desk, c=talk)
    (answer,) = elements(other, "answer")
    assert answer["sources"][0]["cites"][0]["number"] == 1
    ask(other, "主要目标呢？")
    assert desk.histories[-1] == 1 and len(desk.conversations().answers(talk, owner=OWNER)) == 2


def test_how_a_follow_up_was_understood_stands_above_its_answer_after_a_reload_and_in_exports(
    desk: FakeDesk, page: AppTest, talk: str
) -> None:
    from ui.page.talks import _exported

    ask(page, "主要目标呢？")
    told = ["", "理解为：清湖市的主要目标呢？"]
    assert [answer["understood"] for answer in elements(page, "answer")] == told
    assert [answer["understood"] for answer in elements(tab(desk, c=talk), "answer")] == told
    kept = desk.conversations().get(talk, owner=OWNER)
    lines = _exported("md", kept, OWNER, CHINESE).decode().split("\n\n")
    assert lines[lines.index(next(line for line in lines if line.startswith("## 2."))) + 1] == told[1]
    assert "Understood as: 清湖市的主要目标呢？" in _exported("md", kept, OWNER, Words("en")).decode()
    assert "\n".join(lines).count("理解为：") == 1


def test_somebody_elses_conversation_is_not_found(desk: FakeDesk, page: AppTest, talk: str) -> None:
    other = AppTest.from_file(APP, default_timeout=20)
    other.user = {"email": "mallory@example.com"}
    other.query_params["c"] = talk
    other.run()
    assert "没有这个对话" in html(other) and elements(other, "answer") == []
    assert "c" not in other.query_params and listed(other) == []


def test_regenerating_leaves_one_answer_in_the_store(desk: FakeDesk, page: AppTest, talk: str) -> None:
    page.button(key="regenerate").click().run()
    assert len(desk.conversations().answers(talk, owner=OWNER)) == 1 and page.query_params["c"] == talk


def test_conversations_are_listed_found_and_renamed(desk: FakeDesk, page: AppTest, talk: str) -> None:
    for turn in range(6):
        page.button(key="clear").click().run()
        ask(page, f"怪 {turn} {HOSTILE}")
    assert len(listed(page)) == 7
    page.text_input(key="talk_search").set_value("专利驿站").run()
    assert listed(page) == ["什么是专利驿站？"]
    page.text_input(key="talk_search").set_value("找不到的词").run()
    assert listed(page) == [] and "没有符合的" in html(page)
    page.text_input(key="title").set_value("<b>名</b>")
    page.button(key="rename-save").click().run()
    page.text_input(key="talk_search").set_value("<b>").run()
    assert "<b>名</b>" in listed(page)


def test_a_shared_conversation_is_read_by_anyone_and_changed_by_nobody(
    desk: FakeDesk, page: AppTest, talk: str
) -> None:
    page.button(key="share").click().run()
    token = desk.conversations().get(talk, owner=OWNER).shared
    (shown,) = elements(page, "address")
    assert token and shown["address"].endswith(f"/shared?t={token}")
    visitor = AppTest.from_file(APP, default_timeout=20)
    visitor.user = {"email": "visitor@example.com"}
    visitor.run()
    visitor.query_params["t"] = token
    visit(visitor, "shared")
    assert len(elements(visitor, "answer")) == 1 and "只能阅读" in html(visitor)
    assert not visitor.chat_input and labels(visitor) == ["English"]
    page.button(key="unshare").click().run()
    visitor.run()
    assert elements(visitor, "answer") == [] and "已经失效" in html(visitor)


def test_a_deleted_conversation_is_gone(desk: FakeDesk, page: AppTest, talk: str) -> None:
    page.checkbox(key="delete").check().run()
    page.button(key="delete-sure").click().run()
    assert desk.conversations().list(owner=OWNER) == [] and "问政策，看原文" in html(page)
    assert "没有这个对话" in html(tab(desk, c=talk))


def test_what_is_deleted_in_another_tab_goes_on_as_a_new_one(desk: FakeDesk, page: AppTest, talk: str) -> None:
    desk.conversations().delete(talk, owner=OWNER)
    ask(page, "主要目标呢？")
    assert page.query_params["c"] != talk and len(elements(page, "answer")) == 2


def test_a_verdict_is_kept_once_with_its_reason(desk: FakeDesk, page: AppTest, talk: str) -> None:
    (turn,) = desk.conversations().turns(talk, owner=OWNER)
    page.pills(key=f"reason-{turn.id}").set_value("答非所问")
    page.text_input(key=f"words-{turn.id}").set_value("问的是地址")
    page.button(key=f"send-{turn.id}").click().run()
    (opinion,) = desk.feedback().all()
    assert (opinion.verdict, opinion.reason, opinion.owner) == ("useless", "答非所问：问的是地址", OWNER)
    assert opinion.answer.citations and "已记下" in html(page)
    assert page.button(key=f"useful-{turn.id}").disabled
    assert tab(desk, c=talk).button(key=f"useful-{turn.id}").disabled


def test_a_page_whose_memory_cannot_be_written_still_answers(desk: FakeDesk, page: AppTest) -> None:
    (desk.settings.home / "state.sqlite").mkdir()
    page.run()
    ask(page, "什么是专利驿站？")
    assert len(elements(page, "answer")) == 1 and "c" not in page.query_params
    page.run()
    assert "现在不能读写" in html(page)


def test_the_exports_hold_every_source(desk: FakeDesk, page: AppTest, talk: str) -> None:
    names = {button.label: button for button in page.get("download_button")}
    assert {"Markdown", "Word", "JSON"} <= names.keys()
    from ui.page.talks import _exported

    kept = desk.conversations().get(talk, owner=OWNER)
    record = json.loads(_exported("json", kept, OWNER, CHINESE))
    assert "清政发〔2028〕6号" in json.dumps(record, ensure_ascii=False)
    assert _exported("docx", kept, OWNER, CHINESE)[:2] == b"PK"


def test_an_export_speaks_the_language_of_the_page(desk: FakeDesk, page: AppTest, talk: str) -> None:
    from ui.page.talks import _exported

    kept = desk.conversations().get(talk, owner=OWNER)
    chinese = _exported("md", kept, OWNER, CHINESE).decode()
    english = _exported("md", kept, OWNER, Words("en")).decode()
    assert "**依据**" in chinese and "Sources" not in chinese
    assert "**Sources**" in english and "questions and answers: " in english
    assert not any(word in english for word in ("依据", "提示：", "个问答", "最接近的文件"))
    quote = desk.conversations().turns(talk, owner=OWNER)[0].answer.citations[0].quote
    assert f"> {quote}" in chinese and f"> {quote}" in english  # the documents' words stay as they are
