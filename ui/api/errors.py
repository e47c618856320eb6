"""What went wrong, as an HTTP status and OpenAI's error object; the one place where an error becomes a response."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.errors import (
    BadFeedback,
    BlankQuestion,
    BotError,
    ConversationNotFound,
    QuestionTooLong,
    StateUnavailable,
)
from ui.api.workers import Busy
from ui.errors import WrongUsage
from vectorstore.errors import DocumentNotFound, LibraryError, LibraryLocked, NoLibrary

_log = logging.getLogger("zhengwen")
_FAULT = "服务出错，这个请求没有完成。请再试一次；若仍不行，请把请求编号 {request} 告诉管理员。"
_OF_HTTP = {
    400: "请求读不懂。请检查它的格式和编码（JSON 应为 UTF-8）。",
    404: "没有这个地址。提问用 POST /v1/chat/completions 或 /v1/ask，其余的见 /v1/docs。",
    405: "这个地址不支持这种请求方法。接口说明见 /v1/docs。",
    408: "请求正文来得太慢，已放弃。请重试。",
    413: "请求正文太大。请减少内容后再试。",
    415: "请求正文的类型不对，应为 application/json。",
}


_MISTAKES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个参数",
    "json_invalid": "不是合法的 JSON",
    "model_attributes_type": "应为 JSON 对象，Content-Type 应为 application/json",
    "literal_error": "应为 {expected}",
    "enum": "应为 {expected}",
    "string_too_long": "最多 {max_length} 个字符",
    "string_too_short": "至少 {min_length} 个字符",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}
_KINDS = {
    "string": "文字",
    "int": "整数",
    "bool": " true 或 false",
    "list": "列表",
    "dict": " JSON 对象",
    "model": " JSON 对象",
}


class Json(JSONResponse):
    """JSON in UTF-8 as it stands; where a text holds half a surrogate pair, which UTF-8 can't say, escaped."""

    def render(self, content: Any) -> bytes:
        return encoded(content)


class Refused(Exception):
    """A request that can't be met, with all that its response says."""

    def __init__(self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, dict(headers or {})


def encoded(content: Any) -> bytes:
    """The value as JSON."""
    try:
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


def error_object(status: int, code: str, message: str, *, param: str | None = None) -> dict[str, Any]:
    """An error as OpenAI's clients read it."""
    kind = "server_error" if status >= 500 else "rate_limit_error" if status == 429 else "invalid_request_error"
    if status in (401, 403):
        kind = "authentication_error" if status == 401 else "permission_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def refusal(refused: Refused) -> Json:
    """The response for it."""
    body = error_object(refused.status, refused.code, str(refused))
    return Json(body, status_code=refused.status, headers=refused.headers)


def verdict(error: Exception, *, request: str = "") -> Refused:
    """What to answer when this was raised; a fault of the program itself is logged, and told without its details."""
    match error:
        case Refused():
            return error
        case Busy():
            return Refused(429, "busy", str(error), headers={"Retry-After": str(error.seconds)})
        case BlankQuestion():
            return Refused(400, "blank_question", str(error))
        case QuestionTooLong():
            return Refused(400, "question_too_long", "问题太长。请只写想问的一两句话。")
        case DocumentNotFound():
            return Refused(404, "document_not_found", "没有这份文件。用 GET /v1/documents 查看全部文件。")
        case ConversationNotFound():
            return Refused(404, "conversation_not_found", str(error))
        case BadFeedback() | WrongUsage():
            return Refused(400, "invalid_value", str(error))
        case LibraryLocked():
            return Refused(409, "library_locked", str(error), headers={"Retry-After": "5"})
        case NoLibrary():
            message = "还没有资料库。请管理员先用 zhengwen ingest 或 POST /v1/documents 加入文件。"
            return Refused(503, "no_library", message)
        case StateUnavailable():
            _log.warning("%s", error)
            message = (
                "对话和评价现在不能读写，什么也没有改动。请稍后再试；若仍不行，请管理员运行 zhengwen doctor 检查。"
            )
            return Refused(503, "state_unavailable", message, headers={"Retry-After": "5"})
        case LibraryError() | BotError():
            _log.warning("%s", error)
            return Refused(503, "unavailable", "资料库现在不能用。请管理员运行 zhengwen doctor 检查。")
    _log.error("a request failed", exc_info=error)
    return Refused(500, "internal_error", _FAULT.format(request=request))


def handle_errors(api: FastAPI) -> None:
    """Let every error of the application's routes become a response as above."""

    async def raised(request: Request, error: Exception) -> Response:
        return refusal(verdict(error, request=request.scope.get("zhengwen.request", "")))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        message = _OF_HTTP.get(error.status_code, str(error.detail))
        headers = dict(error.headers or {})
        return refusal(Refused(error.status_code, _code(error.status_code), message, headers=headers))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        in_json = first["type"] == "json_invalid"  # then loc says at which character
        if first["type"] == "missing" and tuple(first["loc"]) == ("body",):
            return refusal(Refused(400, "invalid_value", "请求没有正文。接口说明见 /v1/docs。"))
        where = "" if in_json else ".".join(str(p) for p in first["loc"] if p not in ("body", "query", "path"))
        told = f"参数 {where} " if where else "请求正文"
        message = f"{told}不对：{_mistake(first)}。接口说明见 /v1/docs。"
        return Json(error_object(400, "invalid_value", message, param=where or None), status_code=400)

    api.add_exception_handler(RequestValidationError, invalid)
    api.add_exception_handler(HTTPException, http)
    for kind in (BotError, LibraryError, Busy, Refused, WrongUsage, Exception):
        api.add_exception_handler(kind, raised)


def _mistake(found: Mapping[str, Any]) -> str:
    """What is wrong with a value, in Chinese; pydantic's own words are English."""
    kind: str = found["type"]
    if kind in _MISTAKES:
        return _MISTAKES[kind].format_map(found.get("ctx", {})).replace("' or '", "' 或 '").replace("', '", "'、'")
    wanted = _KINDS.get(kind.partition("_")[0])
    return f"应为{wanted}" if wanted else "不符合要求"


def _code(status: int) -> str:
    names = {404: "not_found", 405: "method_not_allowed", 413: "request_too_large", 415: "unsupported_media_type"}
    return names.get(status, "invalid_request")
