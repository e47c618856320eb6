"""The one ASGI application of `zhengwen serve`: the chat page, the HTTP API, MCP, and what watches over them."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ui.errors import CannotServe

if TYPE_CHECKING:
    from bot.settings import Settings
    from ui.api.house import House
    from ui.api.mcp_door import McpDoor

_PAGE = Path(__file__).parent / "app.py"
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
    # Python collects garbage by itself; Streamlit would look through the whole library at the end of every run.
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.runOnSave": False,
}
_NOT_THE_PAGE = ("/v1", "/mcp", "/metrics", "/livez", "/readyz", "/slack/", "/feishu/")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can reach the server, and what is asked of them."""

    own: bool = True
    """Only this machine."""
    proxied: bool = False
    """Whoever starts it vouches for those who come from elsewhere."""

    @property
    def closed(self) -> bool:
        """Whether the API needs a key even before one was made."""
        return not self.own and not self.proxied


def application(settings: Settings, *, reach: Reach, channels: Sequence[Any] = ()) -> Any:
    """The application. Its routes that need a key are behind `ui.api.gate`, the page has its own door, and `channels`,
    the routes that Slack and 飞书 call, check signatures. Raises CannotServe where logging in can't work.
    """
    import streamlit
    from starlette.middleware import Middleware
    from streamlit.starlette import App
    from streamlit.web import bootstrap

    from ui.api.fence import LOOPBACK, Fence
    from ui.api.house import House
    from ui.api.mcp_door import mcp_door
    from ui.api.watch import Watch, log_requests
    from ui.packed import Packed
    from ui.page.accounts import amiss
    from ui.page.gate import guarded
    from ui.page.locking import share_locks
    from ui.preloading import Preloading
    from ui.strange import Strange
    from ui.visitor import VisitorCookie

    log_requests()
    share_locks()
    static = Path(streamlit.__file__).parent / "static"
    bootstrap.load_config_options({**_LOOK, **_QUIET})  # before anything looks at Streamlit's secrets
    if told := amiss():
        raise CannotServe(told)
    house = House(settings)
    mcp = mcp_door(house)
    names = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}
    names |= {urlsplit(settings.url or "").hostname or "localhost"}
    return App(
        _PAGE,
        routes=[*routes(house, mcp, reach=reach), *channels],
        middleware=[
            Middleware(Watch, metrics=house.metrics, questions=settings.log_questions),
            Middleware(Fence, hosts=LOOPBACK | names if reach.own else None, policy=content_policy()),
            Middleware(Packed, static=static),
            Middleware(Strange, others=(*_NOT_THE_PAGE, "/v1")),
            Middleware(VisitorCookie),
            Middleware(Preloading, static=static),
            *([Middleware(NoPage)] if reach.closed and not guarded() else []),
        ],
        lifespan=partial(_life, house, mcp),
        on_script_error=_told,
    )


@asynccontextmanager
async def _life(house: House, mcp: McpDoor | None, _: Any) -> AsyncIterator[None]:
    house.jobs.resume()
    try:
        async with mcp.open() if mcp else nullcontext():
            yield
    finally:
        house.close()


class NoPage:
    """ASGI middleware: where others can reach the server and the page asks nobody who they are, there is no page."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan" or scope["path"].startswith(_NOT_THE_PAGE):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            from starlette.responses import PlainTextResponse

            told = "这台服务器不只本机能访问，而网页还没有口令，所以没有打开。请管理员设 ZHENGWEN_PASSWORD 后重启。"
            await PlainTextResponse(told, status_code=403)(scope, receive, send)


def routes(house: House, mcp: McpDoor | None, *, reach: Reach) -> Sequence[Any]:
    """Everything that isn't the page."""
    from starlette.responses import RedirectResponse
    from starlette.routing import Mount, Route

    from ui.api.app import api
    from ui.api.gate import Gate
    from ui.api.health import livez, readyz
    from ui.api.limits import Rate
    from ui.api.mcp_door import absent

    rate = Rate(house.settings.rate)
    guarded = partial(Gate, keys=house.keys, rate=rate, closed=reach.closed)
    return [
        Route("/livez", livez),
        Route("/readyz", readyz(house)),
        Route("/metrics", guarded(house.metrics)),
        Route("/mcp", guarded(mcp or absent)),
        Route("/v1", lambda _: RedirectResponse("/v1/docs")),
        Mount("/v1", api(house, rate=rate, closed=reach.closed)),
    ]


def content_policy() -> str:
    """What the page's own scripts, styles and connections are; anything else a browser refuses.

    Streamlit sets styles and builds its components' scripts while it runs, so those can't be named beforehand; its one
    inline script can, by its hash.
    """
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    known = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in _SCRIPT.findall(page))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob: {known}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _told(error: Exception) -> bool:
    """A fault of the page itself: a sentence for the reader, the traceback for the log."""
    import streamlit as st

    from ui.render import notice_html

    logging.getLogger("zhengwen").error("the page failed", exc_info=error)
    st.html(notice_html("页面出了点问题。请刷新再试；若仍不行，请在终端运行 zhengwen doctor 检查。"))
    return True
