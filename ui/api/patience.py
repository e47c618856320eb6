"""Doesn't wait for ever for the body of a request."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from starlette.exceptions import HTTPException

_PAUSE = 15.0
"""Seconds in which something must come."""
_WHOLE = 300.0
"""Seconds until all of it must be there."""


class Patience:
    """ASGI middleware: a body that comes too slowly is given up with 408."""

    def __init__(self, app: Any, *, pause: float = _PAUSE, whole: float = _WHOLE) -> None:
        self._app, self._pause, self._whole = app, pause, whole

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = time.monotonic() + self._whole
        complete = False

        async def hurried() -> Any:
            nonlocal complete
            if complete:  # what comes now is that the client leaves, and for that there is no hurry
                return await receive()
            try:
                async with asyncio.timeout(min(self._pause, limit - time.monotonic())):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, headers={"Connection": "close"}) from error
            complete = not message.get("more_body", False)
            return message

        await self._app(scope, hurried, send)
