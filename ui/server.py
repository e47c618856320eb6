"""`zhengwen serve`: one uvicorn process with the chat page, on this machine only unless told otherwise."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import logging
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import desk
from ui.console import Painted, note, say
from ui.errors import CannotServe

if TYPE_CHECKING:
    from bot.settings import Settings

_PAGE = Path(__file__).parent / "app.py"
_GRACE = 3
"""Seconds that open connections get to finish when the server is asked to stop."""

_FONTS = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
_LOOK: dict[str, Any] = {
    "theme.font": _FONTS,
    "theme.headingFont": _FONTS,
    "theme.light.primaryColor": "#1d5fa8",
    "theme.dark.primaryColor": "#6ba7e6",
}
_QUIET: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "logger.level": "warning",
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.runOnSave": False,
}


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve the page until SIGINT or SIGTERM; says the address once it answers. Raises CannotServe."""
    listening = listen(host, port)
    if not is_loopback(host):
        warning = f"注意：{host} 不只本机能访问，同一网络里的任何人都能打开页面、读到全部文件，且没有口令。"
        note(Painted(warning + "只给自己用请去掉 --host。", colour="yellow"))
    desk.use(desk.LibraryDesk(settings))
    with listening:
        _run(listening)
    note("已停止。")


def address(listening: socket.socket) -> str:
    """What to type into a browser on this machine."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def application() -> Any:
    """The ASGI application: the page, and /livez for whoever watches the process."""
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    from streamlit.starlette import App
    from streamlit.web import bootstrap

    async def livez(_: Any) -> PlainTextResponse:
        return PlainTextResponse("ok")

    bootstrap.load_config_options({**_LOOK, **_QUIET})
    return App(_PAGE, routes=[Route("/livez", livez)], on_script_error=_told)


def _run(listening: socket.socket) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        """Says where it listens, and ends quietly when asked to."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                say(f"政问已启动：{address(listening)}")
                note(Painted("按 Ctrl-C 停止。", dim=True))
                threading.Thread(target=_warm, daemon=True).start()

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            # uvicorn's own raises the signal again afterwards, which ends a proper stop with a traceback.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self.handle_exit)
            yield

    config = uvicorn.Config(
        application(),
        ws="websockets-sansio",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_GRACE,
    )
    Server(config).run(sockets=[listening])


def _warm() -> None:
    """Open the library and try its example questions before the first visitor does."""
    from bot.errors import BotError
    from vectorstore.errors import LibraryError

    try:
        desk.current().examples()
    except (LibraryError, BotError) as error:
        note(Painted(str(error), colour="yellow"))


def _told(error: Exception) -> bool:
    """A fault of the page itself: a sentence for the reader, the traceback for the log."""
    import streamlit as st

    from ui.render import notice_html

    logging.getLogger("zhengwen").error("the page failed", exc_info=error)
    st.html(notice_html("页面出了点问题。请刷新再试；若仍不行，请在终端运行 zhengwen doctor 检查。"))
    return True


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
        raise CannotServe(f"不能监听 {host}:{port}：{error.strerror}。请检查 --host 和 --port。") from error
    return listening


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
