"""How replies are sent to 飞书: as cards, updated while the answer is written; too much at once is waited out."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import requests
from lark_oapi import Client
from lark_oapi.api.im.v1 import (
    PatchMessageRequest,
    PatchMessageRequestBody,
    ReplyMessageRequest,
    ReplyMessageRequestBody,
)
from lark_oapi.core.exception import ObtainAccessTokenException

from ui.channels.base import NotSent
from ui.channels.content import Content
from ui.channels.feishu.cards import cards, draft_card
from ui.channels.feishu.incoming import Place

_TRIES = 4
_TOO_FAST = frozenset({99991400, 230020})
"""Codes by which 飞书 says that we are too fast: for the app, for the chat."""
_LONGEST = 30.0
"""Seconds to wait before another try, at most."""
_log = logging.getLogger(__name__)


_ADVICE = {
    10003: "App ID 或 App Secret 不对，请检查 ZHENGWEN_FEISHU_APP_ID 和 ZHENGWEN_FEISHU_APP_SECRET",
    10014: "App Secret 不对，请检查 ZHENGWEN_FEISHU_APP_SECRET",
    99991672: "应用缺少权限，加上后要在“版本管理与发布”里重新发布",
    230002: "机器人不在这个群里",
    230006: "应用没有机器人能力，请在“添加应用能力”里加上并重新发布",
    230013: "提问的人不在应用的可用范围里",
}


class Refused(NotSent):
    """飞书 didn't take a message; says why, and for how many seconds it wants no more."""

    def __init__(self, why: str, *, quiet: float = 0.0) -> None:
        super().__init__(f"飞书没有收下消息（{why}）。")
        self.quiet = quiet


class CardReply:
    """The reply to one message."""

    def __init__(self, client: Client, place: Place) -> None:
        self._client, self._place = client, place
        self._sent: str | None = None
        self._begun = False
        self._quiet_until = 0.0

    def draft(self, text: str) -> None:
        if (not text and self._sent is None) or time.monotonic() < self._quiet_until:
            return
        try:
            self._show(draft_card(text), tries=1)
        except Refused as error:
            self._quiet_until = time.monotonic() + error.quiet
            raise

    def finish(self, content: Content) -> None:
        first, *rest = cards(content)
        try:
            self._show(first, tries=_TRIES)
        except Refused as error:
            if self._sent is None:
                raise
            _log.warning("feishu: the draft was not replaced: %s", error)  # somebody took it back
            self._reply(first, part="again", tries=_TRIES)
        for part, card in enumerate(rest, start=1):
            self._reply(card, part=str(part), tries=_TRIES)

    def _show(self, card: str, *, tries: int) -> None:
        """Update what was sent already, or send it."""
        if self._sent is None:
            before, self._begun = self._begun, True
            self._sent = self._reply(card, part="0", tries=tries)
            if not before:
                return
            # An earlier card that seemed to fail may be what 飞书 has taken, for it had the same uuid.
        body = PatchMessageRequestBody.builder().content(card).build()
        request = PatchMessageRequest.builder().message_id(self._sent).request_body(body).build()
        _called(lambda: self._client.im.v1.message.patch(request), tries)

    def _reply(self, card: str, *, part: str, tries: int) -> str:
        body = (
            ReplyMessageRequestBody.builder()
            .content(card)
            .msg_type("interactive")
            .reply_in_thread(self._place.threaded)
            # 飞书 takes a message of the same uuid once within an hour, so a try that seemed to fail isn't doubled.
            .uuid(sha256(f"{self._place.message}:{part}".encode()).hexdigest()[:40])
            .build()
        )
        request = ReplyMessageRequest.builder().message_id(self._place.message).request_body(body).build()
        return str(_called(lambda: self._client.im.v1.message.reply(request), tries).data.message_id)


def _called(call: Callable[[], Any], tries: int) -> Any:
    """What the call gives; one that is refused for being too fast, or that fails, is tried again. Raises Refused."""
    told, quiet = "没有回应", 0.0
    for attempt in range(tries):
        wait = 2.0**attempt
        try:
            response = call()
        except (requests.RequestException, ObtainAccessTokenException) as error:
            told = _unreachable(error)
        else:
            if response.success():
                return response
            told = _said(response.code, response.msg)
            status = response.raw.status_code if response.raw is not None else 0
            slow_down = status == 429 or response.code in _TOO_FAST
            if not slow_down and status < 500:
                break
            wait = _asked_to_wait(response) or wait
            quiet = wait if slow_down else 0.0
        if attempt + 1 < tries:
            time.sleep(min(wait, _LONGEST))
    raise Refused(told, quiet=quiet)


def _said(code: Any, message: Any) -> str:
    return f"{code}：{_ADVICE[code]}" if code in _ADVICE else f"{code} {message}"


def _unreachable(error: Exception) -> str:
    """Why there was no answer to a call."""
    if isinstance(error, ObtainAccessTokenException):
        return _said(error.code, error.msg)
    return "等不到回应" if isinstance(error, requests.Timeout) else "连不上飞书，请检查网络"


def _asked_to_wait(response: Any) -> float:
    """Seconds until 飞书 takes more, 0 where it doesn't say."""
    headers = {name.lower(): value for name, value in (response.raw.headers if response.raw else {}).items()}
    text = headers.get("x-ogw-ratelimit-reset") or headers.get("retry-after") or ""
    return float(text) if text.isascii() and text.isdigit() else 0.0
