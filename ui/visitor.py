"""Tells one visitor's browser from another's: a random cookie that scripts can't read, and the owner it stands for."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

COOKIE: Final = "zhengwen_visitor"
_AGE: Final = 365 * 24 * 3600
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32,64}")


class VisitorCookie:
    """ASGI middleware: gives the cookie to a browser that opens a page without one."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not _opens_page(scope) or _token(cookies_of(scope)):
            await self._app(scope, receive, send)
            return

        async def with_cookie(message: Any) -> None:
            if message["type"] == "http.response.start":
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                value = f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_AGE}; HttpOnly; SameSite=Lax{secure}"
                message = {**message, "headers": [*message.get("headers", ()), (b"set-cookie", value.encode())]}
            await send(message)

        await self._app(scope, receive, with_cookie)


def owner_of(cookies: Mapping[str, str], *, user: str | None = None) -> str | None:
    """The owner of conversations: the account where somebody is signed in, else the browser; None for neither.

    The cookie itself is a secret and is kept nowhere; an owner can't be turned back into it.
    """
    if user:
        return f"user-{sha256(user.encode()).hexdigest()[:32]}"
    token = _token(cookies)
    return f"visitor-{sha256(token.encode()).hexdigest()[:32]}" if token else None


def cookies_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The cookies of an ASGI request."""
    found: dict[str, str] = {}
    for name, value in scope.get("headers", ()):
        if name == b"cookie":
            for part in value.decode("latin-1").split(";"):
                key, _, content = part.strip().partition("=")
                found[key] = content
    return found


def _token(cookies: Mapping[str, str]) -> str | None:
    value = cookies.get(COOKIE, "")
    return value if _TOKEN.fullmatch(value) else None


def _opens_page(scope: Mapping[str, Any]) -> bool:
    """Whether a browser asks for something to show; the answer may be that it has the page already."""
    wanted = (value for name, value in scope["headers"] if name == b"accept")
    return scope["method"] == "GET" and any(b"text/html" in value for value in wanted)
