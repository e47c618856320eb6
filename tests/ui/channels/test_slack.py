"""Slack over real HTTP: one question, one reply in its thread, whatever Slack, the network and people do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Answered, Event, Retracted, Token
from bot.conversations import Conversations
from bot.feedback import REASONS, Feedback
from bot.settings import load_settings
from tests.ui.channels.conftest import Running
from tests.ui.channels.mock_slack import (
    CHANNEL,
    TEAM,
    USER,
    MockSlack,
    direct,
    event,
    literal_texts,
    pressed,
    signed,
)
from tests.ui.fakes import HOSTILE, ODD, cite
from ui.channels import base
from ui.channels.base import BLANK, CLOSED, FAULT, Message
from ui.channels.slack.blocks import BLOCKS, MESSAGE, TEXT
from ui.channels.slack.door import PATH

Start = Callable[..., Running]


def text_of(call: Any) -> str:
    return "".join(literal_texts(call.fields["blocks"]))


def saying(*texts: str, pause: float = 0.0) -> Callable[[Message], Iterator[Event]]:
    """Answers everything with these texts, one token each."""

    def ask(message: Message) -> Iterator[Event]:
        for text in texts:
            yield Token(text)
            time.sleep(pause)
        yield Answered(Answer(message.text, "".join(texts), "answered"))

    return ask


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
