"""What /metrics tells Prometheus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.responses import Response

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one server. Labels come from routes and statuses only, so that their number has a bound."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.requests = Counter(
            "zhengwen_http_requests_total", "HTTP requests.", ("method", "route", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "zhengwen_http_request_seconds",
            "Seconds until the response was complete.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.answers = Counter(
            "zhengwen_answers_total", "Answers by status and writer.", ("status", "writer"), registry=self._registry
        )

    def gauge(self, name: str, about: str, value: Callable[[], float]) -> None:
        """A figure that is asked for when Prometheus comes."""
        Gauge(name, about, registry=self._registry).set_function(value)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The ASGI application that shows the figures."""
        response = Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
        await response(scope, receive, send)
