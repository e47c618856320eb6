"""GET routes of the library: its documents, their originals, and the facts they state."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import FileResponse, Response

from ui.api import schemas
from ui.api.errors import Json, Refused
from ui.api.forms import card_form, document_form
from ui.api.house import House
from ui.factsheet import records
from ui.lookup import source_name
from vectorstore.filters import regions_within
from vectorstore.model import Document, FactKind

Id = Annotated[str, Path(max_length=100, description="文件编号")]
Names = Annotated[list[schemas.Name], Query(max_length=50, description="可以写几个，符合一个就算")]
Years = Annotated[list[int], Query(max_length=50, description="年份，可以写几个")]
Limit = Annotated[int, Query(ge=1, le=1000, description="最多几项")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="跳过前几项")]


def reading(house: House) -> APIRouter:
    """The routes. They are plain functions, which FastAPI runs in threads."""
    router = APIRouter(tags=["资料库"])

    @router.get("/documents", summary="列出文件", responses={200: {"model": schemas.Documents}}, response_model=None)
    def list_documents(
        region: Names = [],  # noqa: B006 - FastAPI's way of saying "repeatable, none by default"
        year: Years = [],  # noqa: B006
        issuer: Names = [],  # noqa: B006
        kind: Names = [],  # noqa: B006
        search: Annotated[str, Query(max_length=200, description="标题或文号里有这几个字")] = "",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Response:
        """资料库里的文件，按标题排列；没有写明的项目为 null。"""
        found = house.library.documents()
        regions = set(regions_within({d.region for d in found if d.region}, region))
        wanted = [
            document
            for document in found
            if (not region or document.region in regions)
            and (not year or (document.date is not None and document.date.year in year))
            and (not issuer or any(name in (document.issuer or "") for name in issuer))
            and (not kind or document.kind in kind)
            and search.strip() in document.title + (document.doc_number or "")
        ]
        page = wanted[offset : offset + limit]
        return Json({"total": len(wanted), "documents": [card_form(document) for document in page]})

    @router.get("/documents/{id}", summary="读一份文件", responses={200: {"model": schemas.Whole}}, response_model=None)
    def get_document(
        id: Id,
        start: Annotated[int | None, Query(ge=0, description="只要这一段时：从第几个字")] = None,
        end: Annotated[int | None, Query(ge=0, description="到第几个字之前")] = None,
    ) -> Response:
        """文件的全文和章节。所有的 start、end 都是 `text` 里的位置（Unicode 码位）；给了它们时另有这一段 `quote`。"""
        found = house.library.document(id)
        if start is None and end is None:
            return Json(document_form(found))
        first, last = start or 0, len(found.text) if end is None else end
        if not first < last <= len(found.text):
            message = f"这份文件里没有这一段：要 0 ≤ start < end ≤ {len(found.text)}。"
            raise Refused(400, "invalid_value", message)
        return Json({**document_form(found), "start": first, "end": last, "quote": found.text[first:last]})

    @router.get(
        "/documents/{id}/original",
        summary="下载原文件",
        responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
        response_model=None,
    )
    def get_original(id: Id) -> Response:
        """导入时的原文件，一个字节不差。"""
        found = house.library.document(id)
        path = house.library.original(id)
        if not path.is_file():
            raise Refused(404, "original_missing", "原文件已不在资料库里。请管理员运行 zhengwen doctor 检查。")
        # Whatever it is, a browser saves it and runs nothing in it.
        return FileResponse(path, media_type="application/octet-stream", filename=_file_name(found))

    @router.get("/facts", summary="列出写明的事项", responses={200: {"model": schemas.Facts}}, response_model=None)
    def list_facts(
        kind: Annotated[list[FactKind], Query(max_length=6)] = [],  # noqa: B006
        region: Names = [],  # noqa: B006
        year: Years = [],  # noqa: B006
        document: Annotated[list[schemas.Name], Query(max_length=50, description="编号或标题")] = [],  # noqa: B006
        superseded: Annotated[bool, Query(description="也要旧版和重复的文件写的")] = False,
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Response:
        """各有出处。

        `kind`：target 目标、figure 数据、forecast 预计、responsibility 责任单位、reference 引用、person 人员。
        """
        ids = house.chosen({"documents": document})["documents"]
        current = not superseded and not ids
        found = house.library.facts(kinds=kind, regions=region, years=year, documents=ids, current=current)
        page = found[offset : offset + limit]
        return Json({"total": len(found), "facts": records(page, house.library.documents())})

    return router


def _file_name(document: Document) -> str:
    return "".join(char for char in source_name(document.source) if char.isprintable()) or document.id
