"""The library page: its documents as a list, in time, by what they cite, and by the targets they set."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ui import components, drawn, render
from ui.lookup import titled
from ui.page import filtering, frame, linking, reading, session, targeting
from ui.page.session import state
from ui.timeline import timeline
from vectorstore.model import Document

_LISTED = 200
"""Documents that are listed below the timeline."""


def page(pages: Sequence[st.Page]) -> None:
    """Draw the page; its filters are those of the conversation, and the status besides."""
    session.to_chat(pages[0])
    say = session.words()
    documents, trouble = frame.library()
    filters, draw_conversations = frame.sidebar(documents, started=bool(state().turns), pages=pages, tending=True)
    draw_conversations()
    reading.panel()
    frame.trouble(trouble, severe=not documents)
    st.html(render.title_html(say("shelf_title")))
    if not documents:
        st.html(render.hint_html(say("library_empty")))
        return
    shown = _of_status(filtering.admitted(documents, filters))
    told = "shown_all" if len(shown) == len(documents) else "shown_of"
    st.html(render.hint_html(say(told, shown=len(shown), count=len(documents))))
    views: dict[str, Callable[[Sequence[Document], Sequence[Document]], None]] = {
        "list": _list,
        "time": _timeline,
        "links": linking.view,
        "targets": targeting.view,
    }
    asked = st.query_params.get("view")
    state().setdefault("view", asked if asked in views else "list")
    chosen = st.segmented_control(
        say("shelf_title"),
        list(views),
        required=True,
        format_func=lambda name: say(f"view_{name}"),
        key="view",
        label_visibility="collapsed",
        on_change=_name_view,
    )
    if shown:
        views[chosen or "list"](shown, documents)
    else:
        st.html(render.notice_html(say("nothing_matches"), kind="info"))


def _name_view() -> None:
    """Put the view into the address, by a name that is the same in every language."""
    st.query_params["view"] = state().view


def _of_status(documents: Sequence[Document]) -> list[Document]:
    """Those of the status that is chosen above the views; all, where none is."""
    say = session.words()
    there = {d.status for d in documents} | set(state().get("status") or ())
    offered = [status for status in (*drawn.TONES, "未知") if status in there]
    if len(offered) > 1:
        st.pills(say("statuses"), offered, format_func=say, selection_mode="multi", key="status", bind="query-params")
    wanted = state().get("status") or ()
    return [d for d in documents if not wanted or d.status in wanted]


def _list(shown: Sequence[Document], _: Sequence[Document]) -> None:
    say = session.words()
    rows = []
    for document in shown:
        card = drawn.carded(document, say)
        rows.append({"value": document.id, "label": card["title"], "hint": card["facts"], **_toned(card)})
    components.choices(rows, key="shelf", look="list", search=say("find_document"), on_pick=reading.read)


def _toned(card: dict[str, str]) -> dict[str, str]:
    return {"status": card["status"], "tone": card["tone"]}


def _timeline(shown: Sequence[Document], _: Sequence[Document]) -> None:
    say = session.words()
    dated = [(d, d.date) for d in shown if d.date]
    if dated:
        st.html(render.hint_html(say("time_told")))
        components.timeline(timeline(shown, say), key="timeline", label=say("view_time"), on_pick=reading.read)
    if len(dated) < len(shown):
        st.html(render.hint_html(say("undated", count=len(shown) - len(dated))))
    ordered = sorted(dated, key=lambda one: one[1], reverse=True)
    listed = [{"value": d.id, "label": titled(d), "hint": str(day)} for d, day in ordered[:_LISTED]]
    components.choices(listed, key="by-day", look="list", search=say("find_document"), on_pick=reading.read)
