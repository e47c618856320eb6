"""Asks a question while the visitor looks on: the steps of the work, what was found, the answer as it comes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import StopException

from bot.answer import Answer, Answered, Event, Retracted, Retrieved, Searching, Step, Token
from bot.errors import BotError, QuestionTooLong
from ui import components, desk, render
from ui.errand import Errand
from ui.page import session, turns
from ui.page.filtering import described
from ui.page.session import Turn, state
from ui.understood import understood
from ui.words import Words
from vectorstore.errors import LibraryError
from vectorstore.model import Document, Filters

STEPS = ("step_search", "step_rank", "step_check", "step_write")
"""The steps as the page names them."""
_PLACES = {"retrieve": 0, "rerank": 1, "judge": 2, "write": 3, "verify": 3}
"""Which of them a step of the work belongs to."""
_PATIENCE = 0.15
"""Seconds without news, after which Streamlit gets the chance to end the run of the page's script."""
_GRACE = 2.0
"""Seconds until another run follows the question, where the visitor hasn't left."""


def begin(question: str, filters: Filters, documents: Sequence[Document]) -> None:
    """Send the question off, as the conversation's last turn; one that is still on its way is stopped."""
    stop()
    say = session.words()
    work = partial(_progress, partial(desk.current().stream, question, session.answers(), filters), question, say)
    state().asked += 1
    asking = session.Asking(Errand(work), described(filters, documents))
    state().turns = (*state().turns, Turn(state().asked, question, asking=asking))


def stop() -> None:
    """Stop the question that is on its way, if any; what was written stays, marked as a part."""
    asking = session.asking()
    if asking is not None:
        asking.errand.leave()
        *before, turn = state().turns
        state().turns = (*before, _part(turn, asking))


def follow(turn: Turn, asking: session.Asking) -> None:
    """Show how far the question has come until it is answered. Whatever else is done on the page begins a new run of
    its script, which ends this one; the new one goes on from where the work is then."""
    say = session.words()
    turns.question(turn)
    with turns.answering():
        place, beside = st.empty(), st.empty()
        with beside.container():
            components.here(key=f"here-{turn.number}")
            components.watch(key=f"watch-{turn.number}", on_stopped=_stopped)
            with st.container(key="stop"):  # shown where the field for questions has no such button
                st.button(say("stop"), key=f"stop-{turn.number}", icon=":material/stop_circle:", on_click=stop)
        attending = asking.errand.attend()
        try:
            turn = asking.settle(partial(_settled, _outcome(turn, asking, place), asking))
            session.record(turn, asking)
            with place.container():
                turns.outcome(turn, last=True)
            beside.empty()
            turns.actions(turn, last=True)
        except StopException:  # for a new run; there is none where the visitor has pressed stop or closed the tab
            asking.errand.forsake(attending, _GRACE)
            raise


def _outcome(turn: Turn, asking: session.Asking, place: DeltaGenerator) -> Turn:
    """The turn with what became of it, once that is known; the work's progress is shown in `place` until then."""
    say, seen = session.words(), 0
    try:
        while not asking.errand.ended:
            seen = asking.errand.wait(seen, _PATIENCE)
            if asking.errand.last is not None and not asking.errand.ended:
                place.html(asking.errand.last.html)
        asking.errand.outcome()
    except QuestionTooLong:  # its own message speaks of a command that visitors of the page don't have
        return replace(turn, asking=None, error=say("too_long"))
    except (BotError, LibraryError) as error:
        return replace(turn, asking=None, error=say.error(error))
    except Exception:  # one question's fault is logged and told; the conversation goes on
        logging.getLogger("zhengwen").exception("a question failed")
        return replace(turn, asking=None, error=say("fault"))
    return _part(turn, asking)


def _settled(turn: Turn, asking: session.Asking) -> Turn:
    """The turn, kept where it can be, with a remark on what was looked for in, which stays with it."""
    if turn.answer is not None and asking.scope:
        notices = (session.words()("scope", filters=asking.scope), *turn.answer.notices)
        turn = replace(turn, answer=replace(turn.answer, notices=notices))
    return session.keep(turn, asking)


def _part(turn: Turn, asking: session.Asking) -> Turn:
    """The turn with its answer, or what was written of it."""
    progress = asking.errand.last
    if progress is None:
        return replace(turn, asking=None)
    return replace(turn, asking=None, answer=progress.answer, partial="" if progress.answer else progress.draft)


def _stopped(_: bool) -> None:
    stop()


class Progress:
    """How far the work has come: a value of the events so far."""

    def __init__(
        self,
        question: str,
        words: Words,
        *,
        meant: str = "",
        step: int = 0,
        found: str = "",
        draft: str = "",
        answer: Answer | None = None,
    ) -> None:
        self._question, self._words, self._meant, self._step, self._found = question, words, meant, step, found
        self.draft, self.answer = draft, answer

    def after(self, event: Event) -> Progress:
        """The progress once `event` has happened."""
        meant, step, found, draft = self._meant, self._step, self._found, self.draft
        if isinstance(event, Searching):
            meant = understood(self._question, event.question, self._words)
        elif isinstance(event, Step):
            step = max(step, _PLACES[event.name])  # a comparison takes the first steps once a side
        elif isinstance(event, Retrieved):
            found = render.found_told((hit.document for hit in event.hits), len(event.hits), self._words)
        elif isinstance(event, Token):
            draft += event.text
        elif isinstance(event, Retracted):
            draft = ""
        answer = event.answer if isinstance(event, Answered) else None
        return Progress(self._question, self._words, meant=meant, step=step, found=found, draft=draft, answer=answer)

    @property
    def html(self) -> str:
        """What the visitor sees of it: each part below those that come before it, so that none moves another."""
        steps = render.steps_html([self._words(step) for step in STEPS], self._step)
        found, draft = render.found_html(self._found), render.draft_html(self.draft) if self.draft else ""
        return steps + render.understood_html(self._meant) + found + draft


def _progress(stream: partial[Iterator[Event]], question: str, words: Words) -> Iterator[Progress]:
    progress = Progress(question, words)
    yield progress
    events = stream()
    try:
        for event in events:
            progress = progress.after(event)
            yield progress
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()
