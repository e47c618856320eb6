"""The Slack app: which events it listens to, and what it does with them; it acknowledges first and works afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.feedback import Verdict
from bot.settings import Settings
from ui.channels.base import Answering, Ask, Message, Reply
from ui.channels.slack.blocks import REASON, USEFUL, USELESS, chosen, suggested
from ui.channels.slack.calling import client, hook, refusal
from ui.channels.slack.incoming import from_command, from_event, owner_of
from ui.channels.slack.replies import WORKING, CommandReply, ThreadReply, say_privately
from ui.desk import LibraryDesk

COMMAND = "/policy"
HELP = "用法：/policy 问题，例如 /policy 什么是专利银行。回答只有您看得到；想让大家都看到，请在频道里 @ 我。"
BUSY = "现在提问的人太多，请过一会儿再试。"
PROMPTS = "可以这样问"
_log = logging.getLogger(__name__)
_quiet = logging.getLogger("zhengwen.slack")
_quiet.setLevel(logging.ERROR)  # bolt warns of every event nobody listens to


class Slack:
    """The channel, and the bolt app around it; usable from any thread."""

    name = "slack"

    def __init__(self, settings: Settings, *, ask: Ask | None = None) -> None:
        """For `ask` see `Answering`."""
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
        self.answering = Answering(settings, self, ask=ask)
        self._desk = LibraryDesk(settings)
        self._sure = client(token, settings.slack_api, retrying=True)
        self._drafts = client(token, settings.slack_api, retrying=False)
        self.app = App(
            name="zhengwen",
            # Not bolt's own, which asks Slack who we are before it acknowledges.
            authorize=lambda enterprise_id, team_id: AuthorizeResult(
                enterprise_id=enterprise_id, team_id=team_id, bot_token=token
            ),
            signing_secret=secret or "none",
            request_verification_enabled=bool(secret),
            client=WebClient(base_url=self._sure.base_url),
            logger=_quiet,
        )
        self._listen()

    def reply(self, message: Message) -> Reply:
        place = message.place
        return CommandReply(place.url) if place.url else ThreadReply(place, sure=self._sure, drafts=self._drafts)

    def check(self) -> None:
        """Ask Slack, in the background, whether it knows our token, and say so; a wrong one shows up nowhere else."""
        self.answering.run(self._check)

    def _check(self) -> None:
        try:
            known = self._drafts.auth_test()
        except (SlackApiError, OSError) as error:
            _log.warning("Slack：%s。", refusal(error))
        else:
            _log.info("Slack：%s（%s）", known.get("team"), known.get("user"))

    def _listen(self) -> None:
        self.app.event("app_mention", middleware=[self._with_room])(self._ask)
        self.app.event("message", middleware=[self._with_room])(self._ask)
        self.app.event("assistant_thread_started")(self._suggest)
        self.app.event("app_home_opened")(self._suggest)
        self.app.command(COMMAND)(self._command)
        self.app.action(USEFUL)(lambda ack, body: self._judge(ack, body, "useful"))
        self.app.action(USELESS)(lambda ack, body: self._judge(ack, body, "useless"))
        self.app.action(REASON)(self._judge_with_reason)

    def _with_room(self, body: dict[str, Any], next: Callable[[], None]) -> BoltResponse | None:
        """Takes the message before Slack is told that it came; what finds no room Slack delivers again."""
        message = from_event(body)
        if message is not None and not self.answering.take(message):
            return BoltResponse(status=503, body="", headers={"retry-after": "60"})
        next()
        return None

    def _ask(self) -> None:
        """All is done by then; bolt wants a listener."""

    def _command(self, ack: Ack, body: dict[str, Any]) -> None:
        message = from_command(body)
        if not message.text or message.text in ("help", "帮助"):
            ack(HELP)
        elif self.answering.take(message):
            ack(WORKING)
        else:
            ack(BUSY)

    def _suggest(self, body: dict[str, Any], client: WebClient) -> None:
        event = body["event"]
        thread = event.get("assistant_thread") or {}
        channel = thread.get("channel_id") or event.get("channel")
        if event["type"] == "app_home_opened" and event.get("tab") != "messages":
            return
        self.answering.run(lambda: self._prompt(channel, thread.get("thread_ts")))

    def _prompt(self, channel: str, thread: str | None) -> None:
        prompts = suggested(self._desk.examples())
        if prompts:
            self._sure.assistant_threads_setSuggestedPrompts(
                channel_id=channel, thread_ts=thread, title=PROMPTS, prompts=prompts
            )

    def _judge_with_reason(self, ack: Ack, body: dict[str, Any]) -> None:
        try:
            turn, reason = chosen(str(body["actions"][0]["selected_option"]["value"]))
        except (ValueError, LookupError, TypeError):
            ack()
            return
        self._judge(ack, body, "useless", turn=turn, reason=reason)

    def _judge(
        self, ack: Ack, body: dict[str, Any], verdict: Verdict, *, turn: str | None = None, reason: str = ""
    ) -> None:
        ack()
        team, user = str((body.get("team") or {}).get("id")), str((body.get("user") or {}).get("id"))
        named = turn or str(body["actions"][0].get("value"))

        def keep() -> None:
            told = self.answering.judge(
                verdict, named, owner=owner_of(team), user=f"slack:{team}:{user}", reason=reason
            )
            if body.get("response_url"):
                say_privately(hook(str(body["response_url"])), told)

        self.answering.run(keep)
