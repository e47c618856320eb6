"""Conversations and verdicts of the caller; of anybody else's, none exists here."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from bot.answer import Answer
from bot.conversations import Conversation
from bot.errors import ConversationNotFound
from ui.api import schemas
from ui.api.errors import Json, Refused
from ui.api.forms import answer_form
from ui.api.gate import caller_of
from ui.api.house import House

Id = Annotated[str, Path(max_length=100, description="对话编号")]
_UNTITLED = schemas.NewConversation()


def remembering(house: House) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["对话和反馈"])
    kept = house.conversations

    @router.post(
        "/conversations",
        summary="开始一个对话",
        status_code=201,
        responses={201: {"model": schemas.Conversation}},
        response_model=None,
    )
    def create_conversation(request: Request, body: schemas.NewConversation = _UNTITLED) -> Response:
        """它的 `id` 可用在 /v1/ask 的 `conversation` 里；没有标题的，以第一个问题为题。"""
        made = kept.create(owner=caller_of(request.scope).owner, title=body.title)
        return Json(_told(made), status_code=201)

    @router.get(
        "/conversations", summary="列出对话", responses={200: {"model": schemas.Conversations}}, response_model=None
    )
    def list_conversations(
        request: Request,
        search: Annotated[str, Query(max_length=200, description="标题或问答里有这几个字")] = "",
        limit: Annotated[int, Query(ge=1, le=200, description="最多几项")] = 50,
        offset: Annotated[int, Query(ge=0, le=10_000_000, description="跳过前几项")] = 0,
    ) -> Response:
        """自己的、已有回答的对话，最近的在前。"""
        owner = caller_of(request.scope).owner
        found = kept.list(owner=owner, search=search, limit=limit, offset=offset)
        return Json({"conversations": [_told(one) for one in found]})

    @router.get(
        "/conversations/{id}",
        summary="读一个对话",
        responses={200: {"model": schemas.WholeConversation}},
        response_model=None,
    )
    def get_conversation(request: Request, id: Id) -> Response:
        """对话和其中的全部回答。"""
        owner = caller_of(request.scope).owner
        turns = [
            {"id": turn.id, "asked": turn.asked.isoformat(), "answer": answer_form(turn.answer)}
            for turn in kept.turns(id, owner=owner)
        ]
        return Json({**_told(kept.get(id, owner=owner)), "turns": turns})

    @router.patch(
        "/conversations/{id}",
        summary="给对话改名",
        responses={200: {"model": schemas.Conversation}},
        response_model=None,
    )
    def rename_conversation(request: Request, id: Id, body: schemas.NewConversation) -> Response:
        """空的标题：用第一个问题作标题。"""
        return Json(_told(kept.rename(id, body.title, owner=caller_of(request.scope).owner)))

    @router.delete("/conversations/{id}", summary="删除对话", status_code=204, response_model=None)
    def delete_conversation(request: Request, id: Id) -> Response:
        """永久删除。"""
        kept.delete(id, owner=caller_of(request.scope).owner)
        return Response(status_code=204)

    @router.post("/feedback", summary="评价一个回答", status_code=204, response_model=None)
    def feedback(request: Request, body: schemas.Said) -> Response:
        """有用或无用；对同一个回答，后说的算。不在对话里的，只能评价最近的回答。"""
        owner = caller_of(request.scope).owner
        answer = house.given(body.answer, owner) or _kept(body.answer, owner)
        house.feedback.give(body.verdict, answer=answer, turn=body.answer, owner=owner, reason=body.reason, face="api")
        return Response(status_code=204)

    def _kept(id: str, owner: str) -> Answer:
        try:
            return kept.turn(id, owner=owner).answer
        except ConversationNotFound as error:
            message = "没有这个回答，或时间太久已不记得。请评价刚得到的回答，用它的 id。"
            raise Refused(404, "answer_not_found", message) from error

    return router


def _told(one: Conversation) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "created": one.created.isoformat(),
        "updated": one.updated.isoformat(),
        "length": one.length,
    }
