"""Questions to go on with, below the last answer: looked for when that is on the screen, while one reads on."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st

from bot.answer import Answer
from bot.errors import BotError
from ui import components, desk, render
from ui.errand import Errand
from ui.lookup import titled
from ui.page import first, session
from ui.page.session import Turn, state
from vectorstore.errors import LibraryError
from vectorstore.model import Filters

_AT_ONCE = 0.05
"""Seconds for which the page's own run waits; what takes longer is waited for by this part of the page alone."""
_EXAMPLES = 3
_PATIENCE = 0.1
"""Seconds after which Streamlit gets the chance to do what the visitor asks for."""


def follow_ups(turn: Turn, filters: Filters) -> None:
    """Draw them, looked for once; nothing where the turn has no answer."""
    if turn.answer is None or state().editing:
        return
    if state().follow_ups is None or state().follow_ups[0] != turn.number:
        looking = partial(_looked_for, session.answers(), turn.answer.follow_ups, filters)
        state().follow_ups = (turn.number, Errand(looking))
    _part(turn.number)


@st.fragment
def _part(number: int) -> None:
    if state().pending is not None:
        st.rerun()  # one was chosen: the page asks it
    if state().follow_ups is None or state().follow_ups[0] != number:
        return
    waiting, errand, alone = st.empty(), state().follow_ups[1], state().get("looked_for") == number
    try:
        while not errand.ended:
            errand.wait(0, _PATIENCE if alone else _AT_ONCE)
            if not errand.ended and not alone:
                with waiting.container():
                    components.later(key=f"later-{number}", on_later=partial(_go_on, number))
                return
            waiting.empty()
        questions = errand.outcome()
    except (BotError, LibraryError):  # nothing is lost: the visitor has asked for none
        return
    except Exception:  # the answer above stands, whatever this is
        logging.getLogger("zhengwen").exception("questions to go on with failed")
        return
    if questions:
        say = session.words()
        refused = session.answers()[-1].status == "not_found"
        label = say("can_be_asked" if refused else "follow_ups")
        st.html(render.label_html(label))
        rows = [{"value": question, "label": _briefly(question, session.answers()[-1])} for question in questions]
        components.choices(rows, key=f"next-{number}", look="pills", label=label, on_pick=first.pick)


def _briefly(question: str, answer: Answer) -> str:
    """`question` as its button says it: the one document that the answer cites is named in full above."""
    cited = {citation.document.id: citation.document for citation in answer.citations}
    if len(cited) != 1:
        return question
    title = titled(*cited.values())
    return session.words()("this_document") + question.removeprefix(title) if question.startswith(title) else question


def _go_on(number: int, _: bool) -> None:
    state().looked_for = number


def _looked_for(history: Sequence[Answer], known: Sequence[str], filters: Filters) -> Iterator[Sequence[str]]:
    """Questions that lead on from the conversation; from its greeting, and from where nothing is near what was asked,
    those of the first screen."""
    if known:
        yield known
    elif len(history) == 1 and history[-1].status == "courtesy":
        yield desk.current().examples()[:_EXAMPLES]
    else:
        found = desk.current().follow_ups(history, filters)
        lost = not found and filters == Filters() and history[-1].status == "not_found"
        asked = {answer.question for answer in history}
        yield [one for one in desk.current().examples() if one not in asked][:_EXAMPLES] if lost else found
