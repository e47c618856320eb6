"""A conversation that somebody shared: to be read, with its sources, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bot.errors import BotError, ConversationNotFound
from ui import desk, render
from ui.page import frame, language, reading, session, turns
from ui.page.session import Turn


def page(pages: Sequence[st.Page]) -> None:
    """Draw the conversation that the address names."""
    say = session.words()
    with st.sidebar:
        st.html(render.brand_html(say("guest")))
        st.page_link(pages[0], label=say("own_question"), icon=":material/add_comment:")
        language.switch()
    reading.panel()
    try:
        conversation, kept = desk.current().conversations().shared(st.query_params.get("t", ""))
    except ConversationNotFound:
        st.html(render.notice_html(say("share_gone")))
        return
    except BotError as error:
        st.html(render.notice_html(say.error(error)))
        return
    frame.trouble(None, severe=False)
    st.html(render.hint_html(say("shared_told")))
    st.html(render.title_html(conversation.title))
    for number, one in enumerate(kept, start=1):
        turn = Turn(number, one.answer.question, one.answer, id=one.id)
        turns.question(turn)
        with turns.answering():
            turns.outcome(turn, shared=True)
