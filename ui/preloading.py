"""Has a browser fetch at once the scripts of the first screen, which it would learn of only while drawing it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_DRAWN = ("Html", "PageLink", "Button", "Multiselect", "ChatInput", "BidiComponent", "ChatMessage")
"""Streamlit's elements on the first screen, and what an answer stands in, by the names of their scripts."""
_IMPORTED = re.compile(r"""(?:from|import)\s*"\./([\w.-]+\.js)\"""")
_NAMED = re.compile(r"static/js/([\w.-]+\.js)")


class Preloading:
    """ASGI middleware: names those scripts in the head of the page's HTML (Link: …; rel=modulepreload)."""

    def __init__(self, app: Any, *, static: Path) -> None:
        """`static` is the folder of Streamlit's index.html."""
        self._app = app
        self._link = ",".join(f"</static/js/{name}>;rel=modulepreload" for name in scripts(static)).encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def linked(message: Any) -> None:
            if message["type"] == "http.response.start" and _is_page(message.get("headers", ())):
                message = {**message, "headers": [*message["headers"], (b"link", self._link)]}
            await send(message)

        wanted = scope["type"] == "http" and scope["method"] == "GET" and self._link
        await self._app(scope, receive, linked if wanted else send)


def first_files(static: Path) -> list[Path]:
    """All that a browser fetches for the first screen, fonts aside."""
    folder = static / "static"
    return [
        *(folder / "js" / name for name in [*sorted(_named(static)), *scripts(static)]),
        *folder.glob("css/index.*"),
    ]


def scripts(static: Path) -> list[str]:
    """The scripts of the first screen with all that they import, but those that index.html names itself."""
    folder = static / "static" / "js"
    known = _named(static)
    found: dict[str, None] = {}
    waiting = [file.name for stem in _DRAWN for file in sorted(folder.glob(f"{stem}.*.js"))]
    while waiting:
        name = waiting.pop()
        if name not in known and name not in found and (folder / name).is_file():
            found[name] = None
            waiting += _imports(folder / name)
    return sorted(found)


def _named(static: Path) -> set[str]:
    """What index.html names, and what that imports."""
    named = set(_NAMED.findall((static / "index.html").read_text(encoding="utf-8")))
    return named.union(*(_imports(static / "static" / "js" / name) for name in named))


def _imports(file: Path) -> list[str]:
    return _IMPORTED.findall(file.read_text(encoding="utf-8")) if file.is_file() else []


def _is_page(headers: Any) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)
