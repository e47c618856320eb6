"""The page's script: what it looks like, who may see it, and which of its parts is shown."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ui import components
from ui.links import SHARED, SHELF
from ui.page import chat, gate, session, shared, shelf


def main() -> None:
    """Draw the page once; Streamlit calls this again after everything the visitor does."""
    st.set_page_config(
        page_title="政问", page_icon=str(components.THEME / "icon.svg"), layout="centered", menu_items={"About": None}
    )
    st.html(components.THEME / "page.css")
    session.begin()
    if session.words().language == "zh":
        st.html(components.THEME / "chinese.css")
    with st.container(key="speaking"):
        components.speech(session.words())
        components.drawer()
    if not gate.open_to_visitor():
        return
    say = session.words()
    pages: list[st.Page] = []
    pages += [
        st.Page(partial(chat.page, pages), title=say("page_chat"), url_path="", default=True),
        st.Page(partial(shelf.page, pages), title=say("page_shelf"), url_path=SHELF),
    ]
    hidden = st.Page(partial(shared.page, pages), title=say("share"), url_path=SHARED, visibility="hidden")
    st.navigation([*pages, hidden], position="hidden").run()


main()
