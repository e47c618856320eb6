"""HTTP to a running server: JSON out, JSON or events back, with the standard library alone."""

from __future__ import annotations

import contextlib
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.errors import BadSettings, BlankQuestion, BotError, ServerUnavailable
from vectorstore.errors import DocumentNotFound, LibraryError, NoLibrary
from vectorstore.trouble import in_words

_LOST = (urllib.error.URLError, http.client.HTTPException, OSError)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the key is for this server only."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Wire:
    """The /v1 of one server."""

    def __init__(self, url: str, *, key: str | None, timeout: float) -> None:
        """Nothing is sent yet. Raises BadSettings for what is no address."""
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or not url.isascii()
            or parts.query
            or parts.fragment
        ):
            raise BadSettings(f"{url} 不是服务的地址。请写成 http://127.0.0.1:8501 这样。")
        if key and not (key.isascii() and key.isprintable()):
            raise BadSettings("密钥里有不能用的字符。请检查 ZHENGWEN_KEY，它是 zhengwen keys create 给出的那一行。")
        place = parts.path.rstrip("/").removesuffix("/v1")
        self.address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{place}/v1"
        self._headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_StayHere)

    def get(self, path: str, parameters: Mapping[str, str | int | Sequence[str | int]] | None = None) -> Any:
        """The JSON at `path`. Raises as `post`."""
        query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
        with self._open(path + query, None) as response:
            return self._read(response)

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON that the server answers. Raises ServerUnavailable, and what the server tells: BlankQuestion,
        DocumentNotFound, NoLibrary; anything else it refuses is a ServerUnavailable with its words.
        """
        with self._open(path, body) as response:
            return self._read(response)

    def events(self, path: str, body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Name and data of each event as it comes; an "error" among them is raised. Raises as `post`."""
        with self._open(path, body) as response:
            name = ""
            while line := self._line(response):
                if line.startswith(b"event: "):
                    name = line[7:].strip().decode()
                elif line.startswith(b"data: "):
                    data = json.loads(line[6:])
                    if name == "error":
                        raise _told(data, 500)
                    yield name, data

    @contextlib.contextmanager
    def _open(self, path: str, body: Mapping[str, Any] | None) -> Iterator[Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data=data, headers=self._headers)
        try:
            response = self._opener.open(request, timeout=self._timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise _told(_json(error.read()), error.code) from None
        except _LOST as error:
            raise self._unavailable(error) from error
        with response:
            yield response

    def _read(self, response: Any) -> Any:
        try:
            return json.loads(response.read())
        except _LOST as error:
            raise self._unavailable(error) from error
        except ValueError as error:
            raise ServerUnavailable(f"{self.address} 的回答读不懂，那里也许不是政问的服务。请检查地址。") from error

    def _line(self, response: Any) -> bytes:
        try:
            return bytes(response.readline())
        except _LOST as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: Exception) -> ServerUnavailable:
        reason = getattr(error, "reason", None) or error
        garbled = isinstance(reason, http.client.HTTPException) and not isinstance(reason, ConnectionError)
        said = "对方的回答不是完整的 HTTP" if garbled else in_words(reason)
        return ServerUnavailable(f"连不上 {self.address}（{said}）。请检查地址，并确认那里的 zhengwen serve 正在运行。")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _told(body: Any, status: int) -> BotError | LibraryError:
    """The error that a server's error object stands for."""
    found = body.get("error") if isinstance(body, dict) else None
    if not isinstance(found, dict):
        return ServerUnavailable(f"服务的回答是 HTTP {status}，读不懂。请检查地址，那里也许不是政问的服务。")
    message = str(found.get("message") or f"HTTP {status}")
    match found.get("code"):
        case "blank_question":
            return BlankQuestion()
        case "document_not_found":
            return DocumentNotFound(message)
        case "no_library":
            return NoLibrary(message)
        case "missing_api_key":
            return ServerUnavailable(
                "这个服务需要密钥。请设 ZHENGWEN_KEY（程序里是 connect 的 key）；密钥由管理员发给。"
            )
        case "invalid_api_key":
            return ServerUnavailable(
                "密钥不对、已被吊销或已过期。请检查 ZHENGWEN_KEY（程序里是 connect 的 key），或向管理员要一个新的。"
            )
    return ServerUnavailable(message)
