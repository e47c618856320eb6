"""A library of the invented policies and two more: a rule with articles, annexes and a term, and a newer report."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import ingest

_SOURCES = [Path(__file__).parents[1] / "policies", Path(__file__).parent / "policies"]


@pytest.fixture(scope="session")
def shelf_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of that library; not to be written to."""
    home = tmp_path_factory.mktemp("shelf") / "home"
    report = ingest(_SOURCES, home=home)
    assert not report.failed, report.outcomes
    return home
