"""Ingest end to end on a real library: what is added, changed, left alone, dropped, refused, and when nothing is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import SamplesRefused
from ingest.pipeline import Outcome, Report, ingest
from vectorstore.library import Library

Names = dict[str, str]


def note(topic: str) -> str:
    return (
        f"云梦县{topic}工作方案\n一、目标\n到2035年建成{topic}平台。\n二、任务\n(一)建设{topic}平台。每年评估一次。\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    (folder / "sub").mkdir(parents=True)
    for name, topic in {"a.txt": "数据开放", "b.md": "专利导航", "sub/c.txt": "商标培育"}.items():
        (folder / name).write_text(note(topic), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def statuses(report: Report) -> Names:
    return {Path(outcome.source).name: outcome.status for outcome in report.outcomes}


def held(home: Path) -> Names:
    with Library.open(home) as library:
        return {Path(document.source).name: document.title for document in library.documents()}


def test_a_folder_is_added_left_alone_changed_and_pruned(folder: Path, home: Path) -> None:
    told: list[tuple[str, int, int]] = []
    embedded: list[tuple[int, int]] = []
    report = ingest(
        [folder, folder / "a.txt"],
        home=home,
        on_file=lambda outcome, number, total: told.append((outcome.status, number, total)),
        on_embed=lambda done, total: embedded.append((done, total)),
    )
    assert statuses(report) == {"a.txt": "added", "b.md": "added", "c.txt": "added"}
    assert [Path(outcome.source).name for outcome in report.outcomes] == ["a.txt", "b.md", "c.txt"]
    assert told == [("added", 1, 3), ("added", 2, 3), ("added", 3, 3)]
    assert embedded
    assert embedded[-1][0] == embedded[-1][1]
    first = report.generation
    assert first is not None

    again = ingest([folder], home=home)
    assert set(statuses(again).values()) == {"unchanged"}
    assert again.generation == first

    (folder / "a.txt").write_text(note("人才引进"), encoding="utf-8")
    (folder / "sub" / "c.txt").rename(folder / "sub" / "d.txt")
    (folder / "b.md").unlink()
    kept = ingest([folder], home=home)
    assert statuses(kept) == {"a.txt": "updated", "d.txt": "unchanged"}
    assert "内容相同" in str(kept.outcomes[1].reason)
    assert held(home) == {
        "a.txt": "云梦县人才引进工作方案",
        "b.md": "云梦县专利导航工作方案",
        "c.txt": "云梦县商标培育工作方案",
    }

    pruned = ingest([folder], home=home, prune=True)
    assert statuses(pruned) == {"a.txt": "unchanged", "d.txt": "added", "b.md": "removed", "c.txt": "removed"}
    assert held(home) == {"a.txt": "云梦县人才引进工作方案", "d.txt": "云梦县商标培育工作方案"}
    assert not pruned.failed


def test_what_cannot_be_read_is_named_and_the_rest_is_ingested(folder: Path, home: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "blank.txt").write_text("\u200b \n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 99)
    (folder / "fake.pdf").write_bytes(b"<html>not a pdf</html>")
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "twin.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / ".hidden.txt").write_text(note("隐藏"), encoding="utf-8")
    (folder / "evil\u202etxt.<b>\n.txt").write_text(note("名称古怪"), encoding="utf-8")
    (folder.parent / "outside.txt").write_text(note("在外"), encoding="utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "outside.txt")
    (folder / "up").symlink_to(folder.parent)
    os.mkfifo(folder / "pipe.txt")
    report = ingest([folder, folder / "pipe.txt", folder / "missing", Path("a\0b"), Path("x" * 5000)], home=home)
    by_name = statuses(report)
    assert {name for name, status in by_name.items() if status == "added"} == {
        "a.txt",
        "b.md",
        "c.txt",
        "evil\u202etxt.<b>\n.txt",
    }
    assert by_name["twin.txt"] == "unchanged"
    failed = {Path(outcome.source).name: str(outcome.reason) for outcome in report.failed}
    assert failed["empty.txt"] == "文件是空的"
    assert failed["blank.txt"] == "没有可读的文字"
    assert "二进制" in failed["binary.txt"]
    assert "不是 PDF" in failed["fake.pdf"]
    assert "不支持的格式" in failed["table.xlsx"]
    assert "不是普通文件" in failed["pipe.txt"]
    assert "找不到" in failed["missing"]
    assert len(report.failed) == 9
    assert all("\n" not in reason for reason in failed.values())
    inside = {path.relative_to(home.parent).parts[0] for path in home.parent.rglob("*")}
    assert inside == {"home", "policies", "outside.txt"}


def test_a_copy_that_cannot_be_read_does_not_keep_the_readable_one_out(folder: Path, home: Path) -> None:
    (folder / "a").write_bytes((folder / "a.txt").read_bytes())
    (folder / "a.bak").write_bytes((folder / "a.txt").read_bytes())
    found = statuses(ingest([folder / "a", folder / "a.bak", folder / "a.txt"], home=home))
    assert found == {"a": "failed", "a.bak": "failed", "a.txt": "added"}


def test_only_failures_make_no_generation(tmp_path: Path, home: Path) -> None:
    report = ingest([tmp_path / "missing.txt"], home=home)
    assert [outcome.status for outcome in report.outcomes] == ["failed"]
    assert report.generation is None


def interrupting(at: int) -> Callable[[Outcome, int, int], None]:
    def on_file(outcome: Outcome, number: int, total: int) -> None:
        if number == at:
            raise KeyboardInterrupt

    return on_file


def test_an_interrupted_run_leaves_the_library_as_it_was(folder: Path, home: Path) -> None:
    before = ingest([folder / "a.txt"], home=home).generation
    with pytest.raises(KeyboardInterrupt):
        ingest([folder], home=home, on_file=interrupting(2))
    with pytest.raises(KeyboardInterrupt):
        ingest([folder], home=home, on_embed=lambda done, total: (_ for _ in ()).throw(KeyboardInterrupt))
    assert held(home) == {"a.txt": "云梦县数据开放工作方案"}
    with Library.open(home) as library:
        assert library.generation == before


def test_files_that_swap_their_contents_both_stay(folder: Path, home: Path) -> None:
    ingest([folder / "a.txt", folder / "sub"], home=home)
    one, other = (folder / "a.txt").read_bytes(), (folder / "sub" / "c.txt").read_bytes()
    (folder / "a.txt").write_bytes(other)
    (folder / "sub" / "c.txt").write_bytes(one)
    assert statuses(ingest([folder / "a.txt", folder / "sub"], home=home)) == {"a.txt": "updated", "c.txt": "updated"}
    assert held(home) == {"a.txt": "云梦县商标培育工作方案", "c.txt": "云梦县数据开放工作方案"}


def test_samples_step_aside_for_the_user_s_own_files_and_never_come_back(folder: Path, home: Path) -> None:
    ingest([folder / "a.txt"], home=home, sample=True)
    failing = ingest([folder / "none.txt"], home=home)
    assert [outcome.status for outcome in failing.outcomes] == ["failed"]
    assert held(home) == {"a.txt": "云梦县数据开放工作方案"}
    report = ingest([folder / "b.md"], home=home)
    assert statuses(report) == {"b.md": "added", "a.txt": "removed"}
    assert report.outcomes[1].reason == "示例文件已让位给您的文件"
    assert held(home) == {"b.md": "云梦县专利导航工作方案"}
    with pytest.raises(SamplesRefused, match="已有您自己的文件"):
        ingest([folder / "a.txt"], home=home, sample=True)
