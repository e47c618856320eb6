"""POST /v1/chat/completions and GET /v1/models: what makes any OpenAI client a client of the library."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from bot.answer import Answer, Answered, Event, Retrieved
from bot.errors import BlankQuestion, QuestionTooLong
from ui.api.chat_schemas import Completion as Asked
from ui.api.chat_schemas import CompletionBody, Message, Model, Models
from ui.api.completion import MODEL, Completion
from ui.api.errors import Json, Refused, encoded, error_object, verdict
from ui.api.gate import caller_of
from ui.api.house import House
from ui.api.schemas import Restrictions
from ui.api.streaming import EVENTS, STILL_HERE, event, event_stream, while_connected
from ui.api.watch import QUESTION, REQUEST
from ui.backend import Local

_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_LATEST = 4
"""Exchanges before the question that it may refer to."""


def completions(house: House) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["OpenAI"])

    @router.get("/models", summary="列出模型", responses={200: {"model": Models}}, response_model=None)
    async def list_models() -> Response:
        """只有一个：zhengwen。"""
        return Json({"object": "list", "data": [_MODEL]})

    @router.get("/models/{model}", summary="查看模型", responses={200: {"model": Model}}, response_model=None)
    async def get_model(model: Annotated[str, Path(max_length=200)]) -> Response:
        """有的客户端先问一问模型在不在。"""
        if model != MODEL:
            raise Refused(404, "model_not_found", f"没有这个模型。这里只有一个：{MODEL}。")
        return Json(_MODEL)

    @router.post(
        "/chat/completions",
        summary="提一个问题（OpenAI 格式）",
        responses={200: {"model": CompletionBody, "content": EVENTS}},
        response_model=None,
    )
    async def create_chat_completion(request: Request, body: Asked) -> Response:
        """OpenAI 的 chat completions。最后一条消息是问题，此前的是对话；`extra_body` 里可以限定地区、年份等。

        流式输出时也只给出核对过的文字。`model` 填什么都可以；temperature 等参数不起作用，不支持工具和 JSON 输出。
        """
        question, owner = _question(body), caller_of(request.scope).owner
        request.scope[QUESTION] = question
        prompt = sum(len(message.text) for message in body.messages)
        completion = Completion(
            f"chatcmpl-{secrets.token_hex(12)}", prompt, house.settings.url or str(request.base_url)
        )

        def events() -> Iterator[Event]:
            filters = house.chosen(body.filters())
            history = _history(house, body.messages[:-1], owner)
            for one in house.answering(question, history=history, conversation=None, owner=owner, **filters):
                if isinstance(one, Retrieved):
                    completion.hits.extend(one.hits)
                yield one

        note = partial(_note, house, completion.id, owner)
        if body.stream:
            stream = house.workers.stream(events)
            await while_connected(request, anext(stream))  # what is wrong from the start is told by the status
            usage = bool(body.stream_options and body.stream_options.include_usage)
            return event_stream(_chunks(stream, completion, note, usage, request.scope.get(REQUEST, "")))
        last = await while_connected(request, house.workers.last(events))
        assert isinstance(last, Answered)
        note(last.answer)
        return Json(completion.whole(last.answer))

    return router


async def _chunks(
    stream: AsyncGenerator[Event | None, None],
    completion: Completion,
    note: partial[None],
    usage: bool,
    number: str,
) -> AsyncGenerator[bytes, None]:
    """Only the verified answer is sent: nothing that a client has shown can be taken back again."""
    async with aclosing(stream):
        try:
            yield event(completion.beginning())
            async for one in stream:
                if one is None:
                    yield STILL_HERE
                elif isinstance(one, Answered):
                    note(one.answer)
                    for chunk in completion.chunks(one.answer, usage=usage):
                        yield event(chunk)
            yield event(b"[DONE]")
        except Exception as error:  # noqa: BLE001 - the status is sent already, so the stream itself must tell
            refused = verdict(error, request=number)
            yield event(error_object(refused.status, refused.code, str(refused)))


def _question(body: Asked) -> str:
    last = body.messages[-1]
    if last.role != "user":
        raise Refused(400, "invalid_value", "最后一条消息应是用户的问题（role 为 user）。")
    if isinstance(last.content, list) and any(part.type != "text" for part in last.content):
        raise Refused(400, "unsupported_content", "只能用文字提问，不支持图片、声音和文件。")
    if (body.response_format or {}).get("type", "text") != "text":
        raise Refused(400, "unsupported_value", "不支持 response_format，回答总是文字。出处在 citations 里。")
    misspelt = next((name for name in body.model_extra or () if f"{name}s" in Restrictions.model_fields), None)
    if misspelt:  # of what OpenAI's clients send nothing is refused, but a filter that doesn't filter misleads
        raise Refused(400, "unknown_parameter", f"没有参数 {misspelt}。是不是 {misspelt}s？它是一个列表。")
    return last.text


def _history(house: House, messages: Sequence[Message], owner: str) -> list[Answer]:
    """The Answers behind the latest exchanges of a conversation that the client keeps as messages.

    One that was given lately is in mind; another is given again, for what an answer cites tells what 它 refers to.
    """
    exchanges = [
        (asked.text, told.text)
        for asked, told in pairwise(messages)
        if asked.role == "user" and told.role == "assistant"
    ]
    history: list[Answer] = []
    for question, text in exchanges[-_LATEST:]:
        answer = house.given(_exchange(question, text), owner) or _again(house, question, history)
        history.append(answer or Answer(question, text, "not_found"))
    return history


def _again(house: House, question: str, history: Sequence[Answer]) -> Answer | None:
    """The answer to an earlier question; None where it is nothing that can be asked, as a pasted document."""
    try:
        return Local(house.quoting).ask(question, history=history)
    except (BlankQuestion, QuestionTooLong):
        return None


def _note(house: House, id: str, owner: str, answer: Answer) -> None:
    house.note(id, owner, answer)
    house.note(_exchange(answer.question, answer.text), owner, answer)


def _exchange(question: str, text: str) -> str:
    return sha256(encoded([question, text.strip()])).hexdigest()
