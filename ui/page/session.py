"""What one tab of the page remembers: its conversation, what is being read, and in which language it speaks."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from bot.answer import Answer, Citation
from bot.errors import BotError, ConversationNotFound
from ui import desk
from ui.errand import Errand
from ui.visitor import owner_of
from ui.words import Language, Words
from vectorstore.model import Document

CONVERSATION = "c"
"""Parameter of the address that names the conversation."""
_LANGUAGE = "lang"
_STARTING: dict[str, Any] = {
    "turns": (),
    "asked": 0,
    "talk": None,
    "reading": None,
    "pending": None,
    "editing": False,
    "trouble": None,
    "rated": (),
    "follow_ups": None,
    "leaving": False,
}


class Asking:
    """A question on its way. The tab keeps it, so that whatever else is done on the page doesn't interrupt it."""

    def __init__(self, errand: Errand[Any], scope: str) -> None:
        """`scope` says in words what the answer is looked for in; empty where in everything."""
        self.errand, self.scope = errand, scope
        self.talk: str | None = None
        """The conversation that was begun for it."""
        self._lock = threading.Lock()
        self._settled: Turn | None = None

    def settle(self, settled: Callable[[], Turn]) -> Turn:
        """What became of it: settled once, however many runs of the page's script come to it at a time."""
        with self._lock:
            if self._settled is None:
                self._settled = settled()
            return self._settled


@dataclass(frozen=True)
class Turn:
    """A question and what became of it; nothing of all: it was stopped, with `partial` written so far."""

    number: int
    question: str
    answer: Answer | None = None
    error: str | None = None
    partial: str = ""
    id: str | None = None
    """Its name in the store of conversations; None where it isn't kept."""
    asking: Asking | None = None
    """Only of the last: it is on its way."""


@dataclass(frozen=True)
class Reading:
    """What stands in the reader: a document, the citation to mark in it, and those to leaf through."""

    document: Document
    citation: Citation | None = None
    among: tuple[Citation, ...] = ()


def state() -> Any:
    """The tab's state; its names exist after `begin`."""
    return st.session_state


def begin() -> None:
    """Fill in what a new tab starts with."""
    for name, value in _STARTING.items():
        st.session_state.setdefault(name, value)
    under_way = asking()
    if under_way is not None:
        under_way.errand.attend()  # whichever page is looked at meanwhile
    st.session_state.setdefault("language", "en" if st.query_params.get(_LANGUAGE) == "en" else "zh")


def dark() -> bool:
    """Whether the visitor sees light text on a dark page."""
    return st.context.theme.type == "dark"


def words() -> Words:
    """The page's words in the tab's language."""
    return Words(st.session_state.get("language", "zh"))


def speak(language: Language) -> None:
    """Change the language, in the address too."""
    st.session_state.language = language
    if language == "en":
        st.query_params[_LANGUAGE] = "en"
    else:
        st.query_params.pop(_LANGUAGE, None)


def owner() -> str:
    """Whose conversations these are: the account's, else the browser's; without a cookie this tab's alone.

    An account is told by what its provider never gives to another (iss, sub); an address may change hands.
    """
    known = dict(st.user) if st.user else {}
    user = f"{known.get('iss', '')} {known['sub']}" if known.get("sub") else known.get("email")
    found = owner_of(dict(st.context.cookies), user=str(user) if user else None)
    return found or str(st.session_state.setdefault("nobody", f"tab-{secrets.token_hex(8)}"))


def answers() -> list[Answer]:
    """The answers so far, oldest first: the history of the next question."""
    return [turn.answer for turn in st.session_state.turns if turn.answer is not None]


def asking() -> Asking | None:
    """The question that is on its way, if one is."""
    turns: Sequence[Turn] = st.session_state.turns
    return turns[-1].asking if turns else None


def to_chat(page: st.Page) -> None:
    """From another page go where the conversation is, if one was chosen or begun there."""
    if st.session_state.leaving:
        st.session_state.leaving = False
        st.switch_page(page)


def follow_address() -> None:
    """Open the conversation that the address names, if it isn't the one on screen; a wrong name is told."""
    st.session_state.leaving = False
    wanted = st.query_params.get(CONVERSATION)
    if wanted == st.session_state.talk:
        return
    if wanted is None:  # back from another page
        st.query_params[CONVERSATION] = st.session_state.talk
        return
    try:
        open_conversation(wanted)
    except BotError as error:
        start_afresh()
        st.session_state.trouble = words().error(error)


def open_conversation(id: str) -> None:
    """Put a kept conversation on screen. Raises ConversationNotFound and StateUnavailable."""
    kept = desk.current().conversations().turns(id, owner=owner())
    said = desk.current().feedback()
    rated = tuple((one.id, verdict) for one in kept if (verdict := said.given(one.id, owner=owner())))
    start_afresh()
    turns = tuple(Turn(number, one.answer.question, one.answer, id=one.id) for number, one in enumerate(kept, start=1))
    st.session_state.update(turns=turns, asked=len(turns), talk=id, rated=rated, leaving=True)
    st.query_params[CONVERSATION] = id


def start_afresh() -> None:
    """An empty screen; what was kept stays kept, and a question on its way is given up."""
    _leave()
    st.session_state.update({**_STARTING, "leaving": True})
    st.query_params.pop(CONVERSATION, None)


def keep(turn: Turn, asking: Asking) -> Turn:
    """Store an answered turn as the conversation's last; gives it with its id, or as it is where it can't be kept.

    A greeting begins no conversation: that would be called 你好.
    """
    talk, whose, store = st.session_state.talk, owner(), desk.current().conversations()
    if turn.answer is None or (turn.answer.status == "courtesy" and talk is None):
        return turn
    try:  # without a look at the tab's memory, where Streamlit may end this run: what is stored is told
        asking.talk = talk or store.create(owner=whose).id
        try:
            id = store.append(asking.talk, turn.answer, owner=whose)
        except ConversationNotFound:  # deleted in another tab: what is on screen becomes a new one
            asking.talk = store.create(owner=whose).id
            id = store.append(asking.talk, turn.answer, owner=whose)
    except BotError as error:
        asking.talk = talk
        st.session_state.trouble = words().error(error)
        return turn
    return replace(turn, id=id)


def record(turn: Turn, asking: Asking) -> None:
    """Put what became of the question on its way in its place, and the conversation's name into the address."""
    *before, last = st.session_state.turns
    if asking.talk is not None:
        st.session_state.talk = asking.talk
    if last.asking is asking:
        st.session_state.turns = (*before, turn)
    if st.session_state.talk is not None:
        st.query_params[CONVERSATION] = st.session_state.talk


def _leave() -> None:
    under_way = asking()
    if under_way is not None:
        under_way.errand.leave()


def take_back_last() -> str | None:
    """Forget the last turn, kept or still on its way, so that its question can be asked anew; gives the question."""
    _leave()
    turns: Sequence[Turn] = st.session_state.turns
    if not turns:
        return None
    *before, last = turns
    if last.id is not None and st.session_state.talk is not None:
        kept = sum(turn.id is not None for turn in before)
        try:
            desk.current().conversations().cut(st.session_state.talk, kept, owner=owner())
        except BotError as error:
            st.session_state.trouble = words().error(error)
    st.session_state.update(turns=tuple(before), reading=None, editing=False)
    return last.question
