"""Warnings on documents as whoever keeps the library sees them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.ui.conftest import Run

Zhengwen = Callable[..., Run]
TEXT = (
    "清湖市{name}办法\n\n清政发〔2021〕3号\n\n"
    "一、总则\n{name}应当依法进行。\n{second}、附则\n本办法由市政府办公室解释。\n"
)


def test_slips_are_told_when_read_and_whenever_documents_are_listed(zhengwen: Zhengwen, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.format(name="节能监察", second="三"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT.format(name="夜间集市", second="二"), encoding="utf-8")
    home = tmp_path / "home"
    read = zhengwen("ingest", tmp_path / "a.txt", tmp_path / "b.txt", "--home", home)
    assert read.code == 0
    gap, shared = "“一、总则”之后是“三、附则”", "文号“清政发〔2021〕3号”与"
    assert read.err.count("提醒：") == 2 and gap in read.err and read.err.count(shared) == 2
    listed = zhengwen("documents", "--home", home)
    assert gap in listed.out and listed.out.count(shared) == 2
    by_title = {row["title"]: row["warnings"] for row in zhengwen("documents", "--json", "--home", home).json}
    assert len(by_title["清湖市节能监察办法"]) == 2 and len(by_title["清湖市夜间集市办法"]) == 1
    assert gap in zhengwen("show", "清湖市节能监察办法", "--home", home).out
