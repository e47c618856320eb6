"""The page's own elements. Their scripts set document text as text nodes, so that no mark-up in it can take effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from bot.answer import Answer, Citation
from ui.render import answer_data, reader_data
from vectorstore.model import Document

THEME = Path(__file__).parent / "theme"


def answer(
    value: Answer, *, key: str, fresh: bool, on_cite: Callable[[int], None], on_read: Callable[[str], None]
) -> None:
    """An answer with chips and sources to click; `on_cite` gets a citation's number, `on_read` a document's id.

    A fresh one is scrolled to its question.
    """
    _mount("answer", key, {**answer_data(value), "fresh": fresh}, {"cite": on_cite, "read": on_read})


def reader(document: Document, *, citation: Citation | None, on_close: Callable[[bool], None]) -> None:
    """A document beside the conversation, the cited passage marked and scrolled into view."""
    _mount("reader", "reader", reader_data(document, citation=citation), {"close": on_close})


def choices(items: Sequence[dict[str, str]], *, key: str, look: str, on_pick: Callable[[str], None]) -> None:
    """Buttons, each {"value", "label", "hint"}; `on_pick` gets the value. `look` is "pills" or "list"."""
    _mount("choices", key, {"items": list(items), "look": look}, {"pick": on_pick})


def _mount(name: str, key: str, data: dict[str, Any], events: dict[str, Callable[[Any], None]]) -> None:
    def report(event: str) -> Callable[[], None]:
        def tell() -> None:
            value = getattr(st.session_state[key], event)
            if value is not None:
                events[event](value)

        return tell

    callbacks: dict[str, Any] = {f"on_{event}_change": report(event) for event in events}
    _component(name)(key=key, data=data, **callbacks)


@cache
def _component(name: str) -> Any:
    """The element whose script and look are theme/NAME.js and NAME.css."""
    return st.components.v2.component(
        f"zhengwen_{name}",
        html='<div class="root"></div>',
        css=(THEME / "shared.css").read_text(encoding="utf-8") + (THEME / f"{name}.css").read_text(encoding="utf-8"),
        js=(THEME / f"{name}.js").read_text(encoding="utf-8"),
    )
