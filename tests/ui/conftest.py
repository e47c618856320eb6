"""A real library of the documents in fakes.py, and the command line as a function."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.fakes import LAKE, ODD, FakeDesk
from tests.ui.paging import APP
from tests.ui.shelf import publish
from ui import desk as desks
from ui.cli import main


@dataclass(frozen=True)
class Run:
    """What one command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a library that only reading tests use."""
    home = tmp_path_factory.mktemp("shelf") / "home"
    publish(home, [LAKE, ODD])
    return home


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    """The desk that the page asks."""
    desk = FakeDesk(tmp_path)
    monkeypatch.setattr(desks, "_desk", desk)
    return desk


@pytest.fixture
def page(desk: FakeDesk) -> AppTest:
    """A new tab of the page."""
    return AppTest.from_file(APP, default_timeout=20)


@pytest.fixture
def zhengwen(capfd: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Runs a command in this process."""

    def run(*arguments: object) -> Run:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Run(code, out, err)

    return run
