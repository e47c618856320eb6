"""What stands around every page: the name, the ways to the other pages, filters, conversations, and small settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from bot.errors import BotError
from ui import desk, render
from ui.page import adding, filtering, gate, language, removing, session, talks
from ui.page.session import state
from vectorstore.errors import LibraryError, NoLibrary
from vectorstore.model import Document, Filters


def library() -> tuple[list[Document], str | None]:
    """The library's documents, none where it can't be read; and a sentence where something is wrong with it."""
    try:
        return list(desk.current().documents()), desk.current().notice()
    except NoLibrary:
        return [], None
    except (LibraryError, BotError) as error:
        return [], session.words().error(error)


def sidebar(
    documents: Sequence[Document], *, started: bool, pages: Sequence[st.Page], tending: bool = False
) -> tuple[Filters, Callable[[], None]]:
    """Draw the side bar; gives the filters chosen in it, and what draws the conversations in their place once the page
    has done what may change them. Who is `tending` the library has the filters unfolded, and can take documents out."""
    say = session.words()
    with st.sidebar:
        told = say("documents_count", count=len(documents)) if documents else say("library_empty")
        st.html(render.brand_html(told))
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key="pages"):
            for page in pages:
                st.page_link(page, label=page.title)
            language.switch()
        st.button(
            say("new_conversation"),
            key="clear",
            icon=":material/add_comment:",
            width="stretch",
            disabled=not started and state().talk is None,
            on_click=session.start_afresh,
        )
        managing = st.container()
        filters = filtering.panel(documents, unfolded=tending) if documents else Filters()
        if documents and adding.allowed():
            with st.expander(say("add"), icon=":material/upload_file:", key="adding", on_change="rerun") as leaf:
                if leaf.open:  # its scripts are fetched only by who wants to add something
                    adding.drop_zone("side")
        if documents and tending:
            removing.panel(documents)
        gate.leave_button()
        listing = st.container(key="listing")  # last, for it alone grows

    def draw_conversations() -> None:
        with managing:
            talks.manage()
        with listing:
            talks.panel()

    return filters, draw_conversations


def trouble(of_library: str | None, *, severe: bool) -> None:
    """Say what is wrong with the library or with what was just done, and what is on its way, above everything else."""
    with st.container(key="told"):  # always there, so that nothing below is drawn anew when something is told
        if of_library is not None:
            told = session.words().known(of_library)
            st.html(render.notice_html(told, kind="error" if severe else "info"))
        if state().trouble:
            st.html(render.notice_html(state().trouble))
            state().trouble = None
        adding.status()
