"""Adding and removing documents for a running server: one job after another, each done once, whatever server dies."""

from __future__ import annotations

import logging
import queue
import secrets
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from bot.settings import Settings
from ui.file_names import safe_name, shown_name
from ui.job import Job, Outcome, Task
from ui.job_records import Record, Records
from ui.job_run import Run
from vectorstore.lock import Presence, is_present

_log = logging.getLogger("zhengwen")
_MOST_WAITING = 20
_REMEMBERED = 500
_TRIES = 2
"""How often a job is begun whose server dies of it, or while it runs."""
_EVERY = 30.0
"""Seconds between two looks for jobs whose server is gone."""
_TOLD = 1.0
"""Seconds between two notes of how far a job is, for other servers to tell."""
_PATIENCE = 2.0
"""Seconds that a job which is stopped gets to be written down."""
_ABANDONED = 24 * 3600.0
"""Seconds after which files that belong to no job are cleared away."""
_FAULT = "没有完成，资料库保持原样。请再试一次；若仍不行，请管理员运行 zhengwen doctor 检查。"
_CUT_SHORT = "服务器在完成之前停止了。请看资料库里有没有这些文件，没有就再加入一次。"


class TooManyJobs(Exception):
    """So many jobs wait already that another one isn't taken."""


class Jobs:
    """The jobs of one library in this process. A job that is cut short leaves the library as it was, and is done by the
    next server that looks: this one when it is started again, or another on the same library.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._tasks: dict[str, Task] = {}
        self._records = Records(settings.home)
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._server = secrets.token_hex(8)
        self._presence: Presence | None = None
        self._run = Run(settings)
        self._noted = 0.0
        self._closed = False

    def add(self, files: Iterable[tuple[str, IO[bytes]]], *, replacing: str | None = None) -> Job:
        """Read the files, each with the name it was sent under, into the library; they are copied before this returns.
        The document `replacing` goes in the same step, unless nothing is added.

        Raises TooManyJobs, and OSError where they can't be kept.
        """
        id = secrets.token_hex(8)
        folder = self._folder(id)
        folder.mkdir(parents=True)
        names: dict[str, str] = {}
        try:
            for number, (name, file) in enumerate(files):
                place = folder / f"{number:04d}"  # of its own, for two files may have one name
                place.mkdir()
                with (place / safe_name(name)).open("wb") as copy:
                    shutil.copyfileobj(file, copy)
                names[place.name] = shown_name(name)
            return self._begin(id, "add", Task(names=names, replacing=replacing))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def remove(self, doc_id: str) -> Job:
        """Take the document out of the library. Raises TooManyJobs, and OSError where the library can't be written."""
        return self._begin(secrets.token_hex(8), "remove", Task(remove=doc_id))

    def get(self, id: str) -> Job | None:
        """The job as it is now; one that another server attends to as that wrote it down last."""
        if (own := self._jobs.get(id)) is not None:
            return own
        record = self._records.of(id)
        if record is None or record.job.ended or self._attended(record):
            return record.job if record else None
        return self._take_over(record)

    def resume(self) -> None:
        """Do what servers that are gone have left undone, now and from time to time; returns at once."""
        with self._lock:
            self._start()

    def close(self) -> None:
        """Begin no more jobs and stop the one that runs; what isn't done is left to the next server."""
        with _opening:
            if _open.get(self._settings.home) is self:
                del _open[self._settings.home]
        with self._lock:
            self._closed = True
        self._run.stop()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(_PATIENCE)
        if self._presence is not None:
            self._presence.end()

    def _begin(self, id: str, kind: Literal["add", "remove"], task: Task) -> Job:
        job = Job(id, kind, "waiting", datetime.now(UTC), files=len(task.names or ()))
        with self._lock:
            if self._closed or sum(not one.ended for one in self._jobs.values()) >= _MOST_WAITING:
                raise TooManyJobs
            if self._presence is None:
                self._presence = Presence(self._lock_file(self._server))
            self._queue(job, task)
        return job

    def _queue(self, job: Job, task: Task) -> None:
        self._jobs[job.id], self._tasks[job.id] = job, task
        while len(self._jobs) > _REMEMBERED:
            self._jobs.popitem(last=False)
        self._records.keep(job, server=self._server, task=task)
        self._start()
        self._waiting.put(job.id)

    def _start(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._attend, name="zhengwen-jobs", daemon=True)
            self._thread.start()

    def _attend(self) -> None:
        self._look_around()
        while not self._closed:
            try:
                id = self._waiting.get(timeout=_EVERY)
            except queue.Empty:
                self._look_around()
                continue
            if id is not None and not self._closed:
                self._do(id)

    def _do(self, id: str) -> None:
        task = self._tasks[id]
        self._note(id, replace(task, tries=task.tries + 1), state="running", outcomes=(), passages=0, indexed=0)
        end: dict[str, Any] = {"state": "failed", "error": _FAULT}

        def told(line: dict[str, Any]) -> None:
            match line:
                case {"outcome": outcome, "place": place}:
                    outcome["file"] = (task.names or {}).get(place, outcome["file"])
                    self._change(id, outcomes=(*self._jobs[id].outcomes, Outcome(**outcome)))
                case {"indexed": indexed, "passages": passages}:
                    self._change(id, indexed=indexed, passages=passages)
                case {"generation": generation}:
                    end.update(state="done", generation=generation, error=None)
                case {"error": error}:
                    end["error"] = error

        try:
            self._run.do(self._order(id, task), told)
        except (OSError, ValueError) as error:
            _log.warning("a job failed: %s", error)
        if self._closed and end["state"] != "done":  # to be done anew, which is not this job's fault
            self._note(id, task, state="waiting")
            return
        shutil.rmtree(self._folder(id), ignore_errors=True)
        self._note(id, task, **end)
        del self._tasks[id]

    def _order(self, id: str, task: Task) -> dict[str, Any]:
        """What the child is told to do."""
        return {"again": task.tries > 0} | (
            {"add": str(self._folder(id)), "replacing": task.replacing}
            if task.remove is None
            else {"remove": task.remove}
        )

    def _change(self, id: str, **values: Any) -> None:
        """How far the job is; now and then also for other servers."""
        if time.monotonic() - self._noted < _TOLD:
            self._jobs[id] = replace(self._jobs[id], **values)
        else:
            task = self._tasks[id]
            self._note(id, replace(task, tries=task.tries + 1), **values)

    def _note(self, id: str, task: Task, **values: Any) -> None:
        job = replace(self._jobs[id], **values)
        self._records.keep(job, server=self._server, task=task)  # before anybody here is told of it
        self._jobs[id], self._noted = job, time.monotonic()

    def _look_around(self) -> None:
        for record in self._records.unended():
            if record.server != self._server and not self._attended(record):
                self._take_over(record)
        self._clear()

    def _attended(self, record: Record) -> bool:
        try:
            return record.server is not None and is_present(self._lock_file(record.server))
        except OSError:
            return True  # nobody here may know; whoever can write here looks as well

    def _take_over(self, record: Record) -> Job:
        """Do what a server that is gone has left undone, where it can still be done."""
        job, task = record.job, record.task
        possible = task.remove is not None or self._folder(job.id).is_dir()
        with self._lock:
            if record.server is None or not possible or task.tries >= _TRIES:
                job = replace(job, state="failed", error=_CUT_SHORT)
                self._records.keep(job, server=self._server, task=task)
            elif not self._closed and self._claimed(record):
                job = replace(job, state="waiting")
                self._queue(job, task)
        return job

    def _claimed(self, record: Record) -> bool:
        try:
            self._presence = self._presence or Presence(self._lock_file(self._server))
        except OSError as error:
            _log.warning("a job is left to others: %s", error)
            return False
        return self._records.claim(record, self._server)

    def _clear(self) -> None:
        """Clear away what was sent for a job that nobody knows."""
        known = {record.job.id for record in self._records.unended()} | self._tasks.keys()
        for folder in self._folder("").glob("*"):
            try:
                old = time.time() - folder.stat().st_mtime > _ABANDONED
            except OSError:
                continue
            if old and folder.is_dir() and folder.name not in known:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, id: str) -> Path:
        return self._settings.home / "uploads" / id

    def _lock_file(self, server: str) -> Path:
        return self._settings.home / "servers" / f"{server}.lock"


_open: dict[Path, Jobs] = {}
_opening = threading.Lock()


def jobs_of(settings: Settings) -> Jobs:
    """The jobs of the settings' library: one queue for the page and the API, for a library has one writer."""
    with _opening:
        if settings.home not in _open:
            _open[settings.home] = Jobs(settings)
        return _open[settings.home]
