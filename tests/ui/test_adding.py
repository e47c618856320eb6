"""Dropped files: by which names they are kept and shown, how their reading is told, and who may drop any."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from bot.settings import load_settings
from tests.ui.fakes import FakeDesk
from tests.ui.paging import html
from ui.file_names import safe_name, shown_name
from ui.job import Job
from ui.jobs import Jobs, TooManyJobs, jobs_of
from vectorstore.library import Library
from vectorstore.lock import writer_lock

TEXT = "云川市驿站实施方案\n一、主要目标\n到2035年，全市建成驿站20家。\n"
Files = list[tuple[str, io.BytesIO]]


def files(**contents: bytes) -> Files:
    return [(name.replace("_", "."), io.BytesIO(content)) for name, content in contents.items()]


def ended(jobs: Jobs, job: Job) -> Job:
    """The job, once nothing more will happen."""
    limit = time.monotonic() + 60
    while not (now := jobs.get(job.id) or job).ended:
        assert time.monotonic() < limit
        time.sleep(0.05)
    return now


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder_or_fools_the_eye(name: str) -> None:
    safe = safe_name(name)
    assert safe not in ("", ".", "..") and Path(safe).name == safe and len(safe.encode()) < 256
    assert not any(c in safe for c in '/\\:*?"<>|\0\n\u202e')
    assert shown_name(name) and shown_name(name).isprintable()


@pytest.mark.parametrize(
    ("name", "kept", "shown"),
    [
        ("../../etc/passwd", "passwd", "passwd"),
        (r"C:\政策\甲.txt", "甲.txt", "甲.txt"),
        (r"\\server\share\乙.pdf", "乙.pdf", "乙.pdf"),
        ("附件\u202efdp.txt", "附件fdp.txt", "附件fdp.txt"),
        ("a\0\n\u202eb.txt", "ab.txt", "ab.txt"),
        (".hidden.txt", "hidden.txt", ".hidden.txt"),
        ("..", "文件", ".."),
        ("", "文件", "文件"),
        ("文件夹/里/的.md", "的.md", "的.md"),
        ("坏 <b> $x$ *星*.pdf", "坏 b $x$ 星.pdf", "坏 <b> $x$ *星*.pdf"),
        ("a" * 400 + ".docx", "a" * 80 + ".docx", "a" * 400 + ".docx"),
        ("x." + "y" * 400, "x.yyyyyyyyyyy", "x." + "y" * 400),
    ],
)
def test_names_that_attack_become_plain(name: str, kept: str, shown: str) -> None:
    assert safe_name(name) == kept and shown_name(name) == shown


def test_batches_are_read_one_after_another_each_by_a_process_of_its_own(tmp_path: Path) -> None:
    jobs = Jobs(load_settings(home=tmp_path, environ={}))
    first = jobs.add([*files(方案_txt=TEXT.encode()), ("坏 <b>.pdf", io.BytesIO(b"<html>"))])
    second = jobs.add(files(又一份_txt=TEXT.encode()))
    done = ended(jobs, first)
    assert done.state == "done" and done.files == 2 and done.indexed == done.passages > 0
    assert {one.file: one.status for one in done.outcomes} == {"方案.txt": "added", "坏 <b>.pdf": "failed"}
    assert [one.status for one in ended(jobs, second).outcomes] == ["unchanged"]
    assert not any((tmp_path / "uploads").iterdir())
    with Library.open(tmp_path) as library:
        assert [document.title for document in library.documents()] == ["云川市驿站实施方案"]
    again = Jobs(load_settings(home=tmp_path, environ={}))  # the server was started again
    assert again.get(first.id) == done and again.get("unknown") is None


def test_what_stops_the_child_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    jobs = Jobs(load_settings(home=tmp_path, environ={}))
    job = ended(jobs, jobs.add(files(方案_txt=TEXT.encode())))
    assert job.state == "failed" and job.error and "Traceback" not in job.error


def test_a_queue_that_is_full_takes_no_more(tmp_path: Path) -> None:
    jobs = Jobs(load_settings(home=tmp_path, environ={}))
    with writer_lock(tmp_path / "WRITER.lock"):  # the first waits for it, the others for the first
        with pytest.raises(TooManyJobs):
            for _ in range(10_000):
                jobs.add(files(方案_txt=b""))
        assert len(list((tmp_path / "uploads").iterdir())) == 20
        jobs.close()


def test_the_page_shows_how_far_a_batch_is_and_what_became_of_it(page: AppTest, desk: FakeDesk) -> None:
    jobs = jobs_of(desk.settings)
    jobs.add(files(先来_txt="先来的通知\n请先读。".encode()))  # behind it the next one waits long enough to be seen
    job = jobs.add([*files(方案_txt=TEXT.encode()), ("坏 <b>.pdf", io.BytesIO(b"<html>"))])
    page.session_state["job"] = job.id
    told = set()
    limit = time.monotonic() + 60
    while "读入完成" not in html(page.run()):
        assert not page.exception and time.monotonic() < limit
        told.add(html(page).split("zw-hint")[1].split(">")[1][:2])
    assert told <= {"前面", "准备", "已读", "建立"} and "前面" in told
    assert "新增 1 份，失败 1 份" in html(page) and "坏 &lt;b&gt;.pdf" in html(page)
    page.button(key="dismiss").click().run()
    assert "读入完成" not in html(page)
    jobs.close()


def test_a_batch_of_which_nothing_can_be_read_is_not_called_done(page: AppTest, desk: FakeDesk) -> None:
    jobs = jobs_of(desk.settings)
    job = ended(jobs, jobs.add([("空.txt", io.BytesIO(b"")), ("改名.pdf", io.BytesIO("其实是文本".encode()))]))
    page.session_state["job"] = job.id
    page.run()
    assert "没有文件读入：失败 2 份" in html(page) and "读入完成" not in html(page)
    assert "请用写它的程序另存为 PDF" in html(page)  # what to do about it
    jobs.close()


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
