"""The head of a request, the lines before its body: how large it may be, how long it may take, and what can be read."""

from __future__ import annotations

import re
from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS = 15.0
"""Until a whole head must be there; the same for a connection on which nothing is asked."""
LARGEST = 65_536
"""Bytes of a head, as a reader of sockets hands them over."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_UNREADABLE = (
    '{"error":{"message":"请求读不懂，不是合法的 HTTP。地址里的汉字要用 UTF-8 或写成 %XX；这里不接 https。",'
    '"type":"invalid_request_error","param":null,"code":"invalid_request"}}'
).encode()
_TOLD = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%b"
)
_FOREIGN = re.compile(rb"[\x80-\xff]")


class BoundedHead(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits and reads for ever: clients that say next to nothing would fill it."""

    seconds = SECONDS
    largest = LARGEST
    _waiting: TimerHandle | None = None
    _incomplete = True
    _received = 0
    _fresh = True

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._done()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._incomplete, self._received = True, 0
        if self._waiting is None:
            self._wait()

    def on_headers_complete(self) -> None:
        self._incomplete = False
        self._done()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._fresh = True

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_TOLD % (len(_UNREADABLE), _UNREADABLE))
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        begun = self._incomplete  # else the first of it may stand behind the body of the request before
        if self._fresh:
            data = _with_plain_address(data)
        self._fresh = False
        super().data_received(data)
        self._received += len(data) if begun else 0
        if self._incomplete and self._received > self.largest and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.seconds, self.transport.close)

    def _done(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def _with_plain_address(data: bytes) -> bytes:
    """The beginning of a request, with %XX for what isn't ASCII in its address: curl sends what was typed as it is."""
    line, end, rest = data.partition(b"\r\n")
    try:
        if line.isascii() or not line.decode():
            return data
    except UnicodeDecodeError:  # of another encoding nobody here knows which
        return data
    return _FOREIGN.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest
