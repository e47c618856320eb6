"""The chat page: ask, see the cited answer come, click a citation, read the passage in its document."""

from __future__ import annotations

import logging
import shlex
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from bot.answer import Answer, Answered, Citation, Token
from bot.errors import BotError, QuestionTooLong
from bot.settings import load_settings
from ui import components, desk, render
from ui.lookup import facts
from vectorstore.errors import LibraryError, NoLibrary
from vectorstore.model import Document

_EXAMPLES = 4
_TOO_LONG = "这段文字太长，不像一个问题。请只写想问的一两句话，再试一次。"
_FAULT = "出了点问题，这个问题没有答成。请再试一次；若仍不行，请在终端运行 zhengwen doctor 检查。"


@dataclass(frozen=True)
class Turn:
    """A question and what became of it; neither answer nor error: it was stopped."""

    number: int
    question: str
    answer: Answer | None = None
    error: str | None = None


@dataclass(frozen=True)
class Reading:
    """What stands in the reader: a document, and the citation to mark in it."""

    document: Document
    citation: Citation | None = None


def main() -> None:
    """Draw the page once; Streamlit calls this again after everything the user does."""
    st.set_page_config(
        page_title="政问", page_icon=str(components.THEME / "icon.svg"), layout="centered", menu_items={"About": None}
    )
    st.html(components.THEME / "page.css")
    state: Any = st.session_state
    for name, value in (("turns", ()), ("asked", 0), ("reading", None), ("pending", None)):
        state.setdefault(name, value)

    documents, trouble = _documents()
    typed = st.chat_input("输入关于政策的问题…", submit_mode="stop", disabled=not documents)
    question = typed or state.pending
    state.pending = None
    _sidebar(documents, started=bool(state.turns or question))
    _reader()
    if trouble is not None:
        st.html(render.notice_html(trouble, kind="info" if documents else "error"))
    elif not documents:
        _empty()
    if documents and not state.turns and not question:
        _welcome(documents)
    for turn in state.turns:
        _turn(turn)
    if question and documents:
        _ask(question)


def _documents() -> tuple[list[Document], str | None]:
    """The library's documents, none where it can't be read; and a sentence where something is wrong with it."""
    try:
        return list(desk.current().documents()), desk.current().notice()
    except NoLibrary:
        return [], None
    except (LibraryError, BotError) as error:
        return [], str(error)


def _sidebar(documents: list[Document], *, started: bool) -> None:
    with st.sidebar:
        st.html(render.brand_html(len(documents)))
        st.button(
            "新对话",
            key="clear",
            icon=":material/add_comment:",
            width="stretch",
            disabled=not started,
            on_click=_clear,
        )
        if started:  # before that the first screen says it
            st.html(render.hint_html(render.KEPT))
        if documents:
            st.html('<div class="zw-label">文件</div>')
            rows = [{"value": d.id, "label": d.title, "hint": facts(d)} for d in documents]
            components.choices(rows, key="documents", look="list", on_pick=_read)


def _reader() -> None:
    reading: Reading | None = st.session_state.reading
    with st.container(key="panel"):
        if reading is not None:
            st.html(components.THEME / "reading.css")
            components.reader(reading.document, citation=reading.citation, on_close=_close)


def _empty() -> None:
    st.html(render.empty_html())
    home = desk.current().settings.home
    place = "" if home == load_settings().home else f" --home {shlex.quote(str(home))}"
    st.code(f"zhengwen ingest 您的文件夹{place}", language="bash")


def _welcome(documents: list[Document]) -> None:
    st.html(render.welcome_html(len(documents)))
    questions = desk.current().examples()[:_EXAMPLES]
    if questions:
        st.html('<div class="zw-label">试试问</div>')
        components.choices(_buttons(questions), key="examples", look="pills", on_pick=_pick)


def _turn(turn: Turn) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.html(render.question_html(turn.question))
    # Within a container as in _ask, so that the browser keeps the element and what is unfolded in it.
    with st.chat_message("assistant", avatar=str(components.THEME / "icon.svg")), st.container():
        _outcome(turn)


def _outcome(turn: Turn, *, fresh: bool = False) -> None:
    if turn.answer is not None:
        components.answer(
            turn.answer,
            key=f"answer-{turn.number}",
            fresh=fresh,
            on_cite=lambda number: _cite(turn, number),
            on_read=_read,
        )
    else:
        st.html(render.notice_html(turn.error or "已停止。", kind="error" if turn.error else "info"))


def _ask(question: str) -> None:
    """Answer a question as it is drawn; the turn is kept from the start, so that a stopped one stays on screen."""
    state: Any = st.session_state
    state.asked += 1
    history = [turn.answer for turn in state.turns if turn.answer is not None]
    turn = Turn(state.asked, question)
    state.turns = (*state.turns, turn)
    with st.chat_message("user", avatar=":material/person:"):
        st.html(render.question_html(question))
    with st.chat_message("assistant", avatar=str(components.THEME / "icon.svg")):
        place = st.empty()
        place.html(render.draft_html(""))
        draft = ""
        try:
            for event in desk.current().stream(question, history):
                if isinstance(event, Token):
                    draft += event.text
                    place.html(render.draft_html(draft))
                elif isinstance(event, Answered):
                    turn = replace(turn, answer=event.answer)
        except QuestionTooLong:  # its own message speaks of a command that visitors of the page don't have
            turn = replace(turn, error=_TOO_LONG)
        except (BotError, LibraryError) as error:
            turn = replace(turn, error=str(error))
        except Exception:  # one question's fault is logged and told; the conversation goes on
            logging.getLogger("zhengwen").exception("a question failed")
            turn = replace(turn, error=_FAULT)
        state.turns = (*state.turns[:-1], turn)
        with place.container():
            _outcome(turn, fresh=True)


def _buttons(questions: Any) -> list[dict[str, str]]:
    return [{"value": question, "label": question, "hint": ""} for question in questions]


def _pick(question: str) -> None:
    st.session_state.pending = question


def _clear() -> None:
    st.session_state.turns = ()
    st.session_state.reading = None


def _close(_: bool) -> None:
    st.session_state.reading = None


def _cite(turn: Turn, number: int) -> None:
    """Open the passage behind a marker; the citation carries its document, so it opens even if that was removed."""
    found = next((c for c in turn.answer.citations if c.number == number), None) if turn.answer else None
    if found is not None:
        st.session_state.reading = Reading(found.document, found)


def _read(doc_id: str) -> None:
    try:
        st.session_state.reading = Reading(desk.current().document(doc_id))
    except LibraryError as error:
        logging.getLogger(__name__).warning("%s", error)
        st.toast("这份文件已不在资料库里。")


main()
