"""Dropping files on the page: they are read in by a child process, while the visitor sees how far it is."""

from __future__ import annotations

import streamlit as st

from ingest.loaders import LOADERS
from ui import desk, render
from ui.arriving import RECEPTION, Arrival
from ui.page import gate, session
from ui.page.session import state
from vectorstore.trouble import in_words

_LARGEST = 50
"""Megabytes of one file."""
_EVERY = 0.5
"""Seconds between two looks at the child."""


def allowed() -> bool:
    """Whether visitors may add documents: as the settings say, else where only known people get here."""
    chosen = desk.current().settings.uploads
    return chosen if chosen is not None else desk.current().local or gate.guarded()


def drop_zone(key: str) -> None:
    """A place for files and the button that reads them in; not while others are on their way."""
    say = session.words()
    if state().get("arrival") is not None:
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
        try:
            begun = RECEPTION.take([(file.name, file.getvalue()) for file in files], desk.current().settings.home)
        except OSError as error:
            st.html(render.notice_html(f"文件没有收下：{in_words(error)}。请检查磁盘空间和文件夹的权限。"))
            return
        if begun is None:
            st.html(render.notice_html(say("busy_adding"), kind="info"))
            return
        state().update(arrival=begun, batch=batch + 1)
        st.rerun()


def status() -> None:
    """How far the files dropped last have come, or what became of them; nothing once that was read."""
    arrival: Arrival | None = state().get("arrival")
    if arrival is None:
        return
    if arrival.progress.finished:
        _result(arrival)
    else:
        st.fragment(_running, run_every=_EVERY)()


def _running() -> None:
    arrival: Arrival | None = state().get("arrival")
    if arrival is None or arrival.progress.finished:
        st.rerun()
    say, now = session.words(), arrival.progress
    if now.indexing:
        told = say("indexing", done=now.done, total=now.total)
    else:
        told = say("reading_in", done=now.done, total=now.total, name=now.name) if now.done else say("preparing")
    st.html(render.hint_html(told))
    st.progress(min(now.done / now.total, 1.0) if now.total else 0.0)


def _result(arrival: Arrival) -> None:
    say, now = session.words(), arrival.progress
    if now.error:
        st.html(render.notice_html(now.error))
    else:
        st.html(render.notice_html(say("read_done", told=now.told), kind="info"))
    if now.failed:
        st.html(render.failures_html(now.failed))
    st.button(say("dismiss"), key="dismiss", on_click=_dismiss)


def _dismiss() -> None:
    state().arrival = None
