"""Slack that is too fast, down, or lets a draft vanish: the answer comes all the same, and once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.channels.conftest import Running, slack_settings
from tests.ui.channels.mock_slack import MockSlack, event, literal_texts
from tests.ui.channels.saying import saying
from ui.channels import base, open_channels

Start = Callable[..., Running]
TOO_FAST = (429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "1"})


def text_of(call: object) -> str:
    return "".join(literal_texts(call.fields["blocks"]))  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def quick_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)


def test_drafts_keep_quiet_for_as_long_as_slack_asks(start: Start, mock: MockSlack) -> None:
    mock.faults["chat.appendStream"] = [TOO_FAST]
    start(ask=saying(*"一二三四五六七", pause=0.1)).send(event())
    mock.wait(lambda: mock.of("chat.update"))
    assert len(mock.of("chat.startStream")) == 1 and len(mock.of("chat.appendStream")) == 1
    assert text_of(mock.of("chat.update")[-1]) == "一二三四五六七"


def test_what_was_held_back_is_streamed_once(start: Start, mock: MockSlack) -> None:
    mock.faults["chat.appendStream"] = [(200, {"ok": False, "error": "internal_error"}, {})]
    start(ask=saying(*"一二三四五", pause=0.1)).send(event())
    mock.wait(lambda: mock.of("chat.update"))
    sent = [call.fields["chunks"] for call in mock.of("chat.startStream", "chat.appendStream")]
    texts = [chunk["text"] for chunks in sent for chunk in chunks]
    assert texts[2].startswith(texts[1]) and "".join([texts[0], *texts[2:]]).startswith("一二三")
    assert "".join([texts[0], *texts[2:]]) in "一二三四五"


def test_a_stream_is_ended_however_often_slack_refuses(start: Start, mock: MockSlack) -> None:
    mock.faults["chat.stopStream"] = [TOO_FAST, (502, {"ok": False, "error": "bad_gateway"}, {})]
    start(ask=saying("一", "二", "三", pause=0.1)).send(event())
    mock.wait(lambda: mock.of("chat.update"))
    assert len(mock.of("chat.stopStream")) == 3
    assert mock.of("chat.stopStream")[-1].at < mock.of("chat.update")[0].at


@pytest.mark.parametrize("why", ["message_not_found", "streaming_state_conflict", "cant_update_message"])
def test_a_draft_that_cannot_be_replaced_is_followed_by_the_answer(start: Start, mock: MockSlack, why: str) -> None:
    mock.faults["chat.update"] = [(200, {"ok": False, "error": why}, {})]
    start(ask=saying("一", "二", "三", pause=0.1)).send(event())
    (posted,) = mock.posted()
    assert text_of(posted) == "一二三" and posted.fields["thread_ts"] == "1700000001.000100"


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_faulty_slack_is_asked_again(start: Start, mock: MockSlack, status: int) -> None:
    mock.faults["chat.postMessage"] = [(status, {"ok": False, "error": "down"}, {})]
    started = time.monotonic()
    start(ask=saying("答案")).send(event())
    mock.posted(2)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"ok": False, "error": "not_in_channel"}, "not_in_channel：机器人不在这个频道"),
        ({"ok": False, "error": "missing_scope", "needed": "chat:write"}, "缺少权限 chat:write"),
        ({"ok": False, "error": "unheard_of"}, "回答没有送到 Slack：unheard_of。"),
    ],
)
def test_a_reply_that_slack_refuses_is_told_in_a_line(
    start: Start, mock: MockSlack, caplog: pytest.LogCaptureFixture, answer: dict[str, object], told: str
) -> None:
    mock.faults["chat.postMessage"] = [(200, answer, {})]
    start(ask=saying("答案")).send(event())
    mock.wait(lambda: told in caplog.text)
    assert "Traceback" not in caplog.text


def test_a_wrong_token_is_told_when_the_server_starts(
    home: Path, mock: MockSlack, caplog: pytest.LogCaptureFixture
) -> None:
    mock.faults["auth.test"] = [(200, {"ok": False, "error": "invalid_auth"}, {})]
    with open_channels(slack_settings(home, mock)) as channels:
        channels.start()
        mock.wait(lambda: "ZHENGWEN_SLACK_BOT_TOKEN" in caplog.text)
    with open_channels(slack_settings(home, mock, slack_api="http://127.0.0.1:9/api/")) as channels:
        channels.start()
        mock.wait(lambda: "连不上 Slack（那里没有程序在监听）" in caplog.text)
    assert "Traceback" not in caplog.text and "xoxb-bot" not in caplog.text
