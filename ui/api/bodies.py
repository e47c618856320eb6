"""Bounds on the body of a request: how large it may be and how long it may take to come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

from ui.api.errors import Refused, refusal

_PAUSE = 15.0
"""Seconds in which something must come."""
_WHOLE = 300.0
"""Seconds until all of it must be there."""


class Bodies:
    """ASGI middleware: one that is too large is refused with 413, one that comes too slowly given up with 408."""

    def __init__(
        self,
        app: Any,
        *,
        most: int,
        exceptions: Mapping[tuple[str, str], int],
        pause: float = _PAUSE,
        whole: float = _WHOLE,
    ) -> None:
        """`most` is in bytes; `exceptions` are methods and ends of paths that may have another number of them."""
        self._app, self._most, self._exceptions = app, most, dict(exceptions)
        self._pause, self._whole = pause, whole

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._limit(scope)
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not announced.isdigit() or int(announced) > most:
            told = Refused(
                413, "request_too_large", "请求正文太大。请减少内容后再试。", headers={"Connection": "close"}
            )
            await refusal(told)(scope, receive, send)
            return
        limit = time.monotonic() + self._whole
        complete, size = False, 0

        async def bounded() -> Any:
            nonlocal complete, size
            if complete:  # what comes now is that the client leaves, and for that there is no hurry
                return await receive()
            try:
                async with asyncio.timeout(min(self._pause, limit - time.monotonic())):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, headers={"Connection": "close"}) from error
            size += len(message.get("body", b""))
            if size > most:
                raise HTTPException(413, headers={"Connection": "close"})
            complete = not message.get("more_body", False)
            return message

        await self._app(scope, bounded, send)

    def _limit(self, scope: Any) -> int:
        for (method, end), most in self._exceptions.items():
            if scope["method"] == method and scope["path"].endswith(end):
                return most
        return self._most
