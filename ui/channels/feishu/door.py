"""How 飞书's events come in: over HTTP at /feishu/events, or through a long connection that we open."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import lark_oapi.ws.client as connecting
from lark_oapi import LogLevel
from lark_oapi.core.model import RawRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.settings import Settings
from ui.channels.body import read_body
from ui.channels.feishu.app import Feishu

PATH = "/feishu/events"
_PAUSE = 30.0
"""Seconds before the connection is tried again where 飞书 refuses it."""
_log = logging.getLogger(__name__)


def route(feishu: Feishu, settings: Settings) -> Route:
    """The route that takes events and buttons, all of them encrypted and signed with the app's Encrypt Key."""
    assert settings.feishu_encrypt_key is not None
    key = settings.feishu_encrypt_key.get_secret_value().encode()
    threads = ThreadPoolExecutor(4, thread_name_prefix="feishu-door")

    async def events(request: Request) -> Response:
        body = await read_body(request)
        if isinstance(body, Response):
            return body
        sent = _encrypted(body)
        if sent is None:
            return PlainTextResponse("unreadable body", 400)
        # When the address is set up, 飞书 asks once, unsigned; the dispatcher answers that only with the right token.
        signed = request.headers.get("x-lark-signature")
        if signed is not None and not hmac.compare_digest(_signature(request, key, body).encode(), signed.encode()):
            return PlainTextResponse("invalid signature", 401)
        made = RawRequest()
        made.uri, made.body = PATH, body.encode()
        made.headers = {name.title(): value for name, value in request.headers.items()}
        answer = await asyncio.get_running_loop().run_in_executor(threads, feishu.dispatcher.do, made)
        if answer.status_code == 200:
            return Response(answer.content, media_type="application/json")
        told = (answer.content or b"").decode()
        _log.info("feishu: an event was refused: %s", told)
        if "busy" in told:
            return PlainTextResponse("busy", 503, headers={"retry-after": "60"})
        if "signature" in told or "token" in told or signed is None:
            return PlainTextResponse("invalid signature", 401)
        return PlainTextResponse("unreadable event", 400)

    return Route(PATH, events, methods=["POST"])


def _encrypted(body: str) -> str | None:
    """What is encrypted in the body, None where it isn't what 飞书 sends to an app with an Encrypt Key."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    text = sent.get("encrypt") if isinstance(sent, dict) else None
    return text if isinstance(text, str) else None


def _signature(request: Request, key: bytes, body: str) -> str:
    stamp, nonce = (request.headers.get(f"x-lark-request-{name}", "") for name in ("timestamp", "nonce"))
    return sha256(stamp.encode() + nonce.encode() + key + body.encode()).hexdigest()


class LongConnection:
    """The connection of 飞书's long connection mode, kept up in the background by a loop of its own."""

    def __init__(self, feishu: Feishu, settings: Settings) -> None:
        self._feishu, self._settings = feishu, settings
        self._loop = asyncio.new_event_loop()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_up, name="feishu-connection", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=3)

    def _keep_up(self) -> None:
        asyncio.set_event_loop(self._loop)
        connecting.loop = self._loop  # lark-oapi runs on the loop of whoever imported it, here the server's
        assert self._settings.feishu_app_secret is not None
        while not self._stopped.is_set():
            try:
                connecting.Client(
                    str(self._settings.feishu_app_id),
                    self._settings.feishu_app_secret.get_secret_value(),
                    log_level=LogLevel.CRITICAL,
                    event_handler=self._feishu.dispatcher,
                    domain=self._settings.feishu_domain.rstrip("/"),
                ).start()
            except Exception as error:  # noqa: BLE001 - wrong secrets, no network: told, and tried again
                if not self._stopped.is_set():
                    _log.warning("飞书的长连接没有连上（%s），稍后再试。", error)
                    self._stopped.wait(_PAUSE)
        self._end()

    def _end(self) -> None:
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.wait(tasks, timeout=1) if tasks else asyncio.sleep(0))
        self._loop.close()
