"""Libraries that the bot is asked about: one of the invented policies, and those that a test makes of its own texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from ingest.pipeline import ingest

_SOURCES = [Path(__file__).parents[1] / "policies", Path(__file__).parent / "policies"]
LibraryOf: TypeAlias = Callable[[Mapping[str, str]], Path]
"""Makes a library of texts, by the names of their files (.txt where a name has no suffix), and gives its home."""


@pytest.fixture(scope="session")
def shelf_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a library of the invented policies and two more: a rule with articles, annexes and a term, and a
    newer report. Not to be written to."""
    home = tmp_path_factory.mktemp("shelf") / "home"
    report = ingest(_SOURCES, home=home)
    assert not report.failed, report.outcomes
    return home


@pytest.fixture(scope="session")
def library_of(tmp_path_factory: pytest.TempPathFactory) -> LibraryOf:
    """What makes a library of a test's own texts."""

    def made(texts: Mapping[str, str]) -> Path:
        folder = tmp_path_factory.mktemp("library")
        for name, text in texts.items():
            (folder / (name if Path(name).suffix else f"{name}.txt")).write_text(text, encoding="utf-8")
        report = ingest([folder], home=folder / "home")
        assert not report.failed, report.outcomes
        return folder / "home"

    return made
