"""Dropped files: where they are put, how their reading is told, and who may drop any."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from bot.settings import load_settings
from tests.ui.fakes import FakeDesk
from tests.ui.paging import html
from ui.arriving import Progress, Reception, after, safe_name, stored
from vectorstore.library import Library

TEXT = "云川市驿站实施方案\n一、主要目标\n到2035年，全市建成驿站20家。\n"


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder_or_fools_the_eye(name: str) -> None:
    safe = safe_name(name)
    assert safe not in ("", ".", "..") and Path(safe).name == safe and len(safe.encode()) < 256
    assert not any(c in safe for c in '/\\:*?"<>|\0\n\u202e')


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\政策\甲.txt", "甲.txt"),
        (r"\\server\share\乙.pdf", "乙.pdf"),
        ("附件\u202efdp.txt", "附件fdp.txt"),
        ("a" * 400 + ".docx", "a" * 80 + ".docx"),
        ("..", "文件"),
        ("文件夹/里/的.md", "的.md"),
    ],
)
def test_names_that_attack_become_plain(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_two_files_of_one_name_stand_apart(tmp_path: Path) -> None:
    one, two = stored("附件.txt", b"1", tmp_path), stored("附件.txt", b"2", tmp_path)
    assert one != two and one.read_bytes() == b"1" and stored("附件.txt", b"1", tmp_path) == one
    assert all(tmp_path in path.parents for path in (one, two))


def test_progress_follows_what_the_child_tells() -> None:
    read = {"event": "file", "total": 2}
    now = after(Progress(total=2), {**read, "source": "/x/甲.txt", "status": "added", "reason": None, "done": 1})
    assert (now.name, now.done, now.failed) == ("甲.txt", 1, ())
    now = after(now, {**read, "source": "/x/乙.pdf", "status": "failed", "reason": "不是 PDF", "done": 2})
    assert now.failed == (("乙.pdf", "不是 PDF"),) and not now.finished
    now = after(now, {"event": "index", "done": 5, "total": 9})
    assert now.indexing and now.done == 5
    assert after(now, {"event": "done", "told": "新增 1，失败 1", "generation": 1}).finished


def test_a_batch_is_read_in_by_a_process_of_its_own_one_at_a_time(tmp_path: Path) -> None:
    reception = Reception()
    first = reception.take([("方案.txt", TEXT.encode()), ("坏.pdf", b"<html>")], tmp_path)
    assert first is not None and reception.take([("又一份.txt", b"x")], tmp_path) is None
    limit = time.monotonic() + 60
    while not first.progress.finished and time.monotonic() < limit:
        time.sleep(0.05)
    assert first.progress.told == "新增 1，失败 1" and first.progress.failed[0][0] == "坏.pdf"
    with Library.open(tmp_path) as library:
        assert [document.title for document in library.documents()] == ["云川市驿站实施方案"]


def test_what_stops_the_child_is_told_in_its_words(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    arrival = Reception().take([("方案.txt", TEXT.encode())], tmp_path)
    assert arrival is not None
    limit = time.monotonic() + 60
    while not arrival.progress.finished and time.monotonic() < limit:
        time.sleep(0.05)
    assert arrival.progress.error and "Traceback" not in arrival.progress.error


@pytest.mark.parametrize(
    ("local", "setting", "password", "may"),
    [
        (True, None, None, True),
        (True, False, None, False),
        (False, None, None, False),
        (False, True, None, True),
        (False, None, "口令", True),
    ],
)
def test_who_may_add(
    page: AppTest, desk: FakeDesk, local: bool, setting: bool | None, password: str | None, may: bool
) -> None:
    desk.local = local
    desk.shelf.clear()
    desk.settings = load_settings(home=desk.settings.home, environ={}, uploads=setting, password=password)
    page.run()
    if password:
        page.text_input(key="password").set_value(password)
        page.button(key="enter").click().run()
    assert bool(page.get("file_uploader")) is may
    assert ("拖到下面" in html(page)) is may
    assert page.code[0].value.startswith("zhengwen ingest")
