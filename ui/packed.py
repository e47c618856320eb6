"""Sends Streamlit's scripts, styles and fonts from memory, compressed once: a first visit fetches a hundred."""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_WHERE: Final = "/static/"
_TEXT: Final = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
_KEPT: Final = b"public, immutable, max-age=31536000"
"""How long a browser may keep a file: the names hold a hash of what is in them."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file as it is sent."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


_parcels: dict[Path, Parcel] = {}
"""What was sent once; Streamlit's files don't change while it runs. All of them would be 8 MB."""


class Packed:
    """ASGI middleware. What isn't such a file, or is wanted in part or uncompressed, goes on to `app`."""

    def __init__(self, app: Any, *, static: Path) -> None:
        """`static` is the folder of Streamlit's index.html."""
        self._app = app
        folder = static / "static"
        self._files = {f"{_WHERE}{file.relative_to(folder).as_posix()}": file for file in folder.rglob("*.*")}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        file = self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if file is None or not _takes(scope["headers"], file):
            await self._app(scope, receive, send)
            return
        from starlette.concurrency import run_in_threadpool

        parcel = _parcels.get(file)
        if parcel is None:
            parcel = await run_in_threadpool(packed, file)
        await send({"type": "http.response.start", "status": 200, "headers": parcel.headers})
        await send({"type": "http.response.body", "body": parcel.body})


def pack(files: Iterable[Path]) -> None:
    """Have these ready before anybody asks for them."""
    for file in files:
        packed(file)


def packed(file: Path) -> Parcel:
    """The file as it is sent, kept for the next who wants it."""
    body = file.read_bytes()
    kind = _TEXT.get(file.suffix)
    headers = [(b"cache-control", _KEPT)]
    if kind:
        body = gzip.compress(body, 6, mtime=0)
        headers += [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
    kind = kind or (mimetypes.guess_type(file.name)[0] or "application/octet-stream").encode()
    headers += [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    _parcels[file] = Parcel(tuple(headers), body)
    return _parcels[file]


def _takes(headers: Any, file: Path) -> bool:
    wanted = dict(headers)
    return b"range" not in wanted and (file.suffix not in _TEXT or b"gzip" in wanted.get(b"accept-encoding", b""))
