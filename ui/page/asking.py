"""Asks a question while the visitor looks on: the steps of the work, what was found, the answer as it comes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from bot.answer import Answered, Event, Retracted, Retrieved, Step, Token
from bot.errors import BotError, QuestionTooLong
from ui import components, desk, render
from ui.page import session, turns
from ui.page.filtering import described
from ui.page.session import Turn, state
from ui.words import Words
from vectorstore.errors import LibraryError
from vectorstore.model import Document, Filters

STEPS = ("step_search", "step_rank", "step_check", "step_write")
"""The steps as the page names them."""
_PLACES = {"retrieve": 0, "rerank": 1, "judge": 2, "write": 3, "verify": 3}
"""Which of them a step of the work belongs to."""


def ask(question: str, filters: Filters, documents: Sequence[Document]) -> None:
    """Answer `question`; the turn is kept from the start and with every piece of text, so that stopping leaves it."""
    say = session.words()
    history = session.answers()
    state().asked += 1
    turn = Turn(state().asked, question)
    before = state().turns
    state().turns = (*before, turn)
    turns.question(turn)
    with turns.answering(turn):
        place, beside = st.empty(), st.empty()
        with beside:
            components.watch(key=f"watch-{turn.number}", on_stopped=_stopped)
        progress = Progress(say)
        try:
            for event in desk.current().stream(question, history, filters):
                if isinstance(event, Answered):
                    turn = replace(turn, answer=event.answer, partial="")
                else:
                    progress = progress.after(event)
                    turn = replace(turn, partial=progress.draft)
                    state().turns = (*before, turn)
                    place.html(progress.html)
        except QuestionTooLong:  # its own message speaks of a command that visitors of the page don't have
            turn = replace(turn, error=say("too_long"))
        except (BotError, LibraryError) as error:
            turn = replace(turn, error=say.error(error))
        except Exception:  # one question's fault is logged and told; the conversation goes on
            logging.getLogger("zhengwen").exception("a question failed")
            turn = replace(turn, error=say("fault"))
        turn = session.keep(_scoped(turn, filters, documents, say))
        state().turns = (*before, turn)
        with place.container():
            turns.outcome(turn, fresh=True)
        beside.empty()
        turns.actions(turn, last=True)


def _stopped(_: bool) -> None:
    """Nothing need be done: the page is drawn again, with what was written marked as a part."""


class Progress:
    """How far the work has come: a value of the events so far."""

    def __init__(self, words: Words, *, step: int = 0, found: str = "", draft: str = "") -> None:
        self._words, self._step, self._found, self.draft = words, step, found, draft

    def after(self, event: Event) -> Progress:
        """The progress once `event` has happened."""
        step, found, draft = self._step, self._found, self.draft
        if isinstance(event, Step):
            step = max(step, _PLACES[event.name])  # a comparison takes the first steps once a side
        elif isinstance(event, Retrieved):
            found = render.found_told((hit.document for hit in event.hits), len(event.hits), self._words)
        elif isinstance(event, Token):
            draft += event.text
        elif isinstance(event, Retracted):
            draft = ""
        return Progress(self._words, step=step, found=found, draft=draft)

    @property
    def html(self) -> str:
        """What the visitor sees of it."""
        steps = render.steps_html([self._words(step) for step in STEPS], self._step, self._found)
        return steps + (render.draft_html(self.draft) if self.draft else "")


def _scoped(turn: Turn, filters: Filters, documents: Sequence[Document], say: Words) -> Turn:
    """The answer with a remark on what it was looked for in, which stays with it wherever it is read."""
    told = described(filters, documents)
    if turn.answer is None or not told:
        return turn
    notices = (say("scope", filters=told), *turn.answer.notices)
    return replace(turn, answer=replace(turn.answer, notices=notices))
