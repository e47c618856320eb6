"""The 飞书 app: which events it listens to, and what it does with them; it acknowledges first and works afterwards."""

from __future__ import annotations

import logging
from typing import Any

from lark_oapi import Client, EventDispatcherHandler, LogLevel
from lark_oapi.event.callback.model.p2_card_action_trigger import P2CardActionTriggerResponse

from bot.settings import Settings
from ui.channels.base import Answering, Ask, Message, Reply
from ui.channels.feishu.cards import USEFUL, USELESS, chosen
from ui.channels.feishu.incoming import from_event, owner_of
from ui.channels.feishu.replies import CardReply

_TIMEOUT = 10
"""Seconds one call of the open platform may take."""
logging.getLogger("Lark").setLevel(logging.CRITICAL)  # it prints what it is sent; we log what matters


class Busy(Exception):
    """Too many messages wait; 飞书 delivers again what fails."""

    def __init__(self) -> None:
        super().__init__("busy")


class Feishu:
    """The channel, and the dispatcher of its events; usable from any thread."""

    name = "feishu"

    def __init__(self, settings: Settings, *, ask: Ask | None = None) -> None:
        """For `ask` see `Answering`."""
        assert settings.feishu_app_secret is not None
        self.answering = Answering(settings, self, ask=ask)
        key, token = (
            secret.get_secret_value() if secret else ""
            for secret in (settings.feishu_encrypt_key, settings.feishu_token)
        )
        self._client = (
            Client.builder()
            .app_id(str(settings.feishu_app_id))
            .app_secret(settings.feishu_app_secret.get_secret_value())
            .domain(settings.feishu_domain.rstrip("/"))
            .timeout(_TIMEOUT)
            .log_level(LogLevel.CRITICAL)
            .build()
        )
        self.dispatcher = (
            EventDispatcherHandler.builder(key, token)
            .register_p2_im_message_receive_v1(self._received)
            .register_p2_card_action_trigger(self._pressed)
            .build()
        )

    def reply(self, message: Message) -> Reply:
        return CardReply(self._client, message.place)

    def _received(self, data: Any) -> None:
        message = from_event(data)
        if message is not None and not self.answering.take(message):
            raise Busy

    def _pressed(self, data: Any) -> P2CardActionTriggerResponse:
        """Keep a verdict; what is given back pops up beside the card."""
        event = data.event
        value = (event.action.value if event and event.action else None) or {}
        operator = event.operator if event else None
        turn, verdict, reason = str(value.get("turn")), value.get("verdict"), ""
        if verdict not in (USEFUL, USELESS) or operator is None:
            return _toast("这个按钮已经失效。")
        if event.action.option:
            try:
                turn, reason = chosen(event.action.option)
            except ValueError:
                return _toast("这个选项已经失效。")
        user = f"feishu:{operator.open_id}"
        return _toast(
            self.answering.judge(verdict, turn, owner=owner_of(operator.tenant_key), user=user, reason=reason)
        )


def _toast(text: str) -> P2CardActionTriggerResponse:
    return P2CardActionTriggerResponse({"toast": {"type": "info", "content": text}})
