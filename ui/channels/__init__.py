"""Where a team asks: Slack and 飞书, as far as the settings name them.

with open_channels(settings) as channels:   # raises CannotServe where a setting is missing that another needs
    channels.routes                         # for the ASGI application
    channels.start()                        # the connections that are kept up, once the server listens
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING

from ui.errors import CannotServe

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.settings import Settings

_PATIENCE = 4.0
"""Seconds that the channels get to be closed."""
_log = logging.getLogger(__name__)


@dataclass
class Channels:
    """The channels of one server; a context manager that closes them."""

    routes: list[BaseRoute] = field(default_factory=list)
    starting: list[Callable[[], None]] = field(default_factory=list)
    closing: list[Callable[[], None]] = field(default_factory=list)

    def start(self) -> None:
        """Begin to keep up the connections; returns at once."""
        for start in self.starting:
            start()

    def __enter__(self) -> Channels:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """All at once and in bounded time, for some wait for what a network may never send."""
        threads = [threading.Thread(target=_closed, args=(close,), daemon=True) for close in self.closing]
        for thread in threads:
            thread.start()
        until = time.monotonic() + _PATIENCE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))


def _closed(close: Callable[[], None]) -> None:
    try:
        close()
    except Exception:  # noqa: BLE001 - one that can't be closed must not keep the others open
        _log.exception("a channel was not closed")


def open_channels(settings: Settings) -> Channels:
    """The channels that the settings name, nothing connected yet. Raises CannotServe."""
    channels = Channels()
    if settings.slack_bot_token or settings.slack_signing_secret or settings.slack_app_token:
        _open_slack(settings, channels)
    if settings.feishu_app_id or settings.feishu_app_secret:
        _open_feishu(settings, channels)
    return channels


def _open_slack(settings: Settings, channels: Channels) -> None:
    if not settings.slack_bot_token:
        raise CannotServe("用 Slack 还需要设 ZHENGWEN_SLACK_BOT_TOKEN（机器人令牌，以 xoxb- 开头）。见 docs/slack.md。")
    if not settings.slack_signing_secret and not settings.slack_app_token:
        raise CannotServe(
            "用 Slack 还需要设 ZHENGWEN_SLACK_APP_TOKEN（Socket Mode，不需要公网地址）"
            "或 ZHENGWEN_SLACK_SIGNING_SECRET（Slack 通过公网访问 /slack/events）。见 docs/slack.md。"
        )
    for setting, token, prefix in (
        ("BOT_TOKEN", settings.slack_bot_token, "xoxb-"),
        ("APP_TOKEN", settings.slack_app_token, "xapp-"),
    ):
        if token and not token.get_secret_value().startswith(prefix):
            raise CannotServe(f"ZHENGWEN_SLACK_{setting} 不对：它应以 {prefix} 开头。见 docs/slack.md 第一步。")
    from ui.channels.slack.app import Slack
    from ui.channels.slack.door import SocketMode, route

    slack = Slack(settings)
    channels.starting.append(slack.check)
    if settings.slack_signing_secret:
        channels.routes.append(route(slack, settings.slack_signing_secret.get_secret_value()))
    if settings.slack_app_token:
        socket = SocketMode(slack, settings)
        channels.starting.append(socket.start)
        channels.closing.append(socket.close)
    channels.closing.append(slack.answering.close)


def _open_feishu(settings: Settings, channels: Channels) -> None:
    if not settings.feishu_app_id or not settings.feishu_app_secret:
        missing = "APP_ID" if not settings.feishu_app_id else "APP_SECRET"
        raise CannotServe(
            f"用飞书还需要设 ZHENGWEN_FEISHU_{missing}，在飞书开放平台的应用凭证页里。见 docs/feishu.md。"
        )
    if settings.feishu_encrypt_key and not settings.feishu_token:
        raise CannotServe(
            "设了 ZHENGWEN_FEISHU_ENCRYPT_KEY，还需要设 ZHENGWEN_FEISHU_TOKEN（Verification Token），"
            "两者都在飞书开放平台的“加密策略”页里。见 docs/feishu.md。"
        )
    try:
        from ui.channels.feishu.app import Feishu
        from ui.channels.feishu.door import LongConnection, route
    except ModuleNotFoundError as error:
        raise CannotServe("用飞书还需要安装 lark-oapi。请运行 pip install 'zhengwen[feishu]'") from error

    feishu = Feishu(settings)
    if settings.feishu_encrypt_key:
        channels.routes.append(route(feishu, settings))
    else:
        connection = LongConnection(feishu, settings)
        channels.starting.append(connection.start)
        channels.closing.append(connection.close)
    channels.closing.append(feishu.answering.close)
