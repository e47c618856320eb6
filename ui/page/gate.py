"""The door of the page: a password, or an account by OpenID Connect, where one is configured."""

from __future__ import annotations

import logging
from functools import lru_cache

import streamlit as st
from streamlit.errors import StreamlitAuthError

from ui import desk, render
from ui.admission import Admission
from ui.page import language, session
from ui.page.accounts import accounts, providers
from ui.page.session import state


def open_to_visitor() -> bool:
    """Whether the visitor may see the page; draws the door for one who may not yet."""
    if accounts():
        return bool(st.user.is_logged_in) or _ask_to_log_in()
    door = _door()
    return door is None or door.is_in(session.owner()) or _ask_for_password(door)


def guarded() -> bool:
    """Whether there is a door at all."""
    return accounts() or desk.current().settings.password is not None


def leave_button() -> None:
    """The way out, where there is a door."""
    if guarded():
        st.button(session.words()("leave"), key="leave", icon=":material/logout:", type="tertiary", on_click=_leave)


def _ask_to_log_in() -> bool:
    say = session.words()
    st.html(render.heading_html("政问", say("login_told")))
    for name in providers():
        label = say("login") if name is None else say("login_with", name=name)
        st.button(label, key=f"login-{name or 'default'}", type="primary", on_click=_log_in, args=(name,))
    if state().trouble:
        st.html(render.notice_html(state().trouble))
    language.switch()
    return False


def _log_in(provider: str | None) -> None:
    try:
        st.login(provider)
    except StreamlitAuthError as error:  # a library or a part of the configuration is missing
        logging.getLogger("zhengwen").warning("%s", error)
        state().trouble = session.words()("login_broken")


def _ask_for_password(door: Admission) -> bool:
    say = session.words()
    st.html(render.heading_html("政问", say("gate_told")))
    with st.form("gate", border=False):
        st.text_input(say("password"), type="password", key="password", max_chars=500, autocomplete="current-password")
        st.form_submit_button(say("enter"), key="enter", type="primary", on_click=_try, args=(door,))
    if state().get("refused"):
        seconds = door.wait()
        told = say("password_wait", seconds=seconds) if seconds else say("password_wrong")
        st.html(render.notice_html(told))
    language.switch()
    return False


def _try(door: Admission) -> None:
    state().refused = not door.enter(session.owner(), state().password)
    state().password = ""


def _leave() -> None:
    door = _door()
    if accounts():
        st.logout()
    elif door is not None:
        door.leave(session.owner())


def _door() -> Admission | None:
    secret = desk.current().settings.password
    return None if secret is None else _admission(secret.get_secret_value())


@lru_cache(maxsize=2)
def _admission(password: str) -> Admission:
    """The door of this process; another password is another door, behind which nobody is yet."""
    return Admission(password)
