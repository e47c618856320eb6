"""Who may come in: what is signed and encrypted for us, and nothing else; too many are told to come again."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

pytest.importorskip("lark_oapi", reason="lark-oapi is an extra: pip install 'zhengwen[feishu]'")

from tests.ui.channels.feishu.conftest import PATH, Running
from tests.ui.channels.feishu.mock_feishu import KEY, TOKEN, MockFeishu, encrypted, message, signed
from tests.ui.channels.saying import saying
from ui.channels import base
from ui.channels.feishu import door

Start = Callable[..., Running]


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


def test_busy_is_told_so_that_it_comes_again(start: Start, mock: MockFeishu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "WAITING", 0)
    monkeypatch.setattr(base, "WORKERS", 1)
    ours = start(ask=saying("答", "案", pause=0.3))
    assert [ours.send(message(id=f"om_{n}")).status_code for n in range(2)] == [200, 503]


def test_the_door_is_where_these_tests_knock() -> None:
    assert door.PATH == PATH
