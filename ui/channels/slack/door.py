"""How Slack's requests come in: over HTTP at /slack/events, or through the connection of Socket Mode."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

from slack_bolt import BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.settings import Settings
from ui.channels.body import read_body
from ui.channels.slack.app import Slack
from vectorstore.trouble import in_words

PATH = "/slack/events"
_PAUSES = (5, 15, 60)
"""Seconds before Socket Mode is tried again, where Slack can't be reached."""
_LOOKS = 5.0
"""Seconds between two looks whether the connection still stands."""
_log = logging.getLogger(__name__)


def route(slack: Slack, secret: str) -> Route:
    """The route that takes events, commands and buttons, all of them signed with `secret`."""
    verifier = SignatureVerifier(secret)
    # Of its own, so that Slack is answered in time however busy the others are.
    threads = ThreadPoolExecutor(4, thread_name_prefix="slack-door")

    async def events(request: Request) -> Response:
        body = await read_body(request)
        if isinstance(body, Response):
            return body
        stamp, signature = (request.headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12 and signature.isascii()):
            return PlainTextResponse("invalid signature", 401)
        if not verifier.is_valid(body, stamp, signature):
            return PlainTextResponse("invalid signature", 401)
        if not _readable(body, request.headers.get("content-type", "")):
            return PlainTextResponse("unreadable body", 400)
        made = BoltRequest(body=body, query=dict(request.query_params), headers=dict(request.headers))
        response = await asyncio.get_running_loop().run_in_executor(threads, slack.app.dispatch, made)
        # An event nobody listens to is no fault of Slack's, which would send it again and in the end stop sending.
        return PlainTextResponse("") if response.status == 404 else to_starlette_response(response)

    return Route(PATH, events, methods=["POST"])


def _readable(body: str, kind: str) -> bool:
    """Whether it is one of the two forms that Slack sends: a JSON object, or a form whose payload is one."""
    try:
        if kind.startswith("application/json") or body.startswith("{"):
            sent = json.loads(body)
            wrapped = isinstance(sent, dict) and sent.get("type") == "event_callback"
            return isinstance(sent["event"], dict) if wrapped else isinstance(sent, dict)
        form = parse_qs(body, strict_parsing=True)
        return isinstance(json.loads(form["payload"][0]), dict) if "payload" in form else "command" in form
    except (ValueError, KeyError, RecursionError):
        return False


class SocketMode:
    """The connection of Socket Mode, kept up in the background; where Slack can't be reached it is tried again."""

    def __init__(self, slack: Slack, settings: Settings) -> None:
        assert settings.slack_app_token is not None
        token = settings.slack_app_token.get_secret_value()
        self._handler = SocketModeHandler(slack.app, token, ping_interval=_LOOKS)
        self._stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._connect, name="slack-socket", daemon=True).start()

    def close(self) -> None:
        self._stopped.set()
        self._handler.close()  # type: ignore[no-untyped-call]

    def _connect(self) -> None:
        tries = 0
        while not self._stopped.is_set():
            try:
                self._handler.connect()  # type: ignore[no-untyped-call]
            except Exception as error:  # noqa: BLE001 - wrong token, no network, a proxy: told, and tried again
                _log.warning("Slack 的 Socket Mode 没有连上（%s），稍后再试。", _reason(error))
                self._stopped.wait(_PAUSES[min(tries, len(_PAUSES) - 1)])
                self._handler.client.wss_uri = None  # each address is good for one try, and soon for none
                tries += 1
            else:
                return


def _reason(error: Any) -> str:
    """What went wrong, without the token that some errors carry."""
    response = getattr(error, "response", None)
    if response is not None:
        return str(response.get("error"))
    reason = getattr(error, "reason", None) or error
    return in_words(reason) if isinstance(reason, OSError) else type(error).__name__
