"""The visitor's conversations in the side bar: found, opened, renamed, shared, exported, deleted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from bot.conversations import Conversation
from bot.errors import BotError
from ui import components, desk, render
from ui.exporting import MEDIA, Format, exported, filename
from ui.links import SHARED
from ui.page import session
from ui.page.session import state
from ui.words import Words

_FORMATS: dict[str, Format] = {"Markdown": "md", "Word": "docx", "JSON": "json"}


def panel() -> None:
    """Search and list; nothing before there is a conversation."""
    say = session.words()
    wanted = state().get("talk_search") or ""
    try:
        found = desk.current().conversations().list(owner=session.owner(), search=wanted, limit=60)
    except BotError as error:
        st.html(render.hint_html(session.words().error(error)))
        return
    if not found and not wanted:
        return
    st.html(render.label_html(say("conversations")))
    if wanted or len(found) > 5:
        st.text_input(
            say("search_conversations"),
            key="talk_search",
            type="search",
            placeholder=say("search_conversations"),
            label_visibility="collapsed",
        )
    rows = [
        {"value": one.id, "label": one.title, "hint": _when(one.updated), "current": one.id == state().talk and "yes"}
        for one in found
    ]
    if rows:
        components.choices(rows, key="talks", look="talks", label=say("conversations"), on_pick=_open)
    else:
        st.html(render.hint_html(say("no_match")))


def manage() -> None:
    """What can be done with the conversation on screen."""
    if state().talk is None:
        return
    say = session.words()
    store, owner = desk.current().conversations(), session.owner()
    try:
        talk = store.get(state().talk, owner=owner)
    except BotError:  # deleted in another tab; what is on screen can be read on
        return
    with st.popover(say("manage"), icon=":material/more_horiz:", width="stretch"):
        with st.form("rename", border=False):
            st.text_input(say("rename"), talk.title, key="title", max_chars=60)
            st.form_submit_button(say("save"), key="rename-save", on_click=_rename, args=(talk.id,))
        _export(talk)
        _share(talk)
        if st.checkbox(say("delete"), key="delete"):
            st.button(say("delete_sure"), key="delete-sure", type="primary", on_click=_delete, args=(talk.id,))
        components.enter(key="enter-manage")


def address(token: str) -> str:
    """Where a shared conversation is read, as this browser reaches the server."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}/{SHARED}?t={token}" if here.netloc else f"/{SHARED}?t={token}"


def _export(talk: Conversation) -> None:
    say = session.words()
    st.html(render.label_html(say("export")))
    with st.container(horizontal=True):
        for name, format in _FORMATS.items():
            st.download_button(
                name,
                partial(_exported, format, talk, session.owner(), say),
                file_name=filename(format, talk),
                mime=MEDIA[format],
                key=f"export-{format}",
                on_click="ignore",
            )


def _exported(format: Format, talk: Conversation, owner: str, words: Words) -> bytes:
    """Made when it is asked for, in a thread that knows no session."""
    return exported(format, talk, desk.current().conversations().turns(talk.id, owner=owner), words)


def _share(talk: Conversation) -> None:
    say = session.words()
    if talk.shared is None:
        st.button(say("share"), key="share", icon=":material/link:", on_click=_change, args=("share", talk.id))
        return
    st.html(render.hint_html(say("share_told")))
    components.address(address(talk.shared), key="address", words=say)
    st.button(say("unshare"), key="unshare", icon=":material/link_off:", on_click=_change, args=("unshare", talk.id))


def _open(id: str) -> None:
    try:
        session.open_conversation(id)
    except BotError as error:
        state().trouble = session.words().error(error)


def _rename(id: str) -> None:
    try:
        desk.current().conversations().rename(id, state().title, owner=session.owner())
    except BotError as error:
        state().trouble = session.words().error(error)


def _change(how: str, id: str) -> None:
    store = desk.current().conversations()
    try:
        (store.share if how == "share" else store.unshare)(id, owner=session.owner())
    except BotError as error:
        state().trouble = session.words().error(error)


def _delete(id: str) -> None:
    try:
        desk.current().conversations().delete(id, owner=session.owner())
    except BotError as error:
        state().trouble = session.words().error(error)
        return
    session.start_afresh()


def _when(moment: datetime) -> str:
    """Day or, of today, the time, where the server stands."""
    local = moment.astimezone()
    return local.strftime("%H:%M") if local.date() == datetime.now().date() else local.strftime("%Y-%m-%d")
