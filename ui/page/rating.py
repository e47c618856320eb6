"""有用 or 无用 below an answer, the latter with a reason that is asked for in a leaf beside the button."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from bot.errors import BotError
from bot.feedback import REASONS, Verdict
from ui import components, desk, render
from ui.page import session
from ui.page.session import Turn, state


def buttons(turn: Turn) -> None:
    """The two verdicts, once per answer; only of an answer that is kept, for a verdict speaks of it by name."""
    if turn.id is None or turn.answer is None:
        return
    say = session.words()
    given = dict(state().rated).get(turn.id)
    up: dict[str, Any] = {"key": f"useful-{turn.id}", "icon": ":material/thumb_up:", "type": "tertiary"}
    down: dict[str, Any] = {"key": f"useless-{turn.id}", "icon": ":material/thumb_down:", "type": "tertiary"}
    st.button(say("useful"), disabled=given is not None, on_click=partial(_say, turn, "useful"), **up)
    if given is not None:
        st.button(say("useless"), disabled=True, **down)
        return
    with st.popover(say("useless"), **down):
        with st.form(f"why-{turn.id}", border=False):
            st.pills(say("why"), REASONS, format_func=say, key=f"reason-{turn.id}")
            st.text_input(say("more_words"), key=f"words-{turn.id}", max_chars=500)
            send = partial(_say, turn, "useless")
            st.form_submit_button(say("submit"), key=f"send-{turn.id}", type="primary", on_click=send)
        components.enter(key=f"enter-{turn.id}")


def thanks(turn: Turn) -> None:
    """Thanks, once the verdict is given."""
    if turn.id in dict(state().rated):
        st.html(render.hint_html(session.words()("thanks"), role="status"))


def _say(turn: Turn, verdict: Verdict) -> None:
    chosen = state().get(f"reason-{turn.id}") or ""
    added = (state().get(f"words-{turn.id}") or "").strip()
    told = "：".join(part for part in (chosen, added) if part) if verdict == "useless" else ""
    assert turn.answer is not None and turn.id is not None
    try:
        desk.current().feedback().give(verdict, answer=turn.answer, turn=turn.id, owner=session.owner(), reason=told)
    except BotError as error:
        state().trouble = session.words().error(error)
        return
    _mark(turn, verdict)


def _mark(turn: Turn, verdict: Verdict) -> None:
    kept = {id: given for id, given in state().rated if id != turn.id}
    state().rated = tuple({**kept, turn.id: verdict}.items())
