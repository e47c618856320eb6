"""How replies are sent to Slack: streamed where Slack can, else posted and updated; too much at once is waited out."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.chat_stream import ChatStream
from slack_sdk.webhook import WebhookClient

from ui.channels.base import NotSent
from ui.channels.content import Content
from ui.channels.slack.blocks import draft_blocks, escaped, messages, rich, section, summary, text
from ui.channels.slack.calling import hook, refusal, too_fast
from ui.channels.slack.incoming import Place

_TO_A_COMMAND = 5
"""Messages that a command can be replied with."""
_CUT = "回答很长，其余的放不下了。请在频道里 @ 我再问一次。"
WORKING = "正在查政策文件…"
_QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False}
# What Markdown would take for markup stands escaped; < and >, of which mentions are made, by their wide twins.
_DRAFTED = {ord(char): f"\\{char}" for char in "\\`*_~[]()#!|:"} | {ord("<"): "＜", ord(">"): "＞", ord("\n"): "  \n"}
_log = logging.getLogger(__name__)


class ThreadReply:
    """The reply to a message, in its thread."""

    def __init__(self, place: Place, *, sure: WebClient, drafts: WebClient) -> None:
        """`sure` tries again and again, `drafts` doesn't."""
        self._place, self._sure, self._drafts = place, sure, drafts
        self._stream: ChatStream | None = None
        self._streamed = ""
        self._streams = True
        self._ts: str | None = None
        self._quiet_until = 0.0

    def draft(self, text: str) -> None:
        if time.monotonic() < self._quiet_until:
            return
        try:
            self._show(text)
        except SlackApiError as error:
            self._quiet_until = time.monotonic() + too_fast(error)
            raise

    def finish(self, content: Content) -> None:
        if self._stream is not None:
            self._stop_stream()
        try:
            try:
                self._send(content)
            except SlackApiError as error:
                if content.table is None or error.response.get("error") != "invalid_blocks":
                    raise
                self._send(replace(content, table=None))  # a Slack that has no tables yet
        except (SlackApiError, OSError) as error:
            raise NotSent(f"回答没有送到 Slack：{refusal(error)}。") from error

    def _send(self, content: Content) -> None:
        first, *rest = messages(content)
        self._take_the_place(first, summary(content))
        for blocks in rest:
            self._sure.chat_postMessage(**self._where(), blocks=blocks, text=summary(content), **_QUIET)

    def _take_the_place(self, blocks: list[dict[str, Any]], text: str) -> None:
        """Put the answer where the draft stands; where that can't be, behind it."""
        try:
            self._post_or_update(self._sure, blocks, text)
        except SlackApiError as error:
            if self._ts is None:
                raise
            # Somebody deleted the draft, or it can't be changed any more.
            _log.warning("slack: the draft was not replaced: %s", error.response.get("error"))
            self._ts = None
            self._post_or_update(self._sure, blocks, text)

    def _show(self, text: str) -> None:
        if not text:
            self._say_working()
        elif self._streams and text.startswith(self._streamed):
            self._append(text)
        elif self._stream is None:  # what is already streamed can't be taken back before the end
            self._post_or_update(self._drafts, draft_blocks(text), escaped(text[:200]))

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
            if self._stream is None and not too_fast(error):
                # A workspace or a client library of old: from now on post and update.
                _log.info("slack: no streaming here: %s", error.response.get("error"))
                self._streams = False
                self._show(text)
                return
            if self._stream is not None:
                self._streamed = text  # the stream holds back what wasn't taken, and sends it with what comes next
            raise
        self._stream, self._streamed, self._ts = stream, text, stream.ts

    def _stop_stream(self) -> None:
        try:  # not by the stream, which would give up at the first fault: what is streamed still can't be replaced
            self._sure.chat_stopStream(channel=self._place.channel, ts=str(self._ts))
        except Exception as error:  # noqa: BLE001 - Slack ends streams by itself after a while; the answer comes anyway
            _log.info("slack: the stream was not ended: %s", error)

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
        self._hook = hook(url)

    def draft(self, text: str) -> None:
        """The command's acknowledgement has said that we are working."""

    def finish(self, content: Content) -> None:
        try:
            self._send(content)
        except NotSent:
            if content.table is None:
                raise
            self._send(replace(content, table=None))  # a Slack that has no tables yet

    def _send(self, content: Content) -> None:
        made = messages(content)
        if len(made) > _TO_A_COMMAND:
            made = [*made[: _TO_A_COMMAND - 1], [rich(section(text(_CUT)))]]
        for blocks in made:
            say_privately(self._hook, summary(content), blocks)


def say_privately(to: WebhookClient, text: str, blocks: list[dict[str, Any]] | None = None) -> None:
    """A message that only one person sees. Raises NotSent."""
    told = to.send(text=text, blocks=blocks, response_type="ephemeral", replace_original=False)
    if told.status_code != 200:
        raise NotSent(f"回答没有送到 Slack：response_url 的回答是 {told.status_code}。")
