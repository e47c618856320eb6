"""Who may come in: a key for every route behind the gate once there are keys, and no more requests than agreed."""

from __future__ import annotations

import base64
import binascii
import math
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers

from bot.conversations import LOCAL
from bot.errors import StateUnavailable
from ui.api.errors import Refused, refusal
from ui.api.keys import Keys, Scope
from ui.api.limits import Rate

CALLER = "zhengwen.caller"
"""Where the scope of a request behind the gate has its Caller."""
_NO_KEY = "需要密钥。请在请求头里写 Authorization: Bearer <密钥>；密钥由管理员用 zhengwen keys create 发给。"
_WRONG_KEY = "密钥不对、已被吊销或已过期。请向管理员要一个新的（zhengwen keys create）。"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request: the holder of a key, or whoever can reach a server that needs none."""

    id: str
    scope: Scope

    @property
    def owner(self) -> str:
        """Whose conversations and verdicts these are."""
        return LOCAL if self.id == LOCAL else f"key-{self.id}"


class Gate:
    """ASGI middleware around everything that needs a key."""

    def __init__(self, app: Any, *, keys: Keys, rate: Rate, closed: bool = False) -> None:
        """Where `closed`, a key is needed even if none was ever made."""
        self._app, self._keys, self._rate = app, keys, rate
        self._closed = closed

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        try:
            scope[CALLER] = self._admitted(scope)
        except Refused as refused:
            await refusal(refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _admitted(self, scope: Any) -> Caller:
        headers = Headers(scope=scope)
        address = scope["client"][0] if scope.get("client") else ""
        try:
            # Not in a thread: SQLite's readers wait for nobody, and a hop costs more than the look.
            caller = self._caller(headers, own=_is_own(address))
        except StateUnavailable as error:  # not knowing the keys is no reason to let anybody in
            raise Refused(503, "unavailable", "现在无法核对密钥。请稍后再试。", headers={"Retry-After": "5"}) from error
        if caller.id != LOCAL:
            self._count(f"key {caller.id}")
        elif not _is_own(address):
            self._count(f"address {address}")
        return caller

    def _caller(self, headers: Headers, *, own: bool) -> Caller:
        if not self._closed and not self._keys.any():
            # Who comes through a proxy may ask; to change the library takes a key.
            return Caller(LOCAL, "admin" if own else "ask")
        self._closed = True  # and stays so in this process, whatever befalls the file that holds the keys
        text = _sent(headers)
        if text is None:
            raise _unauthorised(headers, "missing_api_key", _NO_KEY)
        key = self._keys.check(text)
        if key is None:
            raise _unauthorised(headers, "invalid_api_key", _WRONG_KEY)
        return Caller(key.id, key.scope)

    def _count(self, caller: str) -> None:
        seconds = self._rate.wait(caller)
        if seconds:
            message = "请求太频繁。请稍后再试，或请管理员调高 ZHENGWEN_RATE。"
            raise Refused(429, "rate_limit_exceeded", message, headers={"Retry-After": str(math.ceil(seconds))})


def caller_of(scope: Any) -> Caller:
    """The caller of a request that came through the gate."""
    caller: Caller = scope[CALLER]
    return caller


def _is_own(address: str) -> bool:
    """Whether a request comes from this machine, and through no proxy that says for whom it asks."""
    return address.startswith("127.") or address == "::1"


def _sent(headers: Headers) -> str | None:
    """The key in a request: as a bearer token, or as the password of basic authentication, which browsers ask for."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip() or None
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2] or None
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None


def _unauthorised(headers: Headers, code: str, message: str) -> Refused:
    asks = 'Basic realm="zhengwen", charset="UTF-8"' if "text/html" in headers.get("accept", "") else "Bearer"
    return Refused(401, code, message, headers={"WWW-Authenticate": asks})
