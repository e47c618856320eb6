"""Follows every request: gives it a number, counts it, and writes a line of JSON about it."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Any

from ui.api.errors import Refused, refusal
from ui.api.gate import CALLER
from ui.api.metrics import Metrics

REQUEST = "zhengwen.request"
"""Where the scope of a request has its number."""
QUESTION = "zhengwen.question"
"""Where a route puts the question, for the log of those who want it there."""
_LEFT = 499
"""The status of a request whose client went away, as nginx calls it."""
_GIVEN = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_OURS = ("/v1", "/mcp", "/metrics")
_ROUTES = _OURS[1:]
_log = logging.getLogger("zhengwen.http")


class Watch:
    """ASGI middleware. Of requests for the page only the number is given; a page makes hundreds that tell nothing."""

    def __init__(self, app: Any, *, metrics: Metrics, questions: bool) -> None:
        """`questions`: whether the text of questions is logged."""
        self._app, self._metrics, self._questions = app, metrics, questions

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        number = sent.decode() if _GIVEN.fullmatch(sent) else secrets.token_hex(8)
        scope[REQUEST] = number
        method, path, started = scope["method"], scope["path"], time.perf_counter()
        status = _LEFT

        async def numbered(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (b"x-request-id", number.encode())]}
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        except asyncio.CancelledError:  # the server is stopping and waits no longer
            if status == _LEFT:
                told = Refused(503, "stopping", "服务正在停止。请稍后再试。", headers={"Retry-After": "10"})
                await refusal(told)(scope, receive, numbered)
        finally:
            if path.startswith(_OURS):
                self._note(scope, method, status, time.perf_counter() - started)

    def _note(self, scope: Any, method: str, status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.requests.labels(_known(method), route, status).inc()
        self._metrics.seconds.labels(_known(method), route).observe(seconds)
        caller = scope.get(CALLER)
        record = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "request": scope[REQUEST],
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "caller": caller.id if caller else None,
            "client": scope["client"][0] if scope.get("client") else None,
        }
        if self._questions and QUESTION in scope:
            record["question"] = scope[QUESTION]
        _log.info(json.dumps(record, ensure_ascii=True))


def log_requests() -> None:
    """Let the lines go to stderr, each as it is."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.handlers, _log.propagate = [handler], False
    _log.setLevel(logging.INFO)


def _route(scope: Any) -> str:
    """The route's pattern, never the path itself: paths have no number, and may hold what nobody should log."""
    path = getattr(scope.get("route"), "path", "")
    if path in _ROUTES:
        return str(path)
    if path and path != "/v1":  # that is where the API's own routes are mounted
        return f"/v1{path}"
    found = next((prefix for prefix in _OURS if scope["path"].startswith(prefix)), "other")
    return found if found != "/v1" else "/v1/…"


def _known(method: str) -> str:
    return method if method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS") else "other"
