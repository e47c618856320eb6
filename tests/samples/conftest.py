"""A library of the sample briefs, made once."""

from pathlib import Path

import pytest

from ingest.pipeline import ingest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds the briefs of samples/ and nothing else."""
    home = tmp_path_factory.mktemp("samples") / "library"
    report = ingest([REPO / "samples"], home=home, sample=True)
    assert [outcome.status for outcome in report.outcomes] == ["added"] * 10
    return home
