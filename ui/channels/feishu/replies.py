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

from ui.channels.content import Content
from ui.channels.feishu.cards import cards, draft_card
from ui.channels.feishu.incoming import Place

_TRIES = 4
_TOO_FAST = frozenset({99991400, 230020})
"""Codes by which 飞书 says that we are too fast: for the app, for the chat."""
_LONGEST = 30.0
"""Seconds to wait before another try, at most."""
_log = logging.getLogger(__name__)


class NotSent(Exception):
    """飞书 didn't take a message; says why."""


class CardReply:
    """The reply to one message."""

    def __init__(self, client: Client, place: Place) -> None:
        self._client, self._place = client, place
        self._sent: str | None = None

    def draft(self, text: str) -> None:
        if text or self._sent is not None:
            self._show(draft_card(text), part=0, tries=1)

    def finish(self, content: Content) -> None:
        first, *rest = cards(content)
        self._show(first, part=0, tries=_TRIES)
        for part, card in enumerate(rest, start=1):
            self._reply(card, part=part, tries=_TRIES)

    def _show(self, card: str, *, part: int, tries: int) -> None:
        """Update what was sent already, or send it."""
        if self._sent is None:
            self._sent = self._reply(card, part=part, tries=tries)
            return
        body = PatchMessageRequestBody.builder().content(card).build()
        request = PatchMessageRequest.builder().message_id(self._sent).request_body(body).build()
        _called(lambda: self._client.im.v1.message.patch(request), tries)

    def _reply(self, card: str, *, part: int, tries: int) -> str:
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
    """What the call gives; one that is refused for being too fast, or that fails, is tried again. Raises NotSent."""
    told = "没有回应"
    for attempt in range(tries):
        wait = 2.0**attempt
        try:
            response = call()
        except (requests.RequestException, ObtainAccessTokenException) as error:
            told = type(error).__name__
        else:
            if response.success():
                return response
            told = f"{response.code} {response.msg}"
            status = response.raw.status_code if response.raw is not None else 0
            if status != 429 and status < 500 and response.code not in _TOO_FAST:
                break
            wait = _asked_to_wait(response) or wait
        if attempt + 1 < tries:
            time.sleep(min(wait, _LONGEST))
    raise NotSent(f"飞书没有收下消息（{told}）")


def _asked_to_wait(response: Any) -> float:
    """Seconds until 飞书 takes more, 0 where it doesn't say."""
    headers = {name.lower(): value for name, value in (response.raw.headers if response.raw else {}).items()}
    text = headers.get("x-ogw-ratelimit-reset") or headers.get("retry-after") or ""
    return float(text) if text.isascii() and text.isdigit() else 0.0
