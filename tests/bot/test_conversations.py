"""Conversations in state.sqlite: their owners, their titles, and what of them survives their documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from bot.answer import Answer, Citation
from bot.conversations import TITLE, Conversations
from bot.errors import ConversationNotFound
from vectorstore.model import Document, Section

PARK = Document(
    id="park",
    title="青湖市园区驿站管理办法",
    text="第一条 驿站由园区设立。\n第二条 驿站每周开放五天。",
    source="/政策/驿站.txt",
    sha256="0" * 64,
    doc_number="青政发〔2031〕2号",
    sections=(Section(("第一条",), 0, 13), Section(("第二条",), 13, 26)),
)
QUOTE = "驿站每周开放五天。"


def answered(question: str, *, document: Document = PARK) -> Answer:
    start = document.text.index(QUOTE)
    cited = Citation(1, document, ("第二条",), start, start + len(QUOTE), QUOTE)
    return Answer(question, f"{QUOTE}[1]", "answered", (cited,), follow_ups=("驿站由谁设立？",), seconds=0.25)


@pytest.fixture
def shelf() -> dict[str, Document]:
    return {PARK.id: PARK}


@pytest.fixture
def kept(tmp_path: Path, shelf: dict[str, Document]) -> Conversations:
    return Conversations(tmp_path / "home", find=shelf.get)


def test_answers_come_back_as_they_were(kept: Conversations) -> None:
    talk = kept.create(owner="甲")
    first, second = answered("驿站几天开放？"), Answer("谁付钱？", "资料里没有。", "not_found", nearest=(PARK,))
    assert kept.append(talk.id, first, owner="甲") != kept.append(talk.id, second, owner="甲")
    assert kept.answers(talk.id, owner="甲") == (first, second)
    assert kept.answers(talk.id, owner="甲", last=1) == (second,)
    assert kept.get(talk.id, owner="甲").length == 2


def test_the_first_question_is_the_title_until_one_is_given(kept: Conversations) -> None:
    talk = kept.create(owner="甲")
    assert talk.title == "" and kept.list(owner="甲") == []
    kept.append(talk.id, answered("驿站\n几天  开放？" + "嗯" * 100), owner="甲")
    kept.append(talk.id, answered("周末呢？"), owner="甲")
    (listed,) = kept.list(owner="甲")
    assert listed.title.startswith("驿站 几天 开放？嗯") and len(listed.title) == TITLE
    assert kept.rename(talk.id, " 开放 时间 ", owner="甲").title == "开放 时间"
    kept.append(talk.id, answered("假日呢？"), owner="甲")
    assert kept.get(talk.id, owner="甲").title == "开放 时间"
    assert kept.rename(talk.id, "  ", owner="甲").title == listed.title


def test_the_newest_conversation_stands_first(kept: Conversations) -> None:
    one, other = kept.create(owner="甲"), kept.create(owner="甲")
    kept.append(one.id, answered("一"), owner="甲")
    kept.append(other.id, answered("二"), owner="甲")
    assert [talk.id for talk in kept.list(owner="甲")] == [other.id, one.id]
    kept.append(one.id, answered("三"), owner="甲")
    assert [talk.id for talk in kept.list(owner="甲")] == [one.id, other.id]
    assert [talk.id for talk in kept.list(owner="甲", limit=1, offset=1)] == [other.id]


@pytest.mark.parametrize(
    ("sought", "found"),
    [("开放五天", True), ("PCT", True), ("pct", True), ("几天", True), ("%", False), ("没有的", False), (" ", True)],
)
def test_search_reads_titles_questions_and_answers(kept: Conversations, sought: str, found: bool) -> None:
    talk = kept.create(owner="甲")
    kept.append(talk.id, answered("Pct 驿站几天开放？"), owner="甲")
    assert bool(kept.list(owner="甲", search=sought)) is found


def test_for_anybody_else_a_conversation_does_not_exist(kept: Conversations) -> None:
    talk = kept.create(owner="甲")
    kept.append(talk.id, answered("驿站几天开放？"), owner="甲")
    for attempt in (
        lambda id, owner: kept.get(id, owner=owner),
        lambda id, owner: kept.answers(id, owner=owner),
        lambda id, owner: kept.turns(id, owner=owner),
        lambda id, owner: kept.append(id, answered("?"), owner=owner),
        lambda id, owner: kept.rename(id, "我的", owner=owner),
        lambda id, owner: kept.cut(id, 0, owner=owner),
        lambda id, owner: kept.share(id, owner=owner),
        lambda id, owner: kept.unshare(id, owner=owner),
        lambda id, owner: kept.delete(id, owner=owner),
    ):
        for id, owner in ((talk.id, "乙"), ("没有", "甲"), (talk.id, "")):
            with pytest.raises(ConversationNotFound):
                attempt(id, owner)
    with pytest.raises(ConversationNotFound):
        kept.create(owner="乙", id=talk.id)
    assert kept.list(owner="乙") == kept.list(owner="乙", search="驿站") == []
    assert kept.get(talk.id, owner="甲").length == 1 and kept.get(talk.id, owner="甲").shared is None


def test_a_conversation_of_a_given_id_is_made_once(kept: Conversations) -> None:
    talk = kept.create(owner="甲", id="slack-1")
    kept.append(talk.id, answered("驿站几天开放？"), owner="甲")
    assert kept.create(owner="甲", id="slack-1").length == 1


def test_sharing_lets_anyone_read_until_it_ends(kept: Conversations) -> None:
    talk = kept.create(owner="甲")
    kept.append(talk.id, answered("驿站几天开放？"), owner="甲")
    token = kept.share(talk.id, owner="甲")
    assert len(token) >= 32 and kept.share(talk.id, owner="甲") == token
    shared, turns = kept.shared(token)
    assert shared.id == talk.id and [turn.answer for turn in turns] == [answered("驿站几天开放？")]
    kept.unshare(talk.id, owner="甲")
    for nothing in (token, "", talk.id):
        with pytest.raises(ConversationNotFound):
            kept.shared(nothing)
    assert kept.share(talk.id, owner="甲") != token


def test_cutting_keeps_the_beginning(kept: Conversations) -> None:
    talk = kept.create(owner="甲")
    for question in "一二三":
        kept.append(talk.id, answered(question), owner="甲")
    kept.cut(talk.id, 1, owner="甲")
    assert [answer.question for answer in kept.answers(talk.id, owner="甲")] == ["一"]
    kept.cut(talk.id, 0, owner="甲")
    assert kept.answers(talk.id, owner="甲") == ()


def test_what_is_deleted_is_not_to_be_read_in_the_file(kept: Conversations, tmp_path: Path) -> None:
    secret = "只此一问的秘密词语"
    talk = kept.create(owner="甲")
    kept.append(talk.id, answered(secret * 300), owner="甲")
    kept.delete(talk.id, owner="甲")
    with pytest.raises(ConversationNotFound):
        kept.get(talk.id, owner="甲")
    assert all(secret.encode() not in file.read_bytes() for file in (tmp_path / "home").iterdir())


@pytest.mark.parametrize("changed", [None, replace(PARK, text="第一条 " + PARK.text), replace(PARK, text="")])
def test_a_quote_survives_its_document(
    kept: Conversations, shelf: dict[str, Document], changed: Document | None
) -> None:
    talk = kept.create(owner="甲")
    kept.append(talk.id, answered("驿站几天开放？"), owner="甲")
    shelf.clear()
    if changed is not None:
        shelf[changed.id] = changed
    (answer,) = kept.answers(talk.id, owner="甲")
    (cited,) = answer.citations
    assert cited.document.text[cited.start : cited.end] == cited.quote == QUOTE
    assert (cited.document.title, cited.document.doc_number) == (PARK.title, PARK.doc_number)
    assert "《青湖市园区驿站管理办法》已不在资料库里" in answer.notices[-1]


def test_a_broken_character_does_not_stop_anything(kept: Conversations) -> None:
    talk = kept.create(owner="甲", title="标\udc80题")
    kept.append(talk.id, replace(answered("驿\ud800站？"), text="开放\udfff"), owner="甲")
    assert kept.answers(talk.id, owner="甲")[0].question == "驿\ud800站？"
    assert kept.list(owner="甲", search="标\udc80")


def test_an_id_can_be_typed_on_a_command_line(kept: Conversations) -> None:
    ids = [kept.create(owner="甲").id for _ in range(200)]
    assert all(id.isalnum() for id in ids) and len(set(ids)) == 200


def test_many_threads_append_and_nothing_is_lost(kept: Conversations) -> None:
    talk = kept.create(owner="甲")
    threads = [Thread(target=lambda n=n: [kept.append(talk.id, answered(f"{n}-{i}"), owner="甲") for i in range(10)])
               for n in range(8)]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = {answer.question for answer in kept.answers(talk.id, owner="甲")}
    assert asked == {f"{n}-{i}" for n in range(8) for i in range(10)}
