"""Reads the body of a request that anybody could have sent: not too large, not too slow, and text."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

LARGEST = 1_000_000
"""Bytes."""
SLOWEST = 10.0
"""Seconds."""


async def read_body(request: Request) -> str | Response:
    """The body as text, or the refusal of one that is too large, too slow or no text."""
    parts = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            async for part in request.stream():
                parts += part
                if len(parts) > LARGEST:
                    return PlainTextResponse("body too large", 413)
        return parts.decode()
    except (TimeoutError, ClientDisconnect):
        return PlainTextResponse("body too slow", 408)
    except UnicodeDecodeError:
        return PlainTextResponse("unreadable body", 400)
