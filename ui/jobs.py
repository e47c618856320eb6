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
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from bot.settings import Settings
from ui.file_names import safe_name, shown_name
from ui.job_records import Records

State = Literal["waiting", "running", "done", "failed"]
_log = logging.getLogger("zhengwen")
_MOST_WAITING = 20
_REMEMBERED = 500
_CHILD = "ui.job_child"
_FAULT = "没有完成，资料库保持原样。请再试一次；若仍不行，请管理员运行 zhengwen doctor 检查。"
_CUT_SHORT = "服务器在完成之前重新启动了。请看资料库里有没有这些文件，没有就再加入一次。"


class TooManyJobs(Exception):
    """So many jobs wait already that another one isn't taken."""


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
    """Documents being added or removed."""

    id: str
    kind: Literal["add", "remove"]
    state: State
    created: datetime
    files: int = 0
    """How many files are to be read."""
    outcomes: tuple[Outcome, ...] = ()
    """Of the files that were read so far, in order; each is in the library once the job is done."""
    passages: int = 0
    """How many passages are to be indexed; 0 while files are still read."""
    indexed: int = 0
    """How many of them are."""
    generation: int | None = None
    """The library's generation that has the change."""
    error: str | None = None
    """A sentence, where the state is failed."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Jobs:
    """The jobs of one library in this process. A job that is cut short leaves the library as it was."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._records = Records(settings.home)
        self._waiting: queue.SimpleQueue[tuple[str, dict[str, Any], Path | None]] = queue.SimpleQueue()
        self._names: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def add(self, files: Iterable[tuple[str, IO[bytes]]]) -> Job:
        """Read the files, each with the name it was sent under, into the library; they are copied before this returns.

        Raises TooManyJobs, and OSError where they can't be kept.
        """
        folder = self._settings.home / "uploads" / secrets.token_hex(8)
        folder.mkdir(parents=True)
        names: dict[str, str] = {}
        try:
            for number, (name, file) in enumerate(files):
                place = folder / f"{number:04d}"  # of its own, for two files may have one name
                place.mkdir()
                with (place / safe_name(name)).open("wb") as copy:
                    shutil.copyfileobj(file, copy)
                names[place.name] = shown_name(name)
            return self._begin("add", {"add": str(folder)}, folder, names)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def remove(self, doc_id: str) -> Job:
        """Take the document out of the library. Raises TooManyJobs."""
        return self._begin("remove", {"remove": doc_id}, None, {})

    def get(self, id: str) -> Job | None:
        """The job as it is now; one of before a restart as it ended, or as failed where the restart cut it short."""
        return self._jobs.get(id) or self._earlier(id)

    def close(self) -> None:
        """Begin no more jobs and end the one that runs."""
        with _opening:
            if _open.get(self._settings.home) is self:
                del _open[self._settings.home]
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _begin(
        self, kind: Literal["add", "remove"], task: dict[str, Any], folder: Path | None, names: dict[str, str]
    ) -> Job:
        job = Job(secrets.token_hex(8), kind, "waiting", datetime.now(UTC), files=len(names))
        with self._lock:
            if sum(not one.ended for one in self._jobs.values()) >= _MOST_WAITING:
                raise TooManyJobs
            self._jobs[job.id] = job
            self._names[job.id] = names
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._attend, name="zhengwen-jobs", daemon=True)
                self._thread.start()
        self._records.keep(job.id, _written(job))
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
            self._records.keep(id, _written(replace(self._jobs[id], **end)))
            self._names.pop(id, None)
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
                cwd=Path(__file__).resolve().parents[1],
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
                case {"outcome": outcome, "place": place}:
                    outcome["file"] = self._names[id].get(place, outcome["file"])
                    self._change(id, outcomes=(*self._jobs[id].outcomes, Outcome(**outcome)))
                case {"indexed": indexed, "passages": passages}:
                    self._change(id, indexed=indexed, passages=passages)
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

    def _earlier(self, id: str) -> Job | None:
        record = self._records.of(id)
        if record is None:
            return None
        made = datetime.fromisoformat(record.pop("created"))
        outcomes = tuple(Outcome(**one) for one in record.pop("outcomes"))
        job = Job(created=made, outcomes=outcomes, **record)
        return job if job.ended else replace(job, state="failed", error=_CUT_SHORT)


_open: dict[Path, Jobs] = {}
_opening = threading.Lock()


def jobs_of(settings: Settings) -> Jobs:
    """The jobs of the settings' library: one queue for the page and the API, for a library has one writer."""
    with _opening:
        if settings.home not in _open:
            _open[settings.home] = Jobs(settings)
        return _open[settings.home]


def _written(job: Job) -> dict[str, Any]:
    return {**asdict(job), "created": job.created.isoformat()}
