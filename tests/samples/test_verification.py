"""The command that measures verification: on the samples every citation is exact and no sentence without support."""

from __future__ import annotations

from pathlib import Path

from scripts.verification import MANNERS, main


def test_on_the_samples_every_citation_is_exact_and_nothing_is_unsupported(tmp_path: Path) -> None:
    page = tmp_path / "verification.md"
    assert main(["samples", "--limit", "8", "--out", str(page)]) == 0
    rows = [
        line.strip("| ").split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    figures = {row[0]: row[1:] for row in rows if row[0] != "writer"}
    assert list(figures) == ["extractive", *(f"model that {manner}" for manner in MANNERS)]
    for answered, citations, exact, sentences, unsupported, *_ in figures.values():
        assert int(answered) > 3 and int(citations) > 3 and int(sentences) >= int(citations) // 2
        assert (exact, unsupported) == ("100.0%", "0")
    assert int(figures["model that lies"][6]) > 5  # lies were told
