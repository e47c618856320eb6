"""Draws the questions of a conversation with what became of them, and what can be done with each."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import streamlit as st

from bot.kinds.tabulate import compares
from ui import components, render
from ui.page import comparing, filtering, rating, reading, session
from ui.page.session import Turn, state


def draw(turn: Turn, *, last: bool) -> None:
    """One turn; the last can be asked anew or differently."""
    if last and state().editing:
        _edit(turn)
    else:
        question(turn)
    # Each in the place it has in asking.follow, so that the browser keeps the element and what is unfolded in it.
    with answering():
        with st.container():
            outcome(turn, last=last)
        st.empty()
        actions(turn, last=last)


def question(turn: Turn) -> None:
    """The question's bubble."""
    with st.chat_message("user", avatar=":material/person:"):
        st.html(render.question_html(turn.question, session.words()))


def answering() -> AbstractContextManager[Any]:
    """The place of the answer."""
    return st.chat_message("assistant", avatar=str(components.THEME / "icon.svg"))


def outcome(turn: Turn, *, last: bool = False, shared: bool = False) -> None:
    """The answer, the fault, or what was written before it was stopped; the last one is brought into view."""
    say = session.words()
    if turn.answer is not None:
        key = f"{'shared' if shared else 'answer'}-{turn.id or turn.number}"
        shown = partial(components.answer, turn.answer, words=say, on_cite=partial(reading.cite, turn.answer))
        if compares(turn.answer):  # the table stands between what is said and what it rests on
            shown(key=key, last=last, part="text", on_read=reading.read)
            comparing.draw(turn.answer, key=f"{key}-compared")
            shown(key=f"{key}-sources", last=False, part="sources", on_read=reading.read)
        else:
            shown(key=key, last=last, on_read=reading.read)
        return
    if turn.error:
        st.html(render.notice_html(turn.error))
    elif turn.partial:
        st.html(render.partial_html(turn.partial))
        st.html(render.notice_html(say("stopped_partly"), kind="info"))
    else:
        st.html(render.notice_html(say("stopped"), kind="info"))
    if last:
        components.here(key=f"outcome-{turn.number}")


def actions(turn: Turn, *, last: bool) -> None:
    """What can be done with a turn, and what follows from the last one."""
    say = session.words()
    with st.container(horizontal=True, gap="small", key=f"actions-{turn.number}"):
        if turn.answer is not None and turn.answer.status == "courtesy":
            return
        rating.buttons(turn)
        if last:
            _small(say("regenerate"), "regenerate", ":material/refresh:", on_click=_again)
            if turn.answer is not None and turn.answer.status == "not_found" and filtering.any_chosen():
                _small(say("ask_unfiltered"), "unfiltered", ":material/filter_alt_off:", on_click=_unfiltered)
            _small(say("edit"), "edit", ":material/edit:", on_click=_start_editing)
    rating.thanks(turn)


def _small(label: str, key: str, icon: str, **how: Any) -> None:
    st.button(label, key=key, icon=icon, type="tertiary", **how)


def _again() -> None:
    state().pending = session.take_back_last()


def _unfiltered() -> None:
    filtering.clear()
    _again()


def _start_editing() -> None:
    state().editing = session.asking() is None


def _stop_editing() -> None:
    state().editing = False


def _edit(turn: Turn) -> None:
    """The last question as a field to change; sending it takes the old answer's place."""
    say = session.words()
    with st.chat_message("user", avatar=":material/person:"), st.form("edit-form", border=False):
        st.text_area(say("question"), turn.question, key="edited", label_visibility="collapsed", max_chars=1000)
        with st.container(horizontal=True):
            st.form_submit_button(say("send"), key="edited-send", type="primary", on_click=_send_edited)
            st.form_submit_button(say("cancel"), key="edited-cancel", on_click=_stop_editing)
        components.enter(key=f"enter-edit-{turn.number}")


def _send_edited() -> None:
    changed = state().edited.strip()
    if changed:
        session.take_back_last()
        state().pending = changed
    state().editing = False
