"""Reads and drives the page's script without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "ui" / "app.py"


def html(page: AppTest) -> str:
    """All HTML on the page, styles left out."""
    bodies = [element.proto.body for element in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style"))


def elements(page: AppTest, name: str) -> list[Any]:
    """What the page's own elements of this kind were given, in order."""
    found = [element.proto for element in page.get("bidi_component")]
    return [json.loads(p.json)[0] for p in found if p.component_name == f"zhengwen_{name}"]


def ask(page: AppTest, question: str) -> None:
    """Type a question and send it."""
    page.chat_input[0].set_value(question).run()
    assert not page.exception


def labels(page: AppTest) -> list[str]:
    """What the buttons say."""
    return [button.label for button in page.button]


def visit(page: AppTest, path: str) -> AppTest:
    """Go to another page by its address. AppTest itself can only go to pages that are files."""
    page.run()
    page._page_hash = next(hash for hash, info in page._registered_pages.items() if info.get("url_pathname") == path)
    page.run()
    assert not page.exception
    return page
