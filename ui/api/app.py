"""The FastAPI application under /v1: all its routes behind the gate, and the description they give of themselves."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ui.api import schemas
from ui.api.asking import asking
from ui.api.bodies import Bodies
from ui.api.changing import UPLOAD, changing
from ui.api.completions import completions
from ui.api.docs_page import docs_page
from ui.api.errors import Json, Refused, handle_errors
from ui.api.gate import Gate
from ui.api.house import House
from ui.api.limits import Rate
from ui.api.reading import reading
from ui.api.remembering import remembering
from ui.api.streaming import ClientLeft

_BODY = 1_000_000
"""Bytes of a request's body, uploads excepted."""
_ABOUT = (
    "从政策文件里找答案，每一句都有出处。/v1/chat/completions 与 OpenAI 的接口兼容，其余的路由给出资料库的全部内容。"
    "出错时的正文都是 {“error”: {“message”, “type”, “param”, “code”}}。"
)


def api(house: House, *, rate: Rate, closed: bool) -> FastAPI:
    """The application; mount it at /v1. For `closed` see `Gate`."""
    bodies = Middleware(Bodies, most=_BODY, exceptions={("POST", "/documents"): UPLOAD, ("PUT", ""): UPLOAD})
    app = FastAPI(
        title="政问 HTTP API",
        version=version("zhengwen"),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[Middleware(Gate, keys=house.keys, rate=rate, closed=closed), bodies],
        responses={"4XX": {"model": schemas.Error}, "5XX": {"model": schemas.Error}},
        servers=[{"url": "/v1"}],
        root_path_in_servers=False,
        generate_unique_id_function=lambda route: route.name,
    )
    handle_errors(app)
    app.add_exception_handler(ClientLeft, _left)
    for routes in (completions, asking, reading, changing, remembering):
        app.include_router(routes(house), dependencies=[Depends(known)])

    description: dict[str, Any] = {}

    def describe() -> dict[str, Any]:
        if not description:
            description.update(_described(app))
        return description

    app.openapi = describe  # type: ignore[method-assign]

    @app.get("/", include_in_schema=False)
    def start() -> Response:
        return RedirectResponse("/v1/docs")

    @app.get("/openapi.json", include_in_schema=False)
    def openapi() -> Response:
        return Json(describe())

    @app.get("/docs", include_in_schema=False)
    def docs(request: Request) -> Response:
        return HTMLResponse(docs_page(describe(), address=f"{request.base_url}v1"))

    return app


async def known(request: Request) -> None:
    """Refuse parameters in the address that the route doesn't have: a filter that doesn't filter misleads."""
    names = {field.alias for field in request.scope["route"].dependant.query_params}
    for name, value in request.query_params.multi_items():
        if "\ufffd" in name + value:  # what stands for bytes that are no UTF-8
            raise Refused(
                400, "invalid_encoding", "地址里的汉字读不懂：应为 UTF-8（在命令行里用 curl --data-urlencode）。"
            )
        if name not in names:
            told = f"这个地址没有参数 {name}" + (f"，有的是 {'、'.join(sorted(names))}。" if names else "。")
            raise Refused(400, "unknown_parameter", f"{told}接口说明见 /v1/docs。")


async def _left(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it; the log does


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the key that is needed and without the 422 that is never sent."""
    made = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, servers=app.servers
    )
    made["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"key": []}, {}]
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
    for schema in made["components"]["schemas"].values():
        schema.pop("description", None)  # our docstrings, which are for those who read the code
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    return made
