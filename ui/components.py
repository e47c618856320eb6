"""The page's own elements. Their scripts set document text as text nodes, so that no mark-up in it can take effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from bot.answer import Answer, Citation
from ui.drawn import answer_data, reader_data
from ui.words import Words
from vectorstore.model import Document

THEME = Path(__file__).parent / "theme"


def answer(
    value: Answer,
    *,
    key: str,
    last: bool,
    words: Words,
    part: Literal["all", "text", "sources"] = "all",
    on_cite: Callable[[int], None],
    on_read: Callable[[str], None],
) -> None:
    """An answer with chips and sources to click; `on_cite` gets a citation's number, `on_read` a document's id.

    The last one is scrolled to its question when it is first drawn. `part` leaves out its sources, or all but those.
    """
    data = {**answer_data(value, words), "last": last, "part": part}
    _mount("answer", key, data, {"cite": on_cite, "read": on_read})


def reader(
    document: Document,
    *,
    citation: Citation | None,
    among: Sequence[Citation],
    words: Words,
    on_close: Callable[[bool], None],
    on_leaf: Callable[[int], None],
) -> None:
    """A document beside the conversation, the cited passage marked and scrolled into view; `on_leaf` gets the number
    of another of the citations `among`."""
    data = reader_data(document, citation=citation, among=among, words=words)
    _mount("reader", "reader", data, {"close": on_close, "leaf": on_leaf})


def choices(
    items: Sequence[Mapping[str, str]],
    *,
    key: str,
    look: str,
    on_pick: Callable[[str], None],
    search: str = "",
    label: str = "",
) -> None:
    """Buttons, each {"value", "label", and what stands below}; `on_pick` gets the value. `look` is "pills" or "list".

    `search` is what the field says that filters a long list; without it there is none.
    """
    data = {"items": list(items), "look": look, "search": search, "label": label}
    _mount("choices", key, data, {"pick": on_pick})


def table(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: str,
    label: str,
    on_pick: Callable[[Any], None],
) -> None:
    """A table whose rows are {"cells": […], "value": …, "name": what a row's button is called}; `on_pick` gets the
    value of the row that was clicked."""
    _mount("table", key, {"columns": list(columns), "rows": list(rows), "label": label}, {"pick": on_pick})


def arcs(data: Mapping[str, Any], *, key: str, on_pick: Callable[[str], None]) -> None:
    """Documents in order, arcs from each to those it cites; `on_pick` gets the id of the one clicked."""
    _mount("arcs", key, dict(data), {"pick": on_pick})


def timeline(data: Mapping[str, Any], *, key: str, label: str, on_pick: Callable[[str], None]) -> None:
    """What ui.timeline made, a dot for each document; `on_pick` gets the id of the one clicked."""
    _mount("timeline", key, {**data, "label": label}, {"pick": on_pick})


def address(value: str, *, key: str, words: Words) -> None:
    """An address to pass on, with a button that copies it."""
    _mount("address", key, {"address": value, "words": words.some("copy_address", "copied")}, {})


def watch(*, key: str, on_stopped: Callable[[bool], None]) -> None:
    """Nothing to see; while it stands on the page and the page's script was stopped, `on_stopped` is called once."""
    _mount("watch", key, {}, {"stopped": on_stopped})


def here(*, key: str) -> None:
    """Nothing to see; brings the question above it into view when it is first drawn."""
    _mount("here", key, {}, {})


def enter(*, key: str) -> None:
    """Nothing to see; takes the keyboard along into the leaf (st.popover) or form it stands in, when that comes up."""
    _mount("enter", key, {}, {})


def later(*, key: str, on_later: Callable[[bool], None]) -> None:
    """Nothing to see; calls `on_later` once, in a run of its own."""
    _mount("later", key, {}, {"later": on_later})


def drawer() -> None:
    """Nothing to see; on a small screen folds the side bar away when a way elsewhere in it was taken."""
    _mount("drawer", "drawer", {}, {})


def speech(words: Words) -> None:
    """Nothing to see; has Streamlit's own elements speak the page's language."""
    data = {"language": "en" if words.language == "en" else "zh-CN", "words": words.streamlits()}
    _mount("speech", "speech", data, {})


def _mount(name: str, key: str, data: dict[str, Any], events: dict[str, Callable[[Any], None]]) -> None:
    def report(event: str) -> Callable[[], None]:
        def tell() -> None:
            value = getattr(st.session_state[key], event)
            if value is not None:
                events[event](value)

        return tell

    callbacks: dict[str, Any] = {f"on_{event}_change": report(event) for event in events}
    # In a list, for Streamlit asks pandas of each value of a mapping, which takes a third of a second to be loaded.
    _component(name)(key=key, data=[data], **callbacks)


@cache
def _component(name: str) -> Any:
    """The element whose script is theme/NAME.js and its look NAME.css, if it has one, after what all have in common."""
    looks, scripts = ([THEME / f"{part}.{kind}" for part in ("shared", name)] for kind in ("css", "js"))
    css = "".join(file.read_text(encoding="utf-8") for file in looks if file.exists())
    js = "".join(file.read_text(encoding="utf-8") for file in scripts)
    return st.components.v2.component(f"zhengwen_{name}", html='<div class="root"></div>', css=css, js=js)
