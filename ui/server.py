"""`zhengwen serve`: one uvicorn process with the page and the API, on this machine only unless told otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

from ui import desk
from ui.channels import Channels, open_channels
from ui.console import Painted, note, say
from ui.errors import CannotServe
from ui.heaps import share_heaps
from ui.web import Reach, application
from vectorstore.trouble import in_words

if TYPE_CHECKING:
    from bot.settings import Settings

_CONNECTIONS = 1000
"""Connections open at once; more are told 503."""
_WITHIN = 8.5
"""Seconds after which a server that was asked to stop has ended, whatever still works in it."""
_WARM = 5.0
"""Seconds that the server warms up, at most, before it says where it is: until then all would be slow, to everybody."""
_GRACE = 3
"""Seconds that open connections get to finish when the server is asked to stop."""


def serve(settings: Settings, *, host: str, port: int, behind_proxy: bool = False) -> None:
    """Serve the page and the API until SIGINT or SIGTERM; says the address once it answers. Raises CannotServe.

    What others can reach needs keys, unless `behind_proxy` says that somebody else asks them who they are.
    """
    own = is_loopback(host)
    if not own and not behind_proxy:
        _check_keys(settings, host)
    listening = listen(host, port)
    share_heaps()
    desk.use(desk.LibraryDesk(settings, local=is_loopback(host)))
    with listening, open_channels(settings) as channels:
        stopping = _run(settings, listening, Reach(own=own, proxied=behind_proxy), channels)
    note("已停止。")
    stopping.end()


def _check_keys(settings: Settings, host: str) -> None:
    from ui.api.keys import Keys

    if not Keys(settings.home).any():
        raise CannotServe(
            f"{host} 不只本机能访问，而资料库还没有密钥，同一网络里的任何人都能读到全部文件。"
            "请先用 zhengwen keys create --scope ask 建一个密钥；只给自己用请去掉 --host；"
            "前面有自己的反向代理把守，请加 --behind-proxy。"
        )


def address(listening: socket.socket) -> str:
    """What to type into a browser on this machine."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


class Stopping:
    """The end of a server, in bounded time from when it was asked for; and the warming up that it waits for."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._since: float | None = None
        self.warming = threading.Thread(target=_warm, args=(self.asked,), daemon=True)

    def ask(self) -> None:
        """The server was asked to stop, now or before."""
        self._since = self._since or time.monotonic()
        self.asked.set()

    def end(self) -> None:
        """Wait for the warming up as long as there is time, and leave the process without it where it needs more: a
        thread that is cut off within the index's own code takes the process down with an abort."""
        if self.warming.ident:
            since = self._since or time.monotonic()
            self.warming.join(timeout=max(0.0, since + _WITHIN - time.monotonic()))
            if self.warming.is_alive():
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(0)


def _run(settings: Settings, listening: socket.socket, reach: Reach, channels: Channels) -> Stopping:
    import uvicorn

    from ui.heads import BoundedHead

    stopping = Stopping()

    class Server(uvicorn.Server):
        """Says where it listens once it is warm, and ends quietly when asked to."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                stopping.warming.start()
                await self._warmed()
                say(f"政问已启动：{address(listening)}")
                note(Painted("按 Ctrl-C 停止。", dim=True))
                channels.start()

        async def _warmed(self) -> None:
            limit = time.monotonic() + _WARM
            while stopping.warming.is_alive() and not self.should_exit and time.monotonic() < limit:
                await asyncio.sleep(0.02)

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            stopping.ask()
            super().handle_exit(sig, frame)

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            # uvicorn's own raises the signal again afterwards, which ends a proper stop with a traceback.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self.handle_exit)
            yield

    config = uvicorn.Config(
        application(settings, reach=reach, channels=channels.routes),
        http=BoundedHead,
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
    )
    Server(config).run(sockets=[listening])
    stopping.ask()
    return stopping


def _warm(ending: threading.Event) -> None:
    """Load what the page needs, open the library and try its example questions before the first visitor does."""
    from bot.errors import BotError
    from ui.page.warming import warm
    from vectorstore.errors import LibraryError

    warm()
    if ending.is_set():
        return
    try:
        desk.current().examples()
    except (LibraryError, BotError) as error:
        note(Painted(str(error), colour="yellow"))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything slow is loaded. Raises CannotServe."""
    if not 0 <= port <= 65535:
        raise CannotServe(f"没有 {port} 号端口。请用 --port 指定 1 到 65535 之间的数。")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CannotServe(f"找不到地址 {host}。请用 --host 指定本机的一个地址，如 127.0.0.1。") from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(512)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            free = port + 1 if port < 65535 else port - 1
            raise CannotServe(f"端口 {port} 已被占用。请换一个，如：zhengwen serve --port {free}") from error
        if error.errno == errno.EACCES:
            raise CannotServe(f"没有权限使用端口 {port}。请用 --port 换一个大于 1023 的。") from error
        raise CannotServe(f"不能监听 {host}:{port}：{in_words(error)}。请检查 --host 和 --port。") from error
    return listening


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
