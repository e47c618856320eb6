"""Bounds on the head of a request, the lines before its body: how large it may be and how long it may take to come."""

from __future__ import annotations

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS = 15.0
"""Until a whole head must be there; the same for a connection on which nothing is asked."""
LARGEST = 65_536
"""Bytes of a head, as a reader of sockets hands them over."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class BoundedHead(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits and reads for ever: clients that say next to nothing would fill it."""

    seconds = SECONDS
    largest = LARGEST
    _waiting: TimerHandle | None = None
    _incomplete = True
    _received = 0

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

    def data_received(self, data: bytes) -> None:
        begun = self._incomplete  # else the first of it may stand behind the body of the request before
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
