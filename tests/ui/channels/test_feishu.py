"""飞书 over real HTTP and over its long connection: one question, one card, whatever 飞书 and people do."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

pytest.importorskip("lark_oapi", reason="lark-oapi is an extra: pip install 'zhengwen[feishu]'")

from lark_oapi.ws.pb.pbbp2_pb2 import Frame
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from bot.answer import Answer, Answered, Event
from bot.conversations import Conversations
from bot.feedback import REASONS, Feedback
from bot.settings import Settings, load_settings
from tests.ui.channels.mock_feishu import (
    KEY,
    PERSON,
    TENANT,
    TOKEN,
    MockFeishu,
    direct,
    encrypted,
    message,
    mock_feishu,
    plain_texts,
    pressed,
    signed,
)
from tests.ui.channels.saying import saying
from tests.ui.fakes import HOSTILE, ODD, cite
from ui.channels import base, open_channels
from ui.channels.base import BLANK, Message
from ui.channels.feishu.app import Feishu
from ui.channels.feishu.cards import CARD, TEXT
from ui.channels.feishu.door import PATH, route


@dataclass
class Running:
    """Our side."""

    feishu: Feishu
    http: TestClient

    def send(self, event: Any, **options: Any) -> httpx.Response:
        return self.http.post(PATH, **signed(event, **options))


Start = Callable[..., Running]


@pytest.fixture
def mock() -> Iterator[MockFeishu]:
    with mock_feishu() as running:
        yield running


def settings_for(home: Path, mock: MockFeishu, **more: Any) -> Settings:
    secrets = {"feishu_app_id": "cli_1", "feishu_app_secret": "secret", "feishu_domain": mock.url}
    return load_settings(home=home, **secrets, **more)


@pytest.fixture
def start(home: Path, mock: MockFeishu) -> Iterator[Start]:
    """Starts our side; what is started is closed at the end."""
    with ExitStack() as stack:

        @contextmanager
        def running(**options: Any) -> Iterator[Running]:
            ask = options.pop("ask", None)
            settings = settings_for(home, mock, feishu_encrypt_key=KEY, feishu_token=TOKEN, **options)
            feishu = Feishu(settings, ask=ask)
            try:
                with TestClient(Starlette(routes=[route(feishu, settings)]), raise_server_exceptions=False) as http:
                    yield Running(feishu, http)
            finally:
                feishu.answering.close(patience=0.5)

        yield lambda **options: stack.enter_context(running(**options))


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


def test_what_is_not_signed_or_not_encrypted_for_us_is_refused(start: Start, mock: MockFeishu) -> None:
    ours = start()
    wrong = [
        ours.send(message(), key="another"),
        ours.send(message(), **{"x-lark-signature": "0" * 64}),
        ours.send(message(), **{"x-lark-signature": ""}),
        ours.send(message(), **{"x-lark-request-timestamp": "abc"}),
        ours.http.post(PATH, content=signed(message())["content"]),
        ours.http.post(PATH, json={"challenge": "x", "token": "wrong", "type": "url_verification"}),
        ours.http.post(
            PATH,
            json={"encrypt": encrypted(json.dumps({"challenge": "x", "token": "", "type": "url_verification"}), KEY)},
        ),
    ]
    forged = message()
    forged["header"]["token"] = "wrong"
    wrong.append(ours.send(forged))
    assert {answer.status_code for answer in wrong} <= {400, 401}
    assert "Traceback" not in "".join(answer.text for answer in wrong)
    assert mock.calls == []


@pytest.mark.parametrize(
    "garbage", [b"", b"{", b"null", b"[]", b'{"encrypt": 1}', b'{"encrypt": "?"}', b"\xff", b"{" * 9999]
)
def test_garbage_is_a_client_error(start: Start, mock: MockFeishu, garbage: bytes) -> None:
    assert 400 <= start().http.post(PATH, content=garbage).status_code < 500
    assert mock.calls == []


@pytest.mark.parametrize(
    "garbage", ["", "{", "null", "[]", "{}", '{"schema": "2.0"}', '{"schema": "2.0", "header": {}}']
)
def test_signed_garbage_is_a_client_error_too(start: Start, mock: MockFeishu, garbage: str) -> None:
    assert 400 <= start().send(garbage).status_code < 500
    assert mock.calls == []


def test_the_address_is_verified(start: Start) -> None:
    asked = {"challenge": "挑战", "token": TOKEN, "type": "url_verification"}
    answer = start().http.post(PATH, json={"encrypt": encrypted(json.dumps(asked), KEY)})
    assert answer.status_code == 200 and answer.json() == {"challenge": "挑战"}


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


def test_the_draft_is_updated_in_place(start: Start, mock: MockFeishu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)
    start(ask=saying("一", "二", "三", pause=0.1)).send(message())
    mock.wait(lambda: any(call.verb == "PATCH" and "一二三" in call.texts for call in mock.sent()))
    first, *updates = mock.sent()
    assert first.verb == "POST" and {call.verb for call in updates} == {"PATCH"}
    assert len({call.path for call in updates}) == 1


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


def test_busy_is_told_so_that_it_comes_again(start: Start, mock: MockFeishu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "WAITING", 0)
    monkeypatch.setattr(base, "WORKERS", 1)
    ours = start(ask=saying("答", "案", pause=0.3))
    assert [ours.send(message(id=f"om_{n}")).status_code for n in range(2)] == [200, 503]


def test_the_long_connection_brings_the_same(home: Path, mock: MockFeishu) -> None:
    acknowledged: list[dict[str, Any]] = []
    connections: list[ServerConnection] = []

    def attend(connection: ServerConnection) -> None:
        connections.append(connection)
        with suppress(ConnectionClosed):
            for data in connection:
                frame = Frame()
                frame.ParseFromString(data)
                if frame.method == 1:
                    acknowledged.append(json.loads(frame.payload))

    server = serve(attend, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    mock.socket = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/ws?device_id=1&service_id=7"
    settings = settings_for(home, mock)
    try:
        with open_channels(settings) as channels:
            assert channels.routes == []
            channels.start()
            mock.wait(lambda: connections)
            for event in (message(), message(), message(id="om_2", sender_type="app")):
                connections[0].send(_frame(event))
            (sent,) = mock.replies()
            assert "数据银行" in sent.texts
            mock.wait(lambda: len(acknowledged) == 3)
            assert {answer["code"] for answer in acknowledged} == {200}
            useful = sent.card["body"]["elements"][-1]["columns"][0]["elements"][0]
            value = useful["behaviors"][0]["value"]
            connections[0].send(_frame(pressed(value)))
            mock.wait(lambda: len(acknowledged) == 4)
            toast = json.loads(base64.b64decode(acknowledged[-1]["data"]))["toast"]["content"]
            assert toast.startswith("已记下：有用")
        time.sleep(0.1)
        assert len(mock.sent()) == 1
        assert not [thread for thread in threading.enumerate() if thread.name == "feishu-connection"]
    finally:
        server.shutdown()


def _frame(event: dict[str, Any]) -> bytes:
    frame = Frame()
    frame.SeqID = frame.LogID = 1
    frame.service, frame.method = 7, 1
    for key, value in (("type", "event"), ("message_id", "m"), ("trace_id", "t"), ("sum", "1"), ("seq", "0")):
        header = frame.headers.add()
        header.key, header.value = key, value
    frame.payload = json.dumps(event).encode()
    data: bytes = frame.SerializeToString()
    return data
