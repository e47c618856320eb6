"""What people write in 飞书, and whose message it is: one question, one card, in its thread."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("lark_oapi", reason="lark-oapi is an extra: pip install 'zhengwen[feishu]'")

from bot.answer import Answer, Answered, Event
from bot.conversations import Conversations
from tests.ui.channels.feishu.conftest import Running
from tests.ui.channels.feishu.mock_feishu import TENANT, MockFeishu, direct, message
from ui.channels.base import BLANK, Message

Start = Callable[..., Running]


def test_a_mention_gets_one_card_in_its_thread_with_its_sources(start: Start, mock: MockFeishu) -> None:
    ours = start(url="https://zhengwen.example.com")
    answer = ours.send(message())
    assert answer.status_code == 200 and answer.json() == {"msg": "success"}
    (sent,) = mock.replies()
    assert (sent.verb, sent.path) == ("POST", "/open-apis/im/v1/messages/om_1/reply")
    assert sent.fields["msg_type"] == "interactive" and sent.fields["reply_in_thread"] is True
    assert "数据银行" in sent.texts and "[1] 《绵阳市人民政府关于加快数据要素强市建设的实施意见》" in sent.texts
    assert "绵府发〔2018〕12号" in sent.texts
    assert "https://zhengwen.example.com/?read=" in sent.fields["content"]
    assert sent.card["config"]["update_multi"] is True


def test_what_is_delivered_for_seven_hours_and_after_a_restart_is_answered_once(start: Start, mock: MockFeishu) -> None:
    first = start()
    for _ in range(3):
        assert first.send(message()).status_code == 200
    mock.replies()
    first.feishu.answering.close()
    again = start()
    for _ in range(3):
        assert again.send(message()).status_code == 200
    again.send(message(id="om_2"))
    mock.wait(lambda: any("om_2" in call.path for call in mock.sent()))
    time.sleep(0.1)
    assert len(mock.sent()) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"sender_type": "app"},
        {"mentions": []},
        {"mentions": [{"key": "@_user_1", "id": {"open_id": "ou_x"}, "mentioned_type": "user", "name": "张三"}]},
    ],
)
def test_other_bots_and_what_is_not_for_us_are_ignored(start: Start, mock: MockFeishu, fields: dict[str, Any]) -> None:
    assert start().send(message(**fields)).status_code == 200
    time.sleep(0.1)
    assert mock.calls == []


def test_threads_of_a_group_do_not_mix_and_a_direct_chat_goes_on(start: Start, mock: MockFeishu, home: Path) -> None:
    ours = start()
    ours.send(message("绵阳市每万人拥有数据工程师的目标是多少?", id="om_1"))
    ours.send(message("什么是数据银行?", id="om_2"))
    mock.replies(2)
    ours.send(message("那临沂呢?", id="om_3", root_id="om_1", thread_id="omt_1"))
    assert "9名" in mock.replies(3)[-1].texts
    ours.send(direct("绵阳市每万人拥有数据工程师的目标是多少?", id="om_4"))
    mock.replies(4)
    ours.send(direct("那临沂呢?", id="om_5"))
    last = mock.replies(5)[-1]
    assert "9名" in last.texts and last.fields["reply_in_thread"] is False
    lengths = sorted(talk.length for talk in Conversations(home).list(owner=f"feishu:{TENANT}"))
    assert lengths == [1, 2, 2]


def test_what_people_type_is_read_as_they_meant_it(start: Start, mock: MockFeishu) -> None:
    asked: list[str] = []

    def ask(message: Message) -> Iterator[Event]:
        asked.append(message.text)
        yield Answered(Answer(message.text, "答", "answered"))

    ours = start(ask=ask)
    people = [
        {"key": "@_user_1", "id": {}, "mentioned_type": "bot", "name": "政问"},
        {"key": "@_user_10", "id": {}, "mentioned_type": "user", "name": "张三"},
    ]
    ours.send(message("@_user_1 帮@_user_10 查\n补贴<b>", mentions=people))
    post = {
        "title": "请问",
        "content": [[{"tag": "at", "user_id": "@_user_1"}, {"tag": "text", "text": "补贴"}], ["x"]],
    }
    ours.send(message(id="om_2", message_type="post", content=json.dumps(post)))
    mock.replies(2)
    assert sorted(asked) == sorted(["帮 张三 查 补贴<b>", "请问 补贴"])


@pytest.mark.parametrize("fields", [{"message_type": "image", "content": '{"image_key": "x"}'}, {"content": "{"}])
def test_pictures_get_a_hint(start: Start, mock: MockFeishu, fields: dict[str, Any]) -> None:
    start().send(message(**fields))
    assert mock.replies()[0].texts == BLANK
