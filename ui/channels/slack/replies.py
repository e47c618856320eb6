"""How replies are sent to Slack: streamed where Slack can, else posted and updated; too much at once is waited out."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.web.chat_stream import ChatStream
from slack_sdk.webhook import WebhookClient

from ui.channels.content import Content
from ui.channels.slack.blocks import draft_blocks, escaped, messages, rich, section, summary, text
from ui.channels.slack.incoming import Place

_TIMEOUT = 10
"""Seconds one call of the Web API may take."""
_TRIES = 4
"""How often a call is tried again: where Slack says we are too fast, answers with a fault, or doesn't answer."""
_TO_A_COMMAND = 5
"""Messages that a command can be replied with."""
_CUT = "回答很长，其余的放不下了。请在频道里 @ 我再问一次。"
WORKING = "正在查政策文件…"
_QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False}
# What Markdown would take for markup stands escaped; < and >, of which mentions are made, by their wide twins.
_DRAFTED = {ord(char): f"\\{char}" for char in "\\`*_~[]()#!|:"} | {ord("<"): "＜", ord(">"): "＞", ord("\n"): "  \n"}
_log = logging.getLogger(__name__)


def client(token: str, api: str, *, retrying: bool) -> WebClient:
    """A client of the Web API at `api`; without `retrying` it gives up at the first fault, as drafts should."""
    base = api if api.endswith("/") else f"{api}/"
    return WebClient(token, base_url=base, timeout=_TIMEOUT, retry_handlers=_handlers() if retrying else [])


def _handlers() -> list[Any]:
    return [
        ConnectionErrorRetryHandler(max_retry_count=_TRIES),
        RateLimitErrorRetryHandler(max_retry_count=_TRIES),
        ServerErrorRetryHandler(max_retry_count=_TRIES),
    ]


class ThreadReply:
    """The reply to a message, in its thread."""

    def __init__(self, place: Place, *, sure: WebClient, drafts: WebClient) -> None:
        """`sure` tries again and again, `drafts` doesn't."""
        self._place, self._sure, self._drafts = place, sure, drafts
        self._stream: ChatStream | None = None
        self._streamed = ""
        self._streams = True
        self._ts: str | None = None

    def draft(self, text: str) -> None:
        if not text:
            self._say_working()
        elif self._streams and text.startswith(self._streamed):
            self._append(text)
        elif self._stream is None:  # what is already streamed can't be taken back before the end
            self._post_or_update(self._drafts, draft_blocks(text), escaped(text[:200]))

    def finish(self, content: Content) -> None:
        if self._stream is not None:
            self._stop_stream()
        first, *rest = messages(content)
        self._post_or_update(self._sure, first, summary(content))
        for blocks in rest:
            self._sure.chat_postMessage(**self._where(), blocks=blocks, text=summary(content), **_QUIET)

    def _say_working(self) -> None:
        self._drafts.assistant_threads_setStatus(
            channel_id=self._place.channel, thread_ts=str(self._place.thread), status=WORKING
        )

    def _append(self, text: str) -> None:
        stream = self._stream or self._drafts.chat_stream(
            channel=self._place.channel,
            thread_ts=str(self._place.thread),
            recipient_team_id=self._place.team,
            recipient_user_id=self._place.user,
            buffer_size=1,
        )
        fresh = text[len(self._streamed) :].translate(_DRAFTED)
        try:
            stream.append(markdown_text=fresh)
        except SlackApiError as error:
            if self._stream is not None:
                raise
            # A workspace or a client library of old: from now on post and update.
            _log.info("slack: no streaming here: %s", error.response.get("error"))
            self._streams = False
            self.draft(text)
            return
        self._stream, self._streamed, self._ts = stream, text, stream.ts

    def _stop_stream(self) -> None:
        assert self._stream is not None
        try:
            self._stream.stop()
        except SlackApiError as error:  # Slack ends streams by itself after a while; the update works all the same
            _log.info("slack: the stream had ended: %s", error.response.get("error"))

    def _post_or_update(self, web: WebClient, blocks: list[dict[str, Any]], text: str) -> None:
        if self._ts is None:
            posted = web.chat_postMessage(**self._where(), blocks=blocks, text=text, **_QUIET)
            self._ts = str(posted["ts"])
        else:
            web.chat_update(
                channel=self._place.channel, ts=self._ts, blocks=blocks, text=text, parse="none", link_names=False
            )

    def _where(self) -> dict[str, Any]:
        return {"channel": self._place.channel, "thread_ts": self._place.thread}


class CommandReply:
    """The reply to a slash command, seen by whoever typed it only, for the bot may not be in that channel."""

    def __init__(self, url: str) -> None:
        self._hook = WebhookClient(url, timeout=_TIMEOUT, retry_handlers=_handlers())

    def draft(self, text: str) -> None:
        """The command's acknowledgement has said that we are working."""

    def finish(self, content: Content) -> None:
        made = messages(content)
        if len(made) > _TO_A_COMMAND:
            made = [*made[: _TO_A_COMMAND - 1], [rich(section(text(_CUT)))]]
        for blocks in made:
            say_privately(self._hook, summary(content), blocks)


def say_privately(hook: WebhookClient | str, text: str, blocks: list[dict[str, Any]] | None = None) -> None:
    """A message that only one person sees. Raises RuntimeError where Slack doesn't take it."""
    if isinstance(hook, str):
        hook = WebhookClient(hook, timeout=_TIMEOUT, retry_handlers=_handlers())
    told = hook.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)
    if told.status_code != 200:
        raise RuntimeError(f"response_url answered {told.status_code}")
