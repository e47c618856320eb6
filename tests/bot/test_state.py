"""state.sqlite among many users and on bad days: other processes, damage, no space, no permission, other versions."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StateUnavailable
from bot.state import NAME, Room, State

_STEPS = ("CREATE TABLE notes (row INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",)


def notes(home: Path, *, patience: float = 3.0) -> Room:
    return State(home, patience=patience).room("notes", _STEPS)


def put(room: Room, text: str) -> None:
    room.write(lambda db: db.execute("INSERT INTO notes (text) VALUES (?)", (text,)))


def texts(room: Room) -> list[str]:
    return room.read(lambda db: [row[0] for row in db.execute("SELECT text FROM notes ORDER BY row")])


def _put_many(home: Path, name: str, count: int) -> None:
    room = notes(home)
    for i in range(count):
        put(room, f"{name}-{i}")


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    room = notes(tmp_path / "home")
    assert not (tmp_path / "home").exists()
    put(room, "早")
    assert texts(notes(tmp_path / "home")) == ["早"]


def test_what_raises_leaves_nothing(tmp_path: Path) -> None:
    room = notes(tmp_path)

    def half(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO notes (text) VALUES ('半')")
        raise KeyError("半")

    with pytest.raises(KeyError):
        room.write(half)
    put(room, "一")
    with pytest.raises(sqlite3.IntegrityError):
        put(room, "一")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):  # a fault of the program isn't the disk's
        room.read(lambda db: db.execute("SELECT * FROM nowhere"))
    assert texts(room) == ["一"]


def test_processes_that_begin_at_the_same_moment_share_the_file(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_put_many, args=(tmp_path, str(n), 40)) for n in range(3)]
    for other in others:
        other.start()
    _put_many(tmp_path, "own", 40)
    for other in others:
        other.join()
        assert other.exitcode == 0
    assert len(texts(notes(tmp_path))) == 160


def test_a_forked_child_opens_its_own(tmp_path: Path) -> None:
    room = notes(tmp_path)
    put(room, "父")
    child = os.fork()
    if child == 0:
        try:
            put(room, "子")
            os._exit(0 if texts(room) == ["父", "子"] else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    put(room, "后")
    assert texts(room) == ["父", "子", "后"]


def test_later_versions_add_to_the_tables_and_earlier_ones_keep_off(tmp_path: Path) -> None:
    put(notes(tmp_path), "旧")
    newer = State(tmp_path).room("notes", (*_STEPS, "ALTER TABLE notes ADD COLUMN day TEXT DEFAULT '今天'"))
    assert newer.read(lambda db: db.execute("SELECT text, day FROM notes").fetchall()) == [("旧", "今天")]
    with pytest.raises(StateUnavailable, match="更新版本"):
        texts(notes(tmp_path))
    assert texts(State(tmp_path).room("notes", newer.steps)) == ["旧"]


@pytest.mark.parametrize("damage", [b"", b"not a database at all, " * 500, None])
def test_a_damaged_file_is_put_aside_and_told_of(tmp_path: Path, damage: bytes | None) -> None:
    room = notes(tmp_path)
    for i in range(300):
        put(room, f"{i}" * 200)
    room.scrub()
    file = tmp_path / NAME
    before = file.read_bytes()
    file.unlink()
    broken = before[:4096] + b"\xa5" * (len(before) - 4096) if damage is None else damage
    file.write_bytes(broken)
    for suffix in ("-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
    fresh = notes(tmp_path)
    put(fresh, "又")
    put(room, "再")
    assert texts(fresh) == texts(room) == ["又", "再"]
    if damage == b"":  # which to SQLite is a new database
        assert fresh.state.notice is None
        return
    (aside,) = [path for path in tmp_path.iterdir() if ".damaged-" in path.name and not path.name.endswith("-wal")]
    assert aside.read_bytes() == broken
    assert fresh.state.notice is not None and aside.name in fresh.state.notice


def test_many_threads_that_meet_the_damage_put_aside_one_file(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\x00garbage" * 1000)
    room = notes(tmp_path)
    threads = [threading.Thread(target=put, args=(room, str(n))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts(room)) == sorted(map(str, range(12)))
    assert len(list(tmp_path.glob(f"{NAME}.damaged-*"))) == 1


def test_a_file_that_was_deleted_or_replaced_is_noticed(tmp_path: Path) -> None:
    room = notes(tmp_path)
    put(room, "一")
    for path in tmp_path.iterdir():
        path.unlink()
    assert texts(room) == []
    put(room, "二")
    assert texts(notes(tmp_path)) == ["二"]


def test_another_program_that_holds_the_file_costs_bounded_time(tmp_path: Path) -> None:
    room = notes(tmp_path, patience=0.3)
    put(room, "一")
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(StateUnavailable, match="正被另一个程序占用"):
            put(room, "二")
        assert time.monotonic() - started < 2
        assert texts(room) == ["一"]  # reading goes on
        other.execute("ROLLBACK")
    put(room, "二")
    assert texts(room) == ["一", "二"]


@pytest.mark.parametrize("place", ["file", "folder", "proc"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    home = tmp_path / "home"
    if place == "file":
        home.write_text("这不是文件夹")
    elif place == "folder":
        (home / NAME).mkdir(parents=True)
    else:
        home = Path("/proc/zhengwen")
    started = time.monotonic()
    for action in (lambda room: put(room, "一"), texts):
        with pytest.raises(StateUnavailable, match="现在不能读写"):
            action(notes(home))
    assert time.monotonic() - started < 2


def _fill(home: Path) -> int:
    """Writes until the disk is full, here a limit on the size of a file; 0 when that was told and reading goes on."""
    room = notes(home)
    put(room, "早")
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        for i in range(1000):
            put(room, f"{i}" * 2000)
    except StateUnavailable:
        return 0 if "早" in texts(room) else 3
    return 4


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        code = 5
        try:
            code = _fill(tmp_path)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    room = notes(tmp_path)
    put(room, "后")
    assert "早" in texts(room) and "后" in texts(room) and room.state.notice is None
