"""Taking a document out of the library, beside its list: what was added by mistake needs no command to go again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui import render
from ui.page import adding, filtering, session
from ui.page.session import state
from vectorstore.model import Document


def panel(documents: Sequence[Document]) -> None:
    """A list to choose a document from, and the button that takes it out; nothing where visitors may not add any."""
    if not adding.allowed() or adding.busy():
        return
    say = session.words()
    named = filtering.names(documents)
    with st.expander(say("take_out"), icon=":material/delete:", key="taking-out"):
        title = st.selectbox(
            say("document"), sorted(named), index=None, placeholder=say("any_document"), key="unwanted"
        )
        st.html(render.hint_html(say("take_out_told")))
        st.button(
            say("take_out_sure"),
            key="take-out",
            width="stretch",
            disabled=title not in named,
            on_click=_take_out,
            args=(named, title),
        )


def _take_out(named: dict[str, str], title: str) -> None:
    if adding.begin(lambda jobs: jobs.remove(named[title])):
        state().update(taken_out=title, unwanted=None)
