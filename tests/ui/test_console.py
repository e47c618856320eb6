"""What may reach a terminal, and how values become JSON."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.fakes import LAKE
from ui.console import Painted, literal, one_line, say, say_json
from ui.errors import WrongUsage
from ui.lookup import find, titled
from ui.plain import plain, whole
from vectorstore.errors import DocumentNotFound

ESCAPES = "红\x1b[31m字\x1b]0;title\x07 \x9b5n\x00\x7f\u202e倒\u2066 完"


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = literal(text)
    assert len(shown) == len(text)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in shown)


def test_escapes_of_a_document_become_visible_signs(capsys: pytest.CaptureFixture[str]) -> None:
    say(Painted(ESCAPES, bold=True))
    assert capsys.readouterr().out == "红␛[31m字␛]0;title␇ �5n␀␡�倒� 完\n"


@given(st.text())
def test_json_carries_every_text_and_no_control_character(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written: list[str] = []
        patch.setattr("typer.echo", lambda message, nl: written.append(message))
        say_json({"text": text})
    assert json.loads(written[0]) == {"text": text}
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in written[0].replace("\n", ""))


def test_json_is_not_ascii_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    say_json([LAKE])
    assert "清湖市" in capsys.readouterr().out


def test_a_document_is_named_not_copied() -> None:
    assert "text" not in plain(LAKE) and "sections" not in plain(LAKE)
    assert whole(LAKE)["text"] == LAKE.text and whole(LAKE)["sections"][0]["path"] == ["一、总体要求"]


@pytest.mark.parametrize(
    ("text", "limit", "shown"), [("a\n b", None, "a b"), ("abcdef", 4, "abc…"), ("abcd", 4, "abcd")]
)
def test_one_line(text: str, limit: int | None, shown: str) -> None:
    assert one_line(text, limit) == shown


def test_a_name_that_fits_several_documents_is_refused_with_their_ids() -> None:
    twin = replace(LAKE, id="bb00", title=LAKE.title + "（修订）")
    assert find([LAKE, twin], LAKE.title) is LAKE
    with pytest.raises(WrongUsage, match="bb00"):
        find([LAKE, twin], "清湖市")
    with pytest.raises(DocumentNotFound):
        find([LAKE, twin], "")


def test_a_title_with_brackets_of_its_own_gets_no_more_and_is_found() -> None:
    briefing = replace(LAKE, id="cc00", title="《清湖市实施方案》新闻发布会")
    assert titled(briefing) == briefing.title and titled(LAKE) == f"《{LAKE.title}》"
    for reference in (briefing.title, "《清湖市实施方案》", "清湖市实施方案", "新闻发布会"):
        assert find([LAKE, briefing], reference) is briefing
