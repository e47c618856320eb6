"""What is asked again is answered from memory, but never from another state of the library."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answer, Answered, Event, Searching
from bot.settings import load_settings
from ingest.pipeline import ingest
from tests.ui.api.conftest import QUESTION
from ui.api.house import House
from ui.api.repeats import Repeats


def test_the_second_time_nothing_is_worked_out_anew() -> None:
    worked: list[str] = []

    def work() -> Iterator[Event]:
        worked.append("again")
        yield Searching("q")
        yield Answered(Answer("q", str(len(worked)), "answered", seconds=9.0))

    repeats = Repeats(2)
    first, second = (list(repeats.events(1, "q", work)) for _ in range(2))
    assert worked == ["again"] and first[0] == second[0]
    assert isinstance(second[1], Answered) and second[1].answer.text == "1" and second[1].answer.seconds < 1
    assert next(repeats.events(1, "other", work)) == Searching("q")  # not read to its end
    list(repeats.events(1, "other", work))
    assert len(worked) == 3
    list(repeats.events(2, "q", work))
    assert len(worked) == 4
    for asked in ("a", "b", "q"):  # only two are remembered
        list(repeats.events(2, asked, work))
    assert len(worked) == 7


def test_a_new_document_is_in_the_next_answer(policies_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(policies_home, tmp_path / "home"))
    house = House(load_settings(home=home))

    def ask(question: str, **filters: list[str]) -> Answer:
        *_, last = house.answering(question, conversation=None, owner="local", **filters)
        assert isinstance(last, Answered)
        return last.answer

    told = ask(QUESTION)
    assert ask(QUESTION).text == told.text and ask(QUESTION, regions=["江西省"]).status == "not_found"
    assert ask("云川夜市几点收摊?").status == "not_found"
    (tmp_path / "夜市.txt").write_text("云川夜市管理办法\n第一条 云川夜市每晚九点收摊。\n", encoding="utf-8")
    ingest([tmp_path / "夜市.txt"], home=home)
    assert "九点" in ask("云川夜市几点收摊?").text


def test_tomorrow_it_is_worked_out_anew(policies_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(load_settings(home=policies_home))
    counted = house.library.search
    calls: list[str] = []

    def counting(query: str, **options: object) -> object:
        calls.append(query)
        return counted(query, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(type(house.library), "search", lambda _, query, **options: counting(query, **options))
    list(house.answering(QUESTION, conversation=None, owner="local"))
    before = len(calls)
    list(house.answering(QUESTION, conversation=None, owner="local"))
    assert len(calls) == before > 0

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date(2099, 1, 1)

    monkeypatch.setattr("ui.api.house.date", Tomorrow)
    list(house.answering(QUESTION, conversation=None, owner="local"))
    assert len(calls) > before
