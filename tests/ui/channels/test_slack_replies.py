"""What people see in Slack: long answers, drafts, verdicts, the command, the agent's view; none of it is markup."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Answered, Event, Retracted, Token
from bot.feedback import REASONS, Feedback
from bot.settings import load_settings
from tests.ui.channels.conftest import Running
from tests.ui.channels.mock_slack import (
    CHANNEL,
    TEAM,
    USER,
    MockSlack,
    event,
    literal_texts,
    pressed,
)
from tests.ui.channels.saying import saying
from tests.ui.fakes import HOSTILE, ODD, cite
from ui.channels import base
from ui.channels.base import Message
from ui.channels.slack.blocks import BLOCKS, MESSAGE, TEXT

Start = Callable[..., Running]


def text_of(call: Any) -> str:
    return "".join(literal_texts(call.fields["blocks"]))


def test_thirteen_thousand_characters_come_whole_in_messages_that_fit(start: Start, mock: MockSlack) -> None:
    sentences = [f"第{n}条说明，企业可以按照规定申请第{n}项补助，并在三十日内提交全部材料。" for n in range(400)]
    long = "".join(sentences)
    assert len(long) > 13_000
    start(ask=saying(long)).send(event())
    mock.posted(2)
    time.sleep(0.2)
    posted = mock.of("chat.postMessage")
    assert "".join(text_of(call) for call in posted) == long
    for call in posted:
        assert len(call.fields["blocks"]) <= BLOCKS
        assert all(len(text) <= TEXT for text in literal_texts(call.fields["blocks"]))
        assert len(json.dumps(call.fields["blocks"], ensure_ascii=False)) <= MESSAGE + TEXT
    assert all(text.endswith("。") for call in posted for text in literal_texts(call.fields["blocks"]))


def test_a_long_answer_is_streamed_and_then_replaced(
    start: Start, mock: MockSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)
    start(ask=saying("<!channel> ", "*粗*", "三", pause=0.1)).send(event())
    mock.wait(lambda: mock.of("chat.update"))
    first, *_ = mock.of("chat.startStream")
    assert first.fields["recipient_user_id"] == USER and first.fields["thread_ts"] == "1700000001.000100"
    drafts = json.dumps([call.fields for call in mock.of("chat.startStream", "chat.appendStream")], ensure_ascii=False)
    assert "<!channel>" not in drafts and "＜\\\\!channel＞" in drafts
    (stopped,), (update,) = mock.of("chat.stopStream"), mock.of("chat.update")
    assert stopped.at < update.at and stopped.fields["ts"] == update.fields["ts"]
    assert text_of(update) == "<!channel> *粗*三" and "&lt;!channel&gt;" in update.fields["text"]
    assert mock.of("chat.postMessage") == []


def test_where_slack_cannot_stream_the_draft_is_posted_and_updated(
    start: Start, mock: MockSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)
    mock.streams = False
    start(ask=saying("一", "二", "三", pause=0.1)).send(event())
    mock.wait(lambda: any("三" in text_of(call) for call in mock.of("chat.update")))
    assert len(mock.of("chat.startStream")) == 1 and len(mock.of("chat.postMessage")) == 1
    assert text_of(mock.of("chat.update")[-1]) == "一二三"


def test_a_withdrawn_draft_does_not_stay(start: Start, mock: MockSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)

    def ask(message: Message) -> Iterator[Event]:
        yield Token("编造的")
        time.sleep(0.1)
        yield Token("话")
        yield Retracted("没有依据")
        time.sleep(0.1)
        yield Token("真话")
        yield Answered(Answer(message.text, "真话", "answered"))

    start(ask=ask).send(event())
    mock.wait(lambda: mock.of("chat.update"))
    assert text_of(mock.of("chat.update")[-1]) == "真话"


def test_what_documents_hold_is_harmless(start: Start, mock: MockSlack) -> None:
    evil = f"{HOSTILE} <!channel> <@U0PERSON> <http://evil.example|点这里> https://evil.example &lt;"

    def ask(message: Message) -> Iterator[Event]:
        yield Answered(Answer(message.text, f"{evil}[1]", "answered", (cite(1, ODD, HOSTILE),), notices=(evil,)))

    start(ask=ask).send(event())
    (posted,) = mock.posted()
    assert evil in text_of(posted)  # literally
    fields = json.dumps(posted.fields["blocks"])
    assert "mrkdwn" not in fields and '"type": "user"' not in fields and '"type": "broadcast"' not in fields
    assert "<" not in posted.fields["text"].replace("&lt;", "")


def test_what_people_type_is_read_as_they_meant_it(start: Start, mock: MockSlack) -> None:
    asked: list[str] = []

    def ask(message: Message) -> Iterator[Event]:
        asked.append(message.text)
        yield Answered(Answer(message.text, "答", "answered"))

    start(ask=ask).send(
        event("<@U0BOT> A&amp;B &lt;3 见<#C1|政策>和<http://a.example|官网>、<mailto:a@b.c|a@b.c>\n<!here>吗")
    )
    mock.posted()
    assert asked == ["A&B <3 见政策和官网、a@b.c 吗"]


def test_how_a_follow_up_was_understood_stands_small_above_the_answer(start: Start, mock: MockSlack) -> None:
    def ask(message: Message) -> Iterator[Event]:
        yield Answered(Answer(message.text, "答", "answered", standalone=f"<!here>的{message.text}"))

    start(ask=ask).send(event("<@U0BOT> 商标呢？"))
    (posted,) = mock.posted()
    above, answer, *_ = posted.fields["blocks"]
    told = {"type": "plain_text", "text": "理解为：<!here>的商标呢？", "emoji": False}
    assert above == {"type": "context", "elements": [told]} and "".join(literal_texts(answer)) == "答"
    assert posted.fields["text"] == "答"


def test_verdicts_are_kept_and_a_reason_can_be_given(start: Start, mock: MockSlack, home: Path) -> None:
    ours = start()
    ours.send(event("<@U0BOT> 什么是数据银行？"))
    buttons = mock.posted()[0].fields["blocks"][-1]["elements"]
    useful, useless, reasons = buttons
    said = Feedback(home)
    assert ours.send(pressed(useful["action_id"], useful["value"], mock.url), form=True).status_code == 200
    mock.wait(lambda: len(mock.of("hook")) == 1)
    assert [(one.verdict, one.face, one.owner) for one in said.all()] == [("useful", "slack", f"slack:{TEAM}:{USER}")]
    ours.send(pressed(useless["action_id"], useless["value"], mock.url), form=True)
    mock.wait(lambda: len(mock.of("hook")) == 2)
    ours.send(pressed(reasons["action_id"], reasons["options"][1]["value"], mock.url), form=True)
    mock.wait(lambda: len(mock.of("hook")) == 3)
    (one,) = said.all()
    assert (one.verdict, one.reason) == ("useless", REASONS[1])
    assert one.answer.question == "什么是数据银行？" and one.answer.citations and one.versions.generation == 1
    assert "已记下：无用（引用不对）" in mock.of("hook")[-1].fields["text"]
    for value in ("没有 1", "x", f"{useful['value']} 99", ""):
        assert ours.send(pressed("zhengwen_reason", value, mock.url), form=True).status_code == 200
    ours.send(pressed("zhengwen_useful", "没有这个", mock.url), form=True)
    mock.wait(lambda: any("已被删除" in call.fields["text"] for call in mock.of("hook")))
    assert len(said.all()) == 1


def test_the_command_answers_whoever_typed_it(start: Start, mock: MockSlack) -> None:
    ours = start()
    typed = {
        "command": "/policy",
        "text": "什么是数据银行？",
        "team_id": TEAM,
        "user_id": USER,
        "channel_id": CHANNEL,
        "trigger_id": "1.2",
        "response_url": f"{mock.url}/hook",
    }
    started = time.monotonic()
    answer = ours.send(typed, form=True)
    assert answer.status_code == 200 and "正在查" in answer.text and time.monotonic() - started < 1
    mock.wait(lambda: mock.of("hook"))
    (told,) = mock.of("hook")
    assert told.fields["response_type"] == "ephemeral" and "数据银行" in text_of(told)
    assert "用法" in ours.send({**typed, "text": " "}, form=True).text


def test_the_agents_view_is_given_questions_that_the_library_answers(start: Start, mock: MockSlack) -> None:
    ours = start()
    ours.send(event(type="app_home_opened", channel="D0CHAT", tab="messages", text=None))
    mock.wait(lambda: mock.of("assistant.threads.setSuggestedPrompts"))
    prompts = mock.of("assistant.threads.setSuggestedPrompts")[0].fields["prompts"]
    assert 1 <= len(prompts) <= 4 and all(prompt["message"] for prompt in prompts)
    thread = {"user_id": USER, "channel_id": "D0CHAT", "thread_ts": "5.1"}
    ours.send(event(type="assistant_thread_started", channel=None, user=None, text=None, assistant_thread=thread))
    mock.wait(lambda: len(mock.of("assistant.threads.setSuggestedPrompts")) == 2)
    assert mock.of("assistant.threads.setSuggestedPrompts")[1].fields["thread_ts"] == "5.1"


def test_acknowledging_is_fast_while_answers_are_slow(start: Start, mock: MockSlack) -> None:
    ours = start(ask=saying("答", "案", pause=2.0))
    took = []
    for number in range(60):
        started = time.monotonic()
        assert ours.send(event(ts=f"1.{number}")).status_code == 200
        took.append(time.monotonic() - started)
    assert sorted(took)[-2] < 0.3


def test_no_token_is_ever_logged(start: Start, mock: MockSlack, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    mock.faults["chat.postMessage"] = [(200, {"ok": False, "error": "invalid_auth"}, {})]
    ours = start(ask=saying("答案"))
    ours.send(event())
    mock.posted()
    ours.send(event(), secret="wrong")
    time.sleep(0.1)
    assert "xoxb-bot" not in caplog.text and "8f742231b10e" not in caplog.text
    assert "xoxb" not in repr(load_settings(home=home, slack_bot_token="xoxb-bot"))
