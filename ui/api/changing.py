"""Adding and removing documents: for holders of an admin key, done by a child process, watched through a job."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Request, UploadFile
from fastapi import Path as InPath
from starlette.responses import Response

from ingest.files import LARGEST
from ui.api import schemas
from ui.api.errors import Json, Refused
from ui.api.gate import caller_of
from ui.api.house import House
from ui.api.jobs import Job
from ui.plain import plain

_FILES = 50
UPLOAD = LARGEST + 1_000_000
"""Bytes of a form: the largest file there may be, and what stands around it."""
_NAME = 80
"""Characters of a file's name that are kept, so that any disk takes it."""
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
    def add(files: Annotated[list[UploadFile], File(description="一个或几个文件", max_length=_FILES)]) -> Response:
        """把文件读进资料库：在另一个进程里进行，提问不受影响，完成后马上可以问到。"""
        folder = house.jobs.folder()
        try:
            for number, file in enumerate(files):
                place = folder / f"{number:02d}"  # of its own, for two files may have one name
                place.mkdir()
                with (place / safe_name(file.filename or "")).open("wb") as copy:
                    shutil.copyfileobj(file.file, copy)
            job = house.jobs.add(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return _accepted(job)

    @router.delete("/documents/{id}", summary="移除文件", status_code=202, responses=_ACCEPTED, response_model=None)
    def remove(id: Annotated[str, InPath(max_length=100)]) -> Response:
        """从资料库里移除一份文件。"""
        return _accepted(house.jobs.remove(house.library.document(id).id))

    @router.get("/jobs/{id}", summary="查看进度", responses={200: {"model": schemas.JobState}}, response_model=None)
    def job(id: Annotated[str, InPath(max_length=100)]) -> Response:
        """`state` 为 waiting、running、done 或 failed；每个文件的结果在 `outcomes` 里。"""
        found = house.jobs.get(id)
        if found is None:
            raise Refused(404, "job_not_found", "没有这个任务，或服务重启后已不记得它。")
        return Json(plain(found))

    return router


def safe_name(sent: str) -> str:
    """A file's name that means nothing to a file system: its last part, without control signs, not hidden, not long."""
    last = sent.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in last if char.isprintable() and char not in ':*?"<>|').strip(". ")
    path = Path(name or "文件")
    suffix = path.suffix[:12]
    return path.name[: -len(path.suffix) or None][:_NAME] + suffix


def _accepted(job: Job) -> Response:
    headers = {"Location": f"/v1/jobs/{job.id}", "Retry-After": "1"}
    return Json(plain(job), status_code=202, headers=headers)
