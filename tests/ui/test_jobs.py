"""Jobs of a library with several servers: each is done once, by whoever lives, and told alike by all of them."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import load_settings
from ui.job import Job, Outcome, Task
from ui.job_records import Records
from ui.jobs import Jobs, TooManyJobs
from vectorstore.library import Library
from vectorstore.lock import Presence, is_present, writer_lock

TEXT = "云川市驿站实施方案\n一、主要目标\n到2035年，全市建成驿站20家。\n"
REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened() -> Iterator[list[Jobs]]:
    found: list[Jobs] = []
    yield found
    for jobs in found:
        jobs.close()


def server(home: Path, opened: list[Jobs]) -> Jobs:
    """The jobs of another server on the same library."""
    opened.append(Jobs(load_settings(home=home, environ={})))
    return opened[-1]


def ended(jobs: Jobs, id: str) -> Job:
    limit = time.monotonic() + 60
    while not (now := jobs.get(id)) or not now.ended:
        assert time.monotonic() < limit, now
        time.sleep(0.05)
    return now


def titles(home: Path) -> list[str]:
    with Library.open(home) as library:
        return [document.title for document in library.documents()]


@contextmanager
def process(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server of its own process that has begun a job, and the job's id."""
    command = [sys.executable, "-m", "tests.ui.job_server", str(home)]
    with subprocess.Popen(command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write(TEXT.encode())
        running.stdin.close()
        try:
            yield running, running.stdout.readline().decode().strip()
        finally:
            running.kill()


def test_a_job_is_told_alike_by_every_server_and_done_by_one(tmp_path: Path, opened: list[Jobs]) -> None:
    first, second = server(tmp_path, opened), server(tmp_path, opened)
    job = first.add([("方案.txt", io.BytesIO(TEXT.encode()))])
    second.resume()
    seen = second.get(job.id)
    assert seen is not None and seen.state in ("waiting", "running", "done") and seen.error is None
    assert ended(second, job.id) == ended(first, job.id)
    assert ended(second, job.id).state == "done" and ended(second, job.id).generation == 1


def test_what_a_killed_server_left_is_done_by_another(tmp_path: Path, opened: list[Jobs]) -> None:
    with writer_lock(tmp_path / "WRITER.lock"), process(tmp_path) as (running, id):  # which keeps it from being done
        neighbour = server(tmp_path, opened)
        while (now := neighbour.get(id)) is None or now.state != "running":
            time.sleep(0.05)
        running.kill()
        running.wait()
        left = neighbour.get(id)
        assert left is not None and left.state in ("waiting", "running")
    done = ended(neighbour, id)
    assert done.state == "done" and done.outcomes == (Outcome("方案.txt", "added", None, done.outcomes[0].document),)
    assert titles(tmp_path) == ["云川市驿站实施方案"]
    assert not any((tmp_path / "uploads").iterdir())


def test_a_server_that_stops_leaves_its_jobs_to_the_next(tmp_path: Path, opened: list[Jobs]) -> None:
    stopping = server(tmp_path, opened)
    with writer_lock(tmp_path / "WRITER.lock"):
        jobs = [stopping.add([(f"{number}.txt", io.BytesIO(TEXT.encode() + b"%d" % number))]) for number in range(2)]
        while (now := stopping.get(jobs[0].id)) is None or now.state != "running":
            time.sleep(0.02)
        began = time.monotonic()
        stopping.close()
        assert time.monotonic() - began < 3
        assert [stopping.get(job.id) for job in jobs] == jobs  # as if they had never been begun
        with pytest.raises(TooManyJobs):
            stopping.remove("any")
    following = server(tmp_path, opened)
    following.resume()
    assert [ended(following, job.id).state for job in jobs] == ["done", "done"]


def test_a_removal_that_was_done_already_is_no_fault(tmp_path: Path, opened: list[Jobs]) -> None:
    first = server(tmp_path, opened)
    done = ended(first, first.add([("方案.txt", io.BytesIO(TEXT.encode()))]).id)
    doc_id = str(done.outcomes[0].document)
    assert ended(first, first.remove(doc_id).id).state == "done"
    again = first.remove(doc_id)
    assert ended(first, again.id).error
    Records(tmp_path).keep(Job("aa", "remove", "running", again.created), server="gone", task=Task(doc_id, tries=1))
    assert ended(server(tmp_path, opened), "aa").state == "done"


@pytest.mark.parametrize("task", [Task(names={}), Task("any", tries=2)], ids=["its files are lost", "it kills servers"])
def test_what_cannot_be_done_any_more_is_said(tmp_path: Path, opened: list[Jobs], task: Task) -> None:
    job = Job("aa", "add", "running", datetime(2030, 1, 1, tzinfo=UTC))
    Records(tmp_path).keep(job, server="gone", task=task)
    found = server(tmp_path, opened).get("aa")
    assert found is not None and found.state == "failed" and "停止" in str(found.error)


def test_a_presence_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    with process(tmp_path) as (running, _):
        file = next((tmp_path / "servers").iterdir())
        assert is_present(file) and file.exists()
        running.kill()
        running.wait()
        assert not is_present(file) and not file.exists()
    mine = Presence(file)
    assert is_present(file)
    mine.end()
    assert not is_present(file) and not file.exists()
