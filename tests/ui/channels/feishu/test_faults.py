"""飞书 that is too fast, down, or loses a draft: the answer comes all the same, and once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("lark_oapi", reason="lark-oapi is an extra: pip install 'zhengwen[feishu]'")

from tests.ui.channels.feishu.conftest import Running
from tests.ui.channels.feishu.mock_feishu import MockFeishu, message
from tests.ui.channels.saying import saying
from ui.channels import base
from ui.channels.feishu import replies

Start = Callable[..., Running]
WHOLE = "一二三四五"


@pytest.fixture(autouse=True)
def quick_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "PACE", 0.05)


def test_a_draft_that_seemed_lost_is_replaced_where_it_was_taken(start: Start, mock: MockFeishu) -> None:
    """飞书 takes the draft, its answer is lost, and the same uuid then names the draft, not the answer."""
    mock.faults = [(504, {"code": 1, "msg": "gateway timeout"}, {})]
    start(ask=saying(*WHOLE, pause=0.1)).send(message())
    mock.wait(lambda: any(call.verb == "PATCH" and call.texts == WHOLE for call in mock.sent()))
    posts = [call for call in mock.sent() if call.verb == "POST"]
    assert len(posts) == 2 and posts[0].fields["uuid"] == posts[1].fields["uuid"]


def test_a_draft_that_was_taken_back_is_followed_by_the_answer(start: Start, mock: MockFeishu) -> None:
    gone = (400, {"code": 230011, "msg": "message was withdrawn"}, {})
    mock.faults = [(200, {"code": 0, "data": {"message_id": "om_draft"}}, {}), *[gone] * 20]
    start(ask=saying("一", "二", pause=0.1)).send(message())
    mock.wait(lambda: any(call.verb == "PATCH" for call in mock.sent()))
    mock.faults = [gone]
    mock.wait(lambda: mock.sent()[-1].verb == "POST" and mock.sent()[-1].texts == "一二")
    first, *_, last = [call for call in mock.sent() if call.verb == "POST"]
    assert first.fields["uuid"] != last.fields["uuid"]


def test_drafts_keep_quiet_for_as_long_as_feishu_asks(start: Start, mock: MockFeishu) -> None:
    too_fast = (429, {"code": 99991400, "msg": "request trigger frequency limit"}, {"x-ogw-ratelimit-reset": "1"})
    mock.faults = [(200, {"code": 0, "data": {"message_id": "om_draft"}}, {}), too_fast]
    start(ask=saying(*"一二三四五六七", pause=0.1)).send(message())
    mock.wait(lambda: mock.sent() and mock.sent()[-1].texts == "一二三四五六七")
    assert [call.verb for call in mock.sent()] == ["POST", "PATCH", "PATCH"]


def test_a_wrong_secret_is_told_with_its_setting(
    start: Start, mock: MockFeishu, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "_TRIES", 1)
    mock.token = {"code": 10014, "msg": "app secret invalid"}
    start(ask=saying("答案"), feishu_app_id="cli_of_this_test").send(message())
    mock.wait(lambda: "ZHENGWEN_FEISHU_APP_SECRET" in caplog.text)
    assert mock.sent() == [] and "Traceback" not in caplog.text
