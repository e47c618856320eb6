"""The conversation: ask, see the cited answer come, click a citation, read the passage in its document."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bot.answer import Answer
from bot.errors import BotError
from ui import components, desk, render
from ui.page import asking, first, frame, reading, session, turns
from ui.page.session import Turn, state
from vectorstore.errors import LibraryError
from vectorstore.model import Filters


def page(pages: Sequence[st.Page]) -> None:
    """Draw the page once; Streamlit calls this again after everything the visitor does."""
    session.follow_address()
    reading.follow_address()
    say = session.words()
    documents, trouble = frame.library()
    typed = st.chat_input(say("ask_here"), submit_mode="stop", disabled=not documents)
    question = typed or state().pending
    state().pending = None
    filters, draw_conversations = frame.sidebar(documents, started=bool(state().turns or question), pages=pages)
    reading.panel()
    frame.trouble(trouble, severe=not documents)
    if not documents and trouble is None:
        first.empty()
    if documents and not state().turns and not question:
        first.welcome(documents)
    for turn in state().turns:
        turns.draw(turn, last=not question and turn is state().turns[-1])
    if question and documents:
        asking.ask(question, filters, documents)
    draw_conversations()
    if state().turns:
        _follow_ups(state().turns[-1], filters)


def _looked_for(answer: Answer, filters: Filters) -> Sequence[str]:
    """Questions that lead on from the conversation; from its greeting, those of the first screen."""
    if answer.status == "courtesy" and len(session.answers()) == 1:
        return desk.current().examples()[:3]
    return desk.current().follow_ups(session.answers(), filters)


def _follow_ups(turn: Turn, filters: Filters) -> None:
    """Questions to go on with, found when the answer is on the screen already, and once."""
    if turn.answer is None or state().editing:
        return
    if state().follow_ups is None or state().follow_ups[0] != turn.number:
        found: Sequence[str] = turn.answer.follow_ups
        if not found:
            try:
                found = _looked_for(turn.answer, filters)
            except (BotError, LibraryError):  # nothing is lost: the visitor has asked for none
                found = ()
        state().follow_ups = (turn.number, tuple(found))
    questions = state().follow_ups[1]
    if questions:
        say = session.words()
        st.html(render.label_html(say("follow_ups")))
        rows = [{"value": question, "label": question} for question in questions]
        components.choices(rows, key=f"next-{turn.number}", look="pills", label=say("follow_ups"), on_pick=first.pick)
