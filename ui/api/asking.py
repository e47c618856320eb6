"""POST /v1/ask and /v1/search: the library's own way of asking, with everything an Answer has."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from bot.answer import Answer, Answered, Event, Retracted, Retrieved, Searching, Step, Token
from bot.saving import loaded
from ui.api import schemas
from ui.api.errors import Json, Refused, error_object, verdict
from ui.api.forms import answer_form, card_form
from ui.api.gate import caller_of
from ui.api.house import House
from ui.api.streaming import EVENTS, STILL_HERE, event, event_stream, while_connected
from ui.api.watch import QUESTION, REQUEST
from vectorstore.errors import DocumentNotFound
from vectorstore.model import Document


def asking(house: House) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["提问"])

    @router.post(
        "/ask",
        summary="提一个问题",
        responses={200: {"model": schemas.AnswerBody, "content": EVENTS}},
        response_model=None,
    )
    async def ask(request: Request, body: schemas.Ask) -> Response:
        """有出处的回答；资料里没有的，`status` 为 `not_found`。

        `citations` 里的每一条都满足 `text[start:end] == quote`，`text` 是该文件的全文（GET /v1/documents/{id}）。
        `stream` 为 true 时，依次是 searching、step、retrieved、token（草稿）、retracted（草稿作废）几种事件，最后是
        answered（核对过的回答，代替草稿），出错时是 error。
        """
        owner = caller_of(request.scope).owner
        request.scope[QUESTION] = body.question
        id = f"ans-{secrets.token_hex(12)}"

        def events() -> Iterator[Event]:
            return house.answering(
                body.question,
                history=_history(house, body.history),
                conversation=body.conversation,
                owner=owner,
                **house.chosen(body.filters()),
            )

        def told(last: Answered) -> dict[str, Any]:
            if last.turn is None:  # else it is kept under that
                house.note(id, owner, last.answer)
            return {"id": last.turn or id, "conversation": body.conversation, **answer_form(last.answer)}

        if body.stream:
            stream = house.workers.stream(events)
            first = await while_connected(request, anext(stream))  # what is wrong from the start is told by the status
            number = request.scope.get(REQUEST, "")
            return event_stream(_events(first, stream, told, number))
        last = await while_connected(request, house.workers.last(events))
        assert isinstance(last, Answered)
        return Json(told(last))

    @router.post("/search", summary="查找段落", responses={200: {"model": schemas.Found}}, response_model=None)
    async def search(request: Request, body: schemas.Search) -> Response:
        """与一个查询最相关的段落，最相关的在前；`text` 就是该文件全文的 `[start:end]`。"""
        request.scope[QUESTION] = body.query

        def hits() -> Iterator[list[Any]]:
            yield house.search(body.query, k=body.k, **house.chosen(body.filters()))

        found = await while_connected(request, house.workers.last(hits))
        passages = [
            {
                "document": card_form(hit.document),
                "path": list(hit.chunk.path),
                "start": hit.chunk.start,
                "end": hit.chunk.end,
                "text": hit.chunk.text,
                "score": float(hit.score),
            }
            for hit in found
        ]
        return Json({"query": body.query, "hits": passages})

    return router


def _history(house: House, records: Sequence[dict[str, Any]]) -> list[Answer]:
    """The earlier answers that a client sent back."""

    def document(doc_id: str) -> Document | None:
        try:
            return house.library.document(doc_id)
        except DocumentNotFound:
            return None

    try:
        return [loaded(record, document) for record in records]
    except (ValidationError, ValueError, TypeError) as error:
        message = "history 里应是 /v1/ask 此前给出的回答，原样发回，从早到晚。"
        raise Refused(400, "invalid_value", message) from error


async def _events(
    first: Event | None,
    stream: AsyncGenerator[Event | None, None],
    told: Callable[[Answered], dict[str, Any]],
    number: str,
) -> AsyncGenerator[bytes, None]:
    async with aclosing(stream):
        try:
            yield _said(first, told)
            async for one in stream:
                yield _said(one, told)
        except Exception as error:  # noqa: BLE001 - the status is sent already, so the stream itself must tell
            refused = verdict(error, request=number)
            yield event(error_object(refused.status, refused.code, str(refused)), name="error")


def _said(one: Event | None, told: Callable[[Answered], dict[str, Any]]) -> bytes:
    match one:
        case None:
            return STILL_HERE
        case Searching(question):
            return event({"question": question}, name="searching")
        case Step(name):
            return event({"name": name}, name="step")
        case Retrieved(hits):
            documents = dict.fromkeys(hit.document.id for hit in hits)
            return event({"hits": len(hits), "documents": list(documents)}, name="retrieved")
        case Token(text):
            return event({"text": text}, name="token")
        case Retracted(reason):
            return event({"reason": reason}, name="retracted")
        case Answered():
            return event(told(one), name="answered")
