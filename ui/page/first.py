"""The first screen: what this is, from where and when its documents are, questions it answers; or how to begin."""

from __future__ import annotations

import logging
import shlex
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from bot.errors import BotError
from bot.settings import load_settings
from ui import components, desk, render
from ui.page import adding, filtering, session
from ui.page.session import state
from vectorstore.errors import LibraryError
from vectorstore.model import Document, Filters
from vectorstore.regions import Region

_EXAMPLES = 6
_PLACES = 4
"""Places, or issuers without one, that the first screen names."""


def welcome(documents: Sequence[Document], filters: Filters) -> None:
    """What this is, and six questions to begin with, which the documents answer under `filters`."""
    say = session.words()
    told = whence(documents)
    where = say("where", what=told) if told else ""
    text = say("pledge", count=len(documents), where=where)
    st.html(render.heading_html(say("headline"), text, small="政问"))
    try:
        questions = desk.current().examples(filters, filtering.admitted(documents, filters))[:_EXAMPLES]
    except (LibraryError, BotError):  # the library is told of elsewhere; one can ask without examples
        questions = ()
    except Exception:  # so can one whatever this is
        logging.getLogger("zhengwen").exception("example questions failed")
        questions = ()
    if questions:
        st.html(render.label_html(say("try")))
        rows = [{"value": question, "label": question} for question in questions]
        components.choices(rows, key="examples", look="tiles", label=say("try"), on_pick=pick)
    st.html(render.hint_html(say("kept_here")))


def whence(documents: Sequence[Document]) -> str:
    """From where or from whom the documents are, most first, and of which years: 国务院、山东省，2017—2022 年."""
    say = session.words()
    origins = Counter(_province(d.region) if d.region else (d.issuer or "").split("、")[0] for d in documents)
    places = [name for name, _ in origins.most_common() if name]
    years = sorted(d.date.year for d in documents if d.date)
    parts = []
    if places:
        shown = "、".join(places[:_PLACES])
        parts.append(say("and_more", shown=shown) if len(places) > _PLACES else shown)
    if years:
        parts.append(say("year" if years[0] == years[-1] else "years", first=years[0], last=years[-1]))
    return ("，" if say.language == "zh" else ", ").join(parts)


def empty() -> None:
    """No document yet: a place to drop some, or the command that reads a folder."""
    say = session.words()
    may = adding.allowed()
    st.html(render.heading_html(say("nothing_yet"), say("nothing_yet_told" if may else "nothing_yet_command")))
    if may:
        adding.drop_zone("first")
        st.html(render.hint_html(say("or_command")))
    home = desk.current().settings.home
    place = "" if home == load_settings().home else f" --home {shlex.quote(str(home))}"
    st.code(f"zhengwen ingest {say('your_folder')}{place}", language="bash")


def pick(question: str) -> None:
    """Ask one of the questions offered."""
    state().pending = question


def _province(name: str) -> str:
    try:
        return Region.parse(name).province
    except ValueError:
        return name
