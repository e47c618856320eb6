"""Says plainly that an address doesn't exist; Streamlit would show its first page, and a remark in English."""

from __future__ import annotations

from typing import Any, Final

from ui.links import PAGES

_HTML: Final = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>政问</title><style>
:root { color-scheme: light dark; }
body { margin: 18vh auto 0; max-width: 30rem; padding: 0 1.5rem; font: 1rem/1.8 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } p { opacity: .85; } a { color: light-dark(#1a5799, #8ab8ec); }
</style></head><body><h1>没有这个网址</h1>
<p>请检查有没有输错，或者<a href="/">回到政问的首页</a>提问、查资料库。</p>
<p lang="en">There is no such page. <a href="/?lang=en">Go to the first page</a>.</p></body></html>"""
_ELSEWHERE: Final = ("/_stcore/", "/auth/", "/static/", "/media/", "/component/", "/app/", "/oauth2callback")
"""Where Streamlit has what isn't a page."""


class Strange:
    """ASGI middleware: a browser that opens an address which is neither a page nor under `others` gets a 404 in plain
    words."""

    def __init__(self, app: Any, *, others: tuple[str, ...]) -> None:
        self._app = app
        self._others = (*others, *_ELSEWHERE)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and self._strange(scope):
            from starlette.responses import HTMLResponse

            await HTMLResponse(_HTML, status_code=404)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _strange(self, scope: Any) -> bool:
        path = scope["path"]
        if path.strip("/") in PAGES or path.startswith(self._others) or f"{path}/".startswith(self._others):
            return False
        last = path.rsplit("/", 1)[-1]
        return "." not in last and any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
