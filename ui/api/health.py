"""/livez and /readyz, for whoever watches the process; both open to all, and neither tells of the documents."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import BotError
from ui.api.errors import Json
from ui.api.house import House
from vectorstore.errors import LibraryError


async def livez(_: Request) -> Response:
    """The process answers; this touches nothing else."""
    return PlainTextResponse("ok")


def readyz(house: House) -> Any:
    """Whether questions can be answered: 200 with the library's generation and the models, else 503."""

    def look() -> dict[str, Any]:
        library = house.library
        library.search("政策", k=1)  # opens what a first question would
        return {
            "status": "ready",
            "generation": library.generation,
            "embedding": library.embedding,
            "reranker": house.settings.reranker or "embedded",
            "llm": house.settings.llm,
            "degraded": library.notice is not None,
        }

    async def route(_: Request) -> Response:
        try:
            return Json(await run_in_threadpool(look))
        except (LibraryError, BotError) as error:
            return Json({"status": "not_ready", "reason": type(error).__name__}, status_code=503)

    return route
