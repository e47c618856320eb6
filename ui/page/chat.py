"""The conversation: ask, see the cited answer come, click a citation, read the passage in its document."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.page import asking, first, frame, reading, session, suggesting, turns
from ui.page.session import state


def page(pages: Sequence[st.Page]) -> None:
    """Draw the page once; Streamlit calls this again after everything the visitor does.

    Every part keeps its place from run to run, so that the browser keeps its elements and no click is lost: the reader,
    what is told, the first screen or nothing, the conversation with a place for each turn.
    """
    session.follow_address()
    reading.follow_address()
    documents, trouble = frame.library()
    typed = st.bottom.chat_input(session.words()("ask_here"), submit_mode="stop", disabled=not documents)
    question = typed or state().pending
    state().pending = None
    started = bool(state().turns or question)
    filters, draw_conversations = frame.sidebar(documents, started=started, pages=pages)
    if question and documents:
        asking.begin(question, filters, documents)
    reading.panel()
    frame.trouble(trouble, severe=not documents)
    if started:
        st.empty()  # takes the first screen away at once
    else:
        with st.container():
            if documents:
                first.welcome(documents, filters)
            elif trouble is None:
                first.empty()
    listed = state().talk is not None
    if listed:
        draw_conversations()  # not faded while an answer comes
    with st.container(key="talk"):
        for turn in state().turns:
            last = turn.number == state().turns[-1].number
            with st.container():
                if turn.asking is not None:
                    asking.follow(turn, turn.asking)
                else:
                    turns.draw(turn, last=last)
                below = st.container() if last else st.empty()
    if not listed:  # a first answer begins one
        draw_conversations()
    if state().turns:
        with below:
            suggesting.follow_ups(state().turns[-1], filters)
