"""有用 or 没用 below an answer, the latter with a reason."""

from __future__ import annotations

from functools import partial

import streamlit as st

from bot.errors import BotError
from bot.feedback import REASONS, Verdict
from ui import desk, render
from ui.page import session
from ui.page.session import Turn, state


def buttons(turn: Turn) -> None:
    """The two verdicts, once per answer; only of an answer that is kept, for a verdict speaks of it by name."""
    if turn.id is None or turn.answer is None:
        return
    say = session.words()
    given = dict(state().rated).get(turn.id)
    for verdict, icon in (("useful", ":material/thumb_up:"), ("useless", ":material/thumb_down:")):
        st.button(
            say(verdict),
            key=f"{verdict}-{turn.id}",
            icon=icon,
            type="tertiary",
            disabled=given is not None and given != "asking",
            on_click=partial(_say, turn, "useful") if verdict == "useful" else partial(_mark, turn, "asking"),
        )


def reason(turn: Turn) -> None:
    """The question what was wrong, while it is open; thanks, once it is answered."""
    say = session.words()
    given = dict(state().rated).get(turn.id)
    if given in ("useful", "useless"):
        st.html(render.hint_html(say("thanks")))
    if given != "asking":
        return
    with st.form(f"why-{turn.id}"):
        st.pills(say("why"), REASONS, key=f"reason-{turn.id}")
        st.text_input(say("more_words"), key=f"words-{turn.id}", max_chars=500)
        with st.container(horizontal=True):
            send, away = partial(_say, turn, "useless"), partial(_mark, turn, None)
            st.form_submit_button(say("submit"), key=f"send-{turn.id}", type="primary", on_click=send)
            st.form_submit_button(say("cancel"), key=f"cancel-{turn.id}", on_click=away)


def _say(turn: Turn, verdict: Verdict) -> None:
    chosen = state().get(f"reason-{turn.id}") or ""
    added = (state().get(f"words-{turn.id}") or "").strip()
    told = "：".join(part for part in (chosen, added) if part) if verdict == "useless" else ""
    assert turn.answer is not None and turn.id is not None
    try:
        desk.current().feedback().give(verdict, answer=turn.answer, turn=turn.id, owner=session.owner(), reason=told)
    except BotError as error:
        state().trouble = str(error)
        return
    _mark(turn, verdict)


def _mark(turn: Turn, verdict: str | None) -> None:
    kept = {id: given for id, given in state().rated if id != turn.id}
    state().rated = tuple({**kept, turn.id: verdict}.items())
