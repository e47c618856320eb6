"""What many tests share: a library made of three invented policies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ingest.pipeline import ingest

# How fast a busy machine runs an example says nothing about the code.
# A gate must say the same of the same code twice, so there the examples are always the same ones.
settings.register_profile("any machine", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("any machine")
POLICIES = Path(__file__).parent / "policies"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No test reads the settings or the library of whoever runs it."""
    for name in [n for n in os.environ if n.startswith("ZHENGWEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ZHENGWEN_HOME", str(tmp_path / "home"))
    yield


@pytest.fixture(scope="session")
def policies_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a library that holds the invented policies beside this file; not to be written to."""
    home = tmp_path_factory.mktemp("policies") / "home"
    report = ingest([POLICIES], home=home)
    assert not report.failed, report.outcomes
    return home
