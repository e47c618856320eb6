"""The front door in a kept conversation: follow-ups are understood, days without a disk are survived."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot import aask, ask, stream
from bot.answer import Answered
from bot.conversations import Conversations
from bot.errors import BlankQuestion, ConversationNotFound
from bot.remembering import DELETED, NOT_READ

FIRST = "绵阳市每万人拥有数据工程师的目标是多少?"
FOLLOW_UP = "那临沂呢?"


@pytest.fixture
def home(policies_home: Path, tmp_path: Path) -> Path:
    """A copy of the library, to be written beside."""
    copy = tmp_path / "library"
    shutil.copytree(policies_home, copy)
    return copy


def test_a_follow_up_needs_only_the_conversations_id(home: Path) -> None:
    kept = Conversations(home)
    talk = kept.create(owner="甲")
    first = ask(FIRST, conversation=talk.id, owner="甲", home=home)
    second = asyncio.run(aask(FOLLOW_UP, conversation=talk.id, owner="甲", home=home))
    assert second.standalone == ask(FOLLOW_UP, history=[first], home=home).standalone != FOLLOW_UP
    assert [answer.text for answer in kept.answers(talk.id, owner="甲")] == [first.text, second.text]
    assert kept.answers(talk.id, owner="甲")[0].citations == first.citations


def test_who_is_not_its_owner_learns_nothing(home: Path) -> None:
    talk = Conversations(home).create(owner="甲")
    for owner, conversation in (("乙", talk.id), ("甲", "没有")):
        with pytest.raises(ConversationNotFound):
            stream(FIRST, conversation=conversation, owner=owner, home=home)
    with pytest.raises(ConversationNotFound):  # whoever doesn't say who they are is "local"
        ask(FIRST, conversation=talk.id, home=home)
    assert Conversations(home).get(talk.id, owner="甲").length == 0


def test_a_question_that_is_none_leaves_no_trace(home: Path) -> None:
    talk = Conversations(home).create(owner="甲")
    with pytest.raises(BlankQuestion):
        ask("？", conversation=talk.id, owner="甲", home=home)
    with pytest.raises(ValueError, match="either"):
        ask(FIRST, conversation=talk.id, owner="甲", history=[ask(FIRST, home=home)], home=home)
    assert Conversations(home).get(talk.id, owner="甲").length == 0


def test_without_a_disk_the_answer_comes_all_the_same(home: Path) -> None:
    (home / "state.sqlite").mkdir()
    answer = ask(FIRST, conversation="任一", home=home)
    assert answer.citations and answer.text == ask(FIRST, home=home).text
    assert answer.notices[-1].startswith(NOT_READ)


def test_a_conversation_deleted_while_its_answer_is_written_is_told(home: Path) -> None:
    kept = Conversations(home)
    talk = kept.create(owner="甲")
    events = stream(FIRST, conversation=talk.id, owner="甲", home=home)
    next(events)
    kept.delete(talk.id, owner="甲")
    (answered,) = [event for event in events if isinstance(event, Answered)]
    assert answered.answer.citations and answered.answer.notices[-1] == DELETED
