"""Adding and removing documents: for holders of an admin key, done by a child process, watched through a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi import Path as InPath
from starlette.responses import Response

from ingest.files import LARGEST
from ui.api import schemas
from ui.api.errors import Json, Refused
from ui.api.gate import caller_of
from ui.api.house import House
from ui.job import Job
from ui.jobs import TooManyJobs
from ui.plain import plain
from vectorstore.trouble import in_words

_FILES = 50
UPLOAD = LARGEST + 1_000_000
"""Bytes of a form: the largest file there may be, and what stands around it."""
_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": schemas.JobState, "description": "已接受；用 GET /v1/jobs/{id} 查看进度"}
}


def admin(request: Request) -> None:
    """Refuse whoever may only ask."""
    if caller_of(request.scope).scope != "admin":
        message = "这个操作需要管理密钥（zhengwen keys create --scope admin）。"
        raise Refused(403, "admin_only", message)


def changing(house: House) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["管理"], dependencies=[Depends(admin)])

    @router.post(
        "/documents",
        summary="加入文件",
        status_code=202,
        responses=_ACCEPTED,
        response_model=None,
    )
    def add_documents(
        files: Annotated[list[UploadFile], File(description="一个或几个文件", max_length=_FILES)],
    ) -> Response:
        """把文件读进资料库：在另一个进程里进行，提问不受影响，完成后马上可以问到。"""
        return _accepted(partial(house.jobs.add, [(file.filename or "", file.file) for file in files]))

    @router.put("/documents/{id}", summary="更换文件", status_code=202, responses=_ACCEPTED, response_model=None)
    def replace_document(
        id: Annotated[str, InPath(max_length=100, description="文件编号")],
        file: Annotated[UploadFile, File(description="代替它的文件")],
    ) -> Response:
        """一步完成：新的读入了，旧的才移除；读不了或内容相同，就保持原样。新的文件有自己的编号，在 `outcomes` 里。"""
        old = house.library.document(id).id
        return _accepted(partial(house.jobs.add, [(file.filename or "", file.file)], replacing=old))

    @router.delete("/documents/{id}", summary="移除文件", status_code=202, responses=_ACCEPTED, response_model=None)
    def remove_document(id: Annotated[str, InPath(max_length=100, description="文件编号")]) -> Response:
        """从资料库里移除一份文件。"""
        return _accepted(partial(house.jobs.remove, house.library.document(id).id))

    @router.get("/jobs/{id}", summary="查看进度", responses={200: {"model": schemas.JobState}}, response_model=None)
    def get_job(id: Annotated[str, InPath(max_length=100, description="任务编号")]) -> Response:
        """`state` 为 waiting、running、done 或 failed；每个文件的结果在 `outcomes` 里。"""
        found = house.jobs.get(id)
        if found is None:
            raise Refused(404, "job_not_found", "没有这个任务，或它已久远。")
        return Json(plain(found))

    return router


def _accepted(begin: Callable[[], Job]) -> Response:
    try:
        job = begin()
    except OSError as error:
        message = f"资料库所在的文件夹现在不能写（{in_words(error)}），什么也没有改动。请管理员检查磁盘空间和权限。"
        raise Refused(503, "not_writable", message, headers={"Retry-After": "60"}) from error
    except TooManyJobs:
        raise Refused(429, "busy", "等着加入的文件太多。请稍后再试。", headers={"Retry-After": "10"}) from None
    headers = {"Location": f"/v1/jobs/{job.id}", "Retry-After": "1"}
    return Json(plain(job), status_code=202, headers=headers)
