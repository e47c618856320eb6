"""Slack over real HTTP: one question, one reply in its thread, whatever Slack, the network and people do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Event
from bot.conversations import Conversations
from tests.ui.channels.conftest import Running
from tests.ui.channels.mock_slack import (
    CHANNEL,
    TEAM,
    USER,
    MockSlack,
    direct,
    event,
    literal_texts,
    signed,
)
from tests.ui.channels.saying import saying
from ui.channels import base
from ui.channels.base import BLANK, CLOSED, FAULT, Message
from ui.channels.slack.door import PATH

Start = Callable[..., Running]


def text_of(call: Any) -> str:
    return "".join(literal_texts(call.fields["blocks"]))


def test_a_mention_gets_one_reply_in_its_thread_with_its_sources(start: Start, mock: MockSlack) -> None:
    ours = start(url="https://zhengwen.example.com/")
    assert ours.send(event("<@U0BOT> 什么是数据银行？")).status_code == 200
    (posted,) = mock.posted()
    assert posted.fields["authorization"] == "Bearer xoxb-bot"
    assert (posted.fields["channel"], posted.fields["thread_ts"]) == (CHANNEL, "1700000001.000100")
    told = text_of(posted)
    assert "数据银行" in told and "[1] 《绵阳市人民政府关于加快数据要素强市建设的实施意见》" in told
    assert "绵府发〔2018〕12号" in told and "二、重点任务 › (一)推进数据运用" in told
    links = [part["url"] for block in posted.fields["blocks"] for element in block.get("elements", [])
             for part in element.get("elements", []) if part["type"] == "link"]  # fmt: skip
    assert links and all(link.startswith("https://zhengwen.example.com/?read=") for link in links)
    quote = next(e for b in posted.fields["blocks"] for e in b.get("elements", []) if e["type"] == "rich_text_quote")
    assert quote["elements"][0]["text"] in told
    assert "<" not in posted.fields["text"] and posted.fields["unfurl_links"] in ("0", "False", False)
    time.sleep(0.2)
    assert len(mock.of("chat.postMessage", "chat.update")) == 1


def test_three_retries_and_a_restart_give_one_reply(start: Start, mock: MockSlack) -> None:
    first = start()
    for number in range(2):
        assert first.send(event(), **{"x-slack-retry-num": str(number)}).status_code == 200
    mock.posted()
    first.slack.answering.close()
    again = start()
    for number in range(2, 4):
        assert again.send(event(), **{"x-slack-retry-num": str(number)}).status_code == 200
    assert again.send(event("<@U0BOT> 另一个问题？", ts="1700000002.000100")).status_code == 200
    mock.posted(2)
    time.sleep(0.2)
    assert [call.fields["thread_ts"] for call in mock.of("chat.postMessage")] == [
        "1700000001.000100",
        "1700000002.000100",
    ]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"x-slack-signature": "v0=" + "0" * 64}, 401),
        ({"x-slack-signature": ""}, 401),
        ({"x-slack-signature": "v0=ü"}, 401),
        ({"x-slack-request-timestamp": "abc"}, 401),
        ({"x-slack-request-timestamp": ""}, 401),
        ({"x-slack-request-timestamp": "-1"}, 401),
        ({"x-slack-request-timestamp": "9" * 400}, 401),
        ({"x-slack-request-timestamp": "１２３４５"}, 401),
    ],
)
def test_what_is_not_signed_is_refused(start: Start, mock: MockSlack, changed: dict[str, str], status: int) -> None:
    made = signed(event())
    headers = {name: value.encode() for name, value in {**made["headers"], **changed}.items()}
    assert start().http.post(PATH, content=made["content"], headers=headers).status_code == status
    assert mock.calls == []


@pytest.mark.parametrize("age", [301, -301, 10**9])
def test_an_old_or_future_signature_is_refused(start: Start, mock: MockSlack, age: float) -> None:
    assert start().send(event(), age=age).status_code == 401
    assert start().send(event(), secret="another").status_code == 401
    assert mock.calls == []


@pytest.mark.parametrize(
    "garbage",
    ["", "{", "null", "[]", '"x"', "\xff".encode("latin-1"), "{" * 100_000, "payload=%7B", "payload=[]", "a=b", "\0"],
)
@pytest.mark.parametrize("form", [False, True])
def test_signed_garbage_is_a_client_error(start: Start, mock: MockSlack, garbage: str | bytes, form: bool) -> None:
    assert 400 <= start().send(garbage, form=form).status_code < 500
    assert mock.calls == []


def test_odd_events_are_taken_and_ignored(start: Start, mock: MockSlack) -> None:
    ours = start()
    for body in (
        {"type": "event_callback"},
        {"type": "event_callback", "event": None},
        {"type": "event_callback", "event": "x"},
        {"type": "event_callback", "event": {}},
        {"type": "event_callback", "event": {"type": "app_mention"}},
        event(channel=None),
        event(type="reaction_added"),
        {"type": "nonsense"},
        {},
    ):
        assert ours.send(body).status_code < 500
    assert ours.send("a" * 1_000_001).status_code == 413
    assert ours.http.get(PATH).status_code == 405
    answer = ours.send({"type": "url_verification", "challenge": "挑战"})
    assert answer.status_code == 200 and answer.json() == {"challenge": "挑战"}
    assert mock.of("chat.postMessage") == []


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message", "user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": USER, "ts": "1"}},
        {"hidden": True},
        {"user": None},
    ],
)
def test_other_bots_edits_and_deletions_are_ignored(start: Start, mock: MockSlack, fields: dict[str, Any]) -> None:
    ours = start()
    assert ours.send(event(**fields)).status_code == 200
    assert ours.send(direct("什么是数据银行？", **fields)).status_code == 200
    assert ours.send(event("没有提到我", type="message", channel_type="channel")).status_code == 200
    time.sleep(0.1)
    assert mock.calls == []


def test_a_direct_message_and_its_thread_are_a_conversation(start: Start, mock: MockSlack) -> None:
    ours = start()
    ours.send(direct("绵阳市每万人拥有数据工程师的目标是多少?", ts="1.1"))
    mock.posted()
    ours.send(direct("那临沂呢?", ts="1.2", thread_ts="1.1"))
    first, second = mock.posted(2)
    assert first.fields["thread_ts"] == second.fields["thread_ts"] == "1.1"
    assert "9名" in text_of(second)


def test_two_threads_do_not_mix(start: Start, mock: MockSlack, home: Path) -> None:
    ours = start()
    ours.send(event("绵阳市每万人拥有数据工程师的目标是多少?", ts="1.1"))
    ours.send(event("什么是数据银行?", ts="2.1"))
    mock.posted(2)
    ours.send(event("那临沂呢?", ts="1.2", thread_ts="1.1"))
    mock.posted(3)
    kept = Conversations(home)
    questions = {
        talk.id: [answer.question for answer in kept.answers(talk.id, owner=f"slack:{TEAM}")]
        for talk in kept.list(owner=f"slack:{TEAM}")
    }
    assert questions == {
        f"slack:{TEAM}:{CHANNEL}:1.1": ["绵阳市每万人拥有数据工程师的目标是多少?", "那临沂呢?"],
        f"slack:{TEAM}:{CHANNEL}:2.1": ["什么是数据银行?"],
    }


def test_what_is_not_found_is_said_plainly(start: Start, mock: MockSlack) -> None:
    start().send(event("<@U0BOT> 火星移民补贴是多少?"))
    told = text_of(mock.posted()[0])
    assert "没有说明" in told and "[1]" not in told


@pytest.mark.parametrize(
    ("text", "told"), [("<@U0BOT>", BLANK), ("<@U0BOT> ？", BLANK), ("<@U0BOT> " + "长" * 1001, base.TOO_LONG)]
)
def test_what_is_no_question_gets_a_hint(start: Start, mock: MockSlack, text: str, told: str) -> None:
    start().send(event(text))
    assert text_of(mock.posted()[0]) == told


def test_faults_are_told_without_their_details(start: Start, mock: MockSlack, tmp_path: Path) -> None:
    def broken(message: Message) -> Iterator[Event]:
        raise RuntimeError("秘密的内部细节")
        yield

    start(ask=broken).send(event(ts="1.1"))
    assert text_of(mock.posted()[0]) == FAULT
    start(home=tmp_path / "nothing").send(event(ts="1.2"))
    assert text_of(mock.posted(2)[1]) == CLOSED


def test_rate_limits_and_faults_of_slack_are_waited_out(start: Start, mock: MockSlack) -> None:
    mock.faults["chat.postMessage"] = [
        (429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "1"}),
        (503, {"ok": False, "error": "down"}, {}),
    ]
    started = time.monotonic()
    start(ask=saying("答案")).send(event())
    mock.posted(3)
    assert time.monotonic() - started >= 1
    assert {call.fields["thread_ts"] for call in mock.of("chat.postMessage")} == {"1700000001.000100"}


def test_slack_down_costs_that_reply_only(start: Start, mock: MockSlack) -> None:
    ours = start(ask=saying("答案"))
    mock.faults["chat.postMessage"] = [(200, {"ok": False, "error": "channel_not_found"}, {})]
    assert ours.send(event(ts="1.1")).status_code == 200
    mock.posted(1)
    assert ours.send(event(ts="1.2")).status_code == 200
    assert mock.posted(2)[1].fields["thread_ts"] == "1.2"


def test_without_any_slack_requests_are_acknowledged_all_the_same(start: Start, home: Path) -> None:
    ours = start(slack_api="http://127.0.0.1:9/api/", ask=saying("答案"))
    started = time.monotonic()
    for number in range(20):
        assert ours.send(event(ts=f"1.{number}")).status_code == 200
    assert time.monotonic() - started < 2


def test_when_too_many_wait_slack_is_asked_to_come_again(
    start: Start, mock: MockSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "WAITING", 1)
    monkeypatch.setattr(base, "WORKERS", 1)
    ours = start(ask=saying("答", "案", pause=0.5))
    codes = [ours.send(event(ts=f"1.{number}")).status_code for number in range(8)]
    assert codes[0] == 200 and 503 in codes
    refused = codes.index(503)
    mock.posted(codes.count(200))
    assert ours.send(event(ts=f"1.{refused}")).status_code == 200  # the retry is answered
    mock.wait(lambda: any(c.fields["thread_ts"] == f"1.{refused}" for c in mock.of("chat.postMessage")))
