"""What keeps other web sites out: checks of Host and Origin, and the headers that tell a browser what it may do."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from ui.api.errors import Refused, refusal

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::\d{1,5})?")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The content policy of what is no page: nothing is loaded, run or framed."""


class Fence:
    """ASGI middleware around the whole server."""

    def __init__(self, app: Any, *, hosts: Collection[str] | None, policy: str) -> None:
        """`hosts` are the names a request may use for this server, None for any; `policy` is the page's.

        On a loopback address only this machine's browsers come, but a foreign site can let its own name resolve to
        127.0.0.1 and so read whatever answers there (DNS rebinding); its name in Host gives it away.
        """
        self._app, self._policy = app, policy.encode()
        self._hosts = None if hosts is None else frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def guarded(message: Any) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                # Of what the browser has kept (304) the kind isn't said, and it keeps the policy it was given with it.
                kept = message["status"] == 304
                message = {**message, "headers": self._with_headers(message.get("headers", ()), kept=kept)}
            await send(message)

        refused = self._refused(scope)
        if refused is None:
            await self._app(scope, receive, guarded)
        elif scope["type"] == "http":
            await refusal(refused)(scope, receive, guarded)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "host"})

    def _refused(self, scope: Any) -> Refused | None:
        headers = Headers(scope=scope)
        host = _HOST.fullmatch(headers.get("host", ""))
        name = host[1].lower() if host else ""
        if self._hosts is not None and name not in self._hosts:
            return Refused(
                421, "wrong_host", "这个服务只能用 localhost 访问。要用别的域名，请管理员设 ZHENGWEN_HOSTS。"
            )
        origin = headers.get("origin")
        if origin is None or (scope["type"] == "http" and scope["method"] in _SAFE):
            return None
        # A browser says which page sends a form or script; only our own may change or ask anything.
        own = urlsplit(origin)
        if own.netloc and own.netloc.lower() == headers.get("host", "").lower():
            return None
        if self._hosts is not None and own.hostname in self._hosts - LOOPBACK:  # a proxy may put its own name in Host
            return None
        return Refused(403, "cross_origin", "不接受来自其他网站的请求。")

    def _with_headers(self, sent: Any, *, kept: bool) -> list[tuple[bytes, bytes]]:
        headers = [*sent]
        names = {name.lower() for name, _ in headers}
        kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
        headers += [(name, value) for name, value in _HEADERS.items() if name not in names]
        if b"content-security-policy" not in names and not kept:
            headers.append((b"content-security-policy", self._policy if b"html" in kind else NOTHING.encode()))
        return headers
