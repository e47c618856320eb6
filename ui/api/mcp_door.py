"""/mcp: the tools of `ui.mcp_server` over streamable HTTP, where their package is installed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from ui.api.house import House
from ui.backend import Local
from ui.errors import CannotServe
from ui.mcp_server import tools

T = TypeVar("T")
PATH = "/mcp"


class McpDoor:
    """An ASGI application that answers while its `open` lasts; to be put behind the gate."""

    def __init__(self, house: House) -> None:
        """Raises CannotServe where the package is missing."""

        async def run(work: Callable[[], T]) -> T:
            def once() -> Iterator[T]:
                yield work()

            return await house.workers.last(once)

        server = tools(Local(house.settings), run, url=house.settings.url)
        # Host and Origin are checked for the whole server; no sessions, so that a restart cuts nobody off.
        self._app = server.streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, json_response=True, host="0.0.0.0"
        )
        self._sessions = server.session_manager

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """What must be running while requests come."""
        async with self._sessions.run():
            yield


def mcp_door(house: House) -> McpDoor | None:
    """The door; None where the package isn't installed."""
    try:
        return McpDoor(house)
    except CannotServe:
        return None
