"""Streamlit's files from memory: the same bytes as on disk, kept by browsers, and only those files."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest
import streamlit

from ui.packed import Packed
from ui.preloading import first_files

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPT = next((STATIC / "static" / "js").glob("index.*.js"))
FONT = next((STATIC / "static" / "media").glob("MaterialSymbols*.woff2"))


def fetched(path: str, **headers: str) -> tuple[dict[bytes, bytes], bytes] | None:
    """What is sent from memory for a GET; None where it goes on to the application."""
    sent: list[Any] = []

    async def beyond(scope: Any, receive: Any, send: Any) -> None:
        sent.append(None)

    async def send(message: Any) -> None:
        sent.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(
        Packed(beyond, static=STATIC)({"type": "http", "method": "GET", "path": path, "headers": given}, None, send)
    )
    return None if sent == [None] else (dict(sent[0]["headers"]), sent[1]["body"])


def test_a_script_comes_compressed_and_is_kept() -> None:
    for _ in range(2):  # from disk, then from memory
        answer = fetched(f"/static/js/{SCRIPT.name}", accept_encoding="gzip, deflate")
        assert answer is not None
        headers, body = answer
        assert gzip.decompress(body) == SCRIPT.read_bytes() and len(body) < SCRIPT.stat().st_size / 2
        assert headers[b"content-encoding"] == b"gzip" and headers[b"vary"] == b"Accept-Encoding"
        assert headers[b"content-type"].startswith(b"text/javascript")
        assert b"immutable" in headers[b"cache-control"] and int(headers[b"content-length"]) == len(body)


def test_a_font_comes_as_it_is() -> None:
    answer = fetched(f"/static/media/{FONT.name}", accept_encoding="gzip")
    assert answer is not None
    assert answer[1] == FONT.read_bytes() and answer[0][b"content-type"] == b"font/woff2"
    assert b"content-encoding" not in answer[0]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/static/js/{SCRIPT.name}", {}),  # takes nothing compressed
        (f"/static/js/{SCRIPT.name}", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/../index.html", {"accept_encoding": "gzip"}),
        ("/static/js/none.js", {"accept_encoding": "gzip"}),
        ("/static/js", {"accept_encoding": "gzip"}),
        ("/", {"accept_encoding": "gzip"}),
    ],
)
def test_anything_else_is_streamlits(path: str, headers: dict[str, str]) -> None:
    assert fetched(path, **headers) is None


def test_what_is_made_ready_is_what_the_first_screen_fetches() -> None:
    files = first_files(STATIC)
    assert len(files) == len(set(files)) and all(file.is_file() for file in files)
    assert SCRIPT in files and any(file.suffix == ".css" for file in files)
