"""The first screen: what this is, from where and when its documents are, questions it answers; or how to begin."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

import streamlit as st

from bot.errors import BotError
from bot.settings import load_settings
from ui import components, desk, render
from ui.page import adding, session
from ui.page.session import state
from vectorstore.errors import LibraryError
from vectorstore.model import Document
from vectorstore.regions import Region

_EXAMPLES = 6
_PLACES = 4
"""Places that the first screen names."""


def welcome(documents: Sequence[Document]) -> None:
    """What this is, and six questions to begin with."""
    say = session.words()
    told = whence(documents)
    where = say("where", what=told) if told else ""
    text = say("pledge", count=len(documents), where=where)
    st.html(render.heading_html(say("headline"), text, small="政问"))
    try:
        questions = desk.current().examples()[:_EXAMPLES]
    except (LibraryError, BotError):  # the library is told of elsewhere; one can ask without examples
        questions = ()
    if questions:
        st.html(render.label_html(say("try")))
        rows = [{"value": question, "label": question} for question in questions]
        components.choices(rows, key="examples", look="pills", label=say("try"), on_pick=pick, first=True)
    st.html(render.hint_html(say("kept_here")))


def whence(documents: Sequence[Document]) -> str:
    """From where the documents are and of which years: 山东省、天津市，2017—2022 年."""
    say = session.words()
    places = list(dict.fromkeys(name for d in documents if d.region and (name := _province(d.region))))
    years = sorted(d.date.year for d in documents if d.date)
    parts = []
    if places:
        shown = "、".join(places[:_PLACES])
        more = len(places) - _PLACES
        parts.append(say("and_more", shown=shown, count=len(places), more=more) if more > 0 else shown)
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
    st.code(f"zhengwen ingest 您的文件夹{place}", language="bash")


def pick(question: str) -> None:
    """Ask one of the questions offered."""
    state().pending = question


def _province(name: str) -> str:
    try:
        return Region.parse(name).province
    except ValueError:
        return name
