"""Adding and removing documents for a running server: one job after another, each in a process of its own."""

from __future__ import annotations

import json
import logging
import queue
import secrets
import shutil
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bot.settings import Settings
from ui.api.errors import Refused

State = Literal["waiting", "running", "done", "failed"]
_log = logging.getLogger("zhengwen")
_MOST_WAITING = 20
_REMEMBERED = 500
_CHILD = "ui.api.job_child"
_FAULT = "没有完成，资料库保持原样。请再试一次；若仍不行，请管理员运行 zhengwen doctor 检查。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    file: str
    status: Literal["added", "updated", "unchanged", "removed", "failed"]
    reason: str | None = None
    document: str | None = None
    """The document's id."""


@dataclass(frozen=True, slots=True)
class Job:
    """Documents being added or removed; it is forgotten when the server stops."""

    id: str
    kind: Literal["add", "remove"]
    state: State
    created: datetime
    outcomes: tuple[Outcome, ...] = ()
    generation: int | None = None
    """The library's generation that has the change."""
    error: str | None = None
    """A sentence, where the state is failed."""


class Jobs:
    """The jobs of one server. A job that is cut short leaves the library as it was."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.SimpleQueue[tuple[str, dict[str, Any], Path | None]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def folder(self) -> Path:
        """A new folder for the files of one job, which is deleted when that ends."""
        path = self._settings.home / "uploads" / secrets.token_hex(8)
        path.mkdir(parents=True)
        return path

    def add(self, folder: Path) -> Job:
        """Read all files of the folder into the library."""
        return self._begin("add", {"add": str(folder)}, folder)

    def remove(self, doc_id: str) -> Job:
        """Take the document out of the library."""
        return self._begin("remove", {"remove": doc_id}, None)

    def get(self, id: str) -> Job | None:
        """The job as it is now."""
        return self._jobs.get(id)

    def close(self) -> None:
        """Begin no more jobs and end the one that runs."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _begin(self, kind: Literal["add", "remove"], task: dict[str, Any], folder: Path | None) -> Job:
        job = Job(secrets.token_hex(8), kind, "waiting", datetime.now(UTC))
        with self._lock:
            if sum(one.state in ("waiting", "running") for one in self._jobs.values()) >= _MOST_WAITING:
                raise Refused(429, "busy", "等着加入的文件太多。请稍后再试。", headers={"Retry-After": "10"})
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._attend, name="zhengwen-jobs", daemon=True)
                self._thread.start()
        self._waiting.put((job.id, task, folder))
        return job

    def _attend(self) -> None:
        while True:
            id, task, folder = self._waiting.get()
            self._change(id, state="running")
            try:
                end = self._run(id, task)
            except (OSError, ValueError) as error:  # no memory for a process, or one that died before it was told
                _log.warning("a job failed: %s", error)
                end = {"state": "failed", "error": _FAULT}
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            self._change(id, **end)

    def _run(self, id: str, task: dict[str, Any]) -> dict[str, Any]:
        """Let a child do it; gives what its job is to say in the end."""
        end: dict[str, Any] = {"state": "failed", "error": _FAULT}
        with self._lock:
            if self._closed:
                return end
            # Its stdin stays open: when this process dies, however it dies, the child sees that and ends.
            self._process = process = subprocess.Popen(
                [sys.executable, "-m", _CHILD],
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        assert process.stdin is not None and process.stdout is not None
        settings = {"home": str(self._settings.home), "embedding": self._settings.embedding}
        process.stdin.write(json.dumps({**task, **settings}) + "\n")
        process.stdin.flush()
        for line in process.stdout:
            match json.loads(line):
                case {"outcome": outcome}:
                    self._change(id, outcomes=(*self._jobs[id].outcomes, Outcome(**outcome)))
                case {"generation": generation}:
                    end = {"state": "done", "generation": generation}
                case {"error": error}:
                    end = {"state": "failed", "error": error}
        process.wait()
        process.stdin.close()
        process.stdout.close()
        return end

    def _change(self, id: str, **values: Any) -> None:
        self._jobs[id] = replace(self._jobs[id], **values)
