"""Dropping files on the page: a job reads them in, and the visitor sees how far it is; so do others that change it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import streamlit as st

from ingest.loaders import LOADERS
from ui import desk, render
from ui.job import Job
from ui.jobs import Jobs, TooManyJobs, jobs_of
from ui.page import gate, session
from ui.page.session import state
from vectorstore.trouble import in_words

_LARGEST = 50
"""Megabytes of one file."""
_EVERY = 0.5
"""Seconds between two looks at the job."""
_SHOWN = 6
"""Files that are named while they are read, the last ones."""
_STATUSES = ("added", "updated", "unchanged", "removed", "failed")


def allowed() -> bool:
    """Whether visitors may add documents: as the settings say, else where only known people get here."""
    chosen = desk.current().settings.uploads
    return chosen if chosen is not None else desk.current().local or gate.guarded()


def drop_zone(key: str) -> None:
    """A place for files and the button that reads them in; not while others are on their way."""
    say = session.words()
    if busy():
        st.html(render.hint_html(say("adding_now")))
        return
    whole = st.checkbox(say("drop_folder"), key=f"folder-{key}")
    batch = state().setdefault("batch", 0)
    files = st.file_uploader(
        say("drop"),
        type=[suffix.removeprefix(".") for suffix in LOADERS],
        accept_multiple_files="directory" if whole else True,
        key=f"drop-{key}-{batch}-{whole}",
        max_upload_size=_LARGEST,
    )
    if files and st.button(say("read_in"), key=f"read-{key}", type="primary", width="stretch"):
        if begin(lambda jobs: jobs.add([(file.name, file) for file in files])):
            state().batch = batch + 1
        st.rerun()


def busy() -> bool:
    """Whether what this visitor added, or took out, last is still on its way."""
    job = _job()
    return job is not None and not job.ended


def begin(asked: Callable[[Jobs], Job]) -> bool:
    """Have a job done, whose progress stands above the page; False, and a sentence there, where it can't be."""
    say = session.words()
    try:
        begun = asked(_jobs())
    except OSError as error:
        state().trouble = say("not_taken", why=say.known(in_words(error)))
        return False
    except TooManyJobs:
        state().trouble = say("busy_adding")
        return False
    state().job = begun.id
    return True


def status() -> None:
    """How far the files dropped last have come, or what became of them; nothing once that was read."""
    job = _job()
    if job is None:
        return
    if job.ended:
        _result(job)
    else:
        st.fragment(_running, run_every=_EVERY)()


def _running() -> None:
    job = _job()
    if job is None or job.ended:
        st.rerun()
    say, read = session.words(), len(job.outcomes)
    if job.state == "waiting":
        told, part = say("waiting"), 0.0
    elif job.kind == "remove":
        told, part = say("taking_out"), 0.0
    elif job.passages:
        told, part = say("indexing", done=job.indexed, total=job.passages), job.indexed / job.passages
    else:
        told = say("reading_in", done=read, total=job.files) if read else say("preparing")
        part = read / job.files if job.files else 0.0
    st.html(render.hint_html(told))
    st.progress(min(part, 1.0))
    rows = [(one.file, one.status, say(f"file_{one.status}")) for one in job.outcomes[-_SHOWN:]]
    if rows:
        st.html(render.files_html(rows))


def _result(job: Job) -> None:
    say = session.words()
    if job.error:
        st.html(render.notice_html(say.known(job.error)))
    elif job.kind == "remove":
        st.html(render.notice_html(say("taken_out", title=state().get("taken_out", "")), kind="info"))
    else:
        counts: Counter[str] = Counter(one.status for one in job.outcomes)
        told = say("comma").join(say(f"count_{name}", count=counts[name]) for name in _STATUSES if counts[name])
        st.html(
            render.notice_html(say("read_none" if counts.keys() == {"failed"} else "read_done", told=told), kind="info")
        )
    failed = [(one.file, one.reason or "") for one in job.outcomes if one.status == "failed"]
    if failed:
        st.html(render.failures_html(failed, say))
    st.button(say("dismiss"), key="dismiss", on_click=_dismiss)


def _dismiss() -> None:
    state().job = None


def _job() -> Job | None:
    id = state().get("job")
    return _jobs().get(id) if id else None


def _jobs() -> Jobs:
    return jobs_of(desk.current().settings)
