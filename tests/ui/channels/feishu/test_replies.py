"""What people see in 飞书: cards that fit, drafts, verdicts; none of it is markup, and nothing is doubled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("lark_oapi", reason="lark-oapi is an extra: pip install 'zhengwen[feishu]'")

from bot.answer import Answer, Answered, Event
from bot.feedback import REASONS, Feedback
from tests.ui.channels.feishu.conftest import Running
from tests.ui.channels.feishu.mock_feishu import PERSON, MockFeishu, message, plain_texts, pressed
from tests.ui.channels.saying import saying
from tests.ui.fakes import HOSTILE, ODD, cite
from ui.channels import base
from ui.channels.base import Message
from ui.channels.feishu.cards import CARD, TEXT

Start = Callable[..., Running]


def test_the_draft_is_updated_in_place(start: Start, mock: MockFeishu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)
    start(ask=saying("一", "二", "三", pause=0.1)).send(message())
    mock.wait(lambda: any(call.verb == "PATCH" and "一二三" in call.texts for call in mock.sent()))
    first, *updates = mock.sent()
    assert first.verb == "POST" and {call.verb for call in updates} == {"PATCH"}
    assert len({call.path for call in updates}) == 1


def test_how_a_follow_up_was_understood_stands_small_above_the_answer(start: Start, mock: MockFeishu) -> None:
    def ask(message: Message) -> Iterator[Event]:
        yield Answered(Answer(message.text, "答", "answered", standalone="什么是商标驿站？"))

    start(ask=ask).send(message("商标呢？"))
    (sent,) = mock.replies(1)
    above, answer, *_ = (element["text"] for element in sent.card["body"]["elements"] if element["tag"] == "div")
    assert above["content"] == "理解为：什么是商标驿站？" and above["text_color"] == "grey"
    assert above["text_size"] == "notation" and answer["content"] == "答"


def test_too_fast_and_down_are_waited_out_and_nothing_is_doubled(start: Start, mock: MockFeishu) -> None:
    mock.faults = [
        (429, {"code": 99991400, "msg": "request trigger frequency limit"}, {"x-ogw-ratelimit-reset": "1"}),
        (502, {"code": 1, "msg": "bad gateway"}, {}),
    ]
    start(ask=saying("答案")).send(message())
    sent = mock.replies(3)
    assert {call.fields["uuid"] for call in sent} == {sent[0].fields["uuid"]}
    mock.faults = [(400, {"code": 230002, "msg": "bot not in chat"}, {})]
    ours = start(ask=saying("答案"))
    ours.send(message(id="om_2"))
    mock.replies(4)
    ours.send(message(id="om_3"))
    assert "om_3" in mock.replies(5)[-1].path


def test_long_answers_come_whole_in_cards_that_fit(start: Start, mock: MockFeishu) -> None:
    long = "".join(f"第{n}条说明，企业可以按照规定申请第{n}项补助，并在三十日内提交全部材料。" for n in range(400))
    start(ask=saying(long)).send(message())
    mock.replies(2)
    time.sleep(0.2)
    cards = mock.sent()
    assert "".join(call.texts for call in cards) == long and len(long) > 13_000
    assert all(len(call.fields["content"].encode()) < CARD + 10_000 for call in cards)
    assert all(len(text) <= TEXT for call in cards for text in plain_texts(call.card))
    assert len({call.fields["uuid"] for call in cards}) == len(cards)


def test_what_documents_hold_is_harmless(start: Start, mock: MockFeishu) -> None:
    evil = f"{HOSTILE} <at id=all></at> [x](http://evil.example) \ud800"

    def ask(message: Message) -> Iterator[Event]:
        yield Answered(Answer(message.text, f"{evil}[1]", "answered", (cite(1, ODD, HOSTILE),)))

    start(ask=ask).send(message())
    (sent,) = mock.replies()
    assert HOSTILE in sent.texts and "<at id=all></at>" in sent.texts
    assert '"tag": "markdown"' not in sent.fields["content"] and "lark_md" not in sent.fields["content"]


def test_verdicts_are_kept(start: Start, mock: MockFeishu, home: Path) -> None:
    ours = start()
    ours.send(message())
    (sent,) = mock.replies()
    useful, useless, reasons = [column["elements"][0] for column in sent.card["body"]["elements"][-1]["columns"]]
    answer = ours.send(pressed(useful["behaviors"][0]["value"]))
    assert answer.json()["toast"]["content"] == "已记下：有用。谢谢！"
    said = Feedback(home)
    assert [(one.verdict, one.face, one.owner) for one in said.all()] == [("useful", "feishu", f"feishu:{PERSON}")]
    ours.send(pressed(useless["behaviors"][0]["value"]))
    told = ours.send(pressed(reasons["behaviors"][0]["value"], reasons["options"][2]["value"])).json()
    assert REASONS[2] in told["toast"]["content"]
    assert [(one.verdict, one.reason) for one in said.all()] == [("useless", REASONS[2])]
    for odd in (pressed({}), pressed({"verdict": "x"}), pressed({"verdict": "useless", "turn": "x"}, "x 99")):
        assert "失效" in ours.send(odd).json()["toast"]["content"]
