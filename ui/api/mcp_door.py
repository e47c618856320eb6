"""/mcp: the tools of `ui.mcp_server` over streamable HTTP, where their package is installed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from bot.errors import BotError
from ui.api.errors import Refused, refusal
from ui.api.house import House
from ui.backend import Local
from ui.errors import CannotServe
from ui.mcp_server import MISSING, tools

T = TypeVar("T")
PATH = "/mcp"
_LEFT: ContextVar[asyncio.Future[None]] = ContextVar("left")
"""Done when the client of this request has left; a tool's work ends then."""


class McpDoor:
    """An ASGI application that answers while its `open` lasts; to be put behind the gate."""

    def __init__(self, house: House) -> None:
        """Raises CannotServe where the package is missing."""

        async def run(work: Callable[[], T]) -> T:
            def once() -> Iterator[T]:
                yield work()

            asking = asyncio.ensure_future(house.workers.last(once))
            either: tuple[asyncio.Future[Any], ...] = (asking, _LEFT.get())
            try:
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
                if not asking.done():
                    raise BotError("提问的程序已经离开。")
                return asking.result()
            finally:
                asking.cancel()

        server = tools(Local(house.settings), run, url=house.settings.url)
        # Host and Origin are checked for the whole server; no sessions, so that a restart cuts nobody off.
        self._app = server.streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, json_response=True, host="0.0.0.0"
        )
        self._sessions = server.session_manager

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        read = asyncio.Event()

        async def reading() -> Any:
            message = await receive()
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                read.set()
            return message

        async def leaving() -> None:
            await read.wait()  # until then the application listens itself
            while (await receive())["type"] != "http.disconnect":
                pass

        left = asyncio.ensure_future(leaving())
        _LEFT.set(left)
        try:
            await self._app(scope, reading, send)
        finally:
            left.cancel()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """What must be running while requests come."""
        async with self._sessions.run():
            yield


async def absent(scope: Any, receive: Any, send: Any) -> None:
    """An ASGI application that stands where the door would be, and says what is missing."""
    await refusal(Refused(501, "mcp_not_installed", f"这台服务器{MISSING}"))(scope, receive, send)


def mcp_door(house: House) -> McpDoor | None:
    """The door; None where the package isn't installed."""
    try:
        return McpDoor(house)
    except CannotServe:
        return None
