"""Server-Sent Events, and letting go of work whose client has left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import StreamingResponse

from ui.api.errors import encoded

T = TypeVar("T")
_TEXT = {"type": "string"}
EVENTS: dict[str, Any] = {
    "text/event-stream": {"schema": {"type": "object", "properties": {"event": _TEXT, "data": _TEXT}}}
}
"""What OpenAPI says of such a response: its schema is that of one event."""
STILL_HERE = b": \n\n"
"""A comment, which clients pass over and proxies take for life."""


class ClientLeft(Exception):
    """Nobody is there any more to be answered."""


def event(data: Any, *, name: str | None = None) -> bytes:
    """One event; `data` is sent as JSON, or as it stands where it is bytes."""
    body = data if isinstance(data, bytes) else encoded(data)
    return (b"event: " + name.encode() + b"\n" if name else b"") + b"data: " + body + b"\n\n"


def event_stream(events: AsyncGenerator[bytes, None]) -> StreamingResponse:
    """The response that sends them; closed when the client leaves."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; it is cancelled, and ClientLeft raised, when the client leaves before."""
    task = asyncio.ensure_future(work)
    left = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((task, left), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ClientLeft
    finally:
        left.cancel()
        task.cancel()
        await asyncio.gather(task, left, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
