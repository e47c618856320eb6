"""A writer that dies at any moment leaves the library as it was, or as it was about to be."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, POLICIES, make, publish
from tests.vectorstore.writing_child import hold_the_lock, publish_for_ever
from vectorstore.errors import LibraryLocked
from vectorstore.library import Library
from vectorstore.writer import Writer

ROUNDS = 6


@pytest.fixture(scope="module")
def children() -> Iterator[multiprocessing.context.BaseContext]:
    """Starts processes in which everything is imported already, so that a kill meets work and not imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["chromadb", "tests.vectorstore.writing_child"])
    with pytest.MonkeyPatch.context() as patched:
        # A child runs its parent's main module again; a test of the page leaves the page as that.
        patched.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
        yield context


def test_kill_at_any_moment(home: Path, children: multiprocessing.context.BaseContext) -> None:
    chance = random.Random(20)
    with Library.open(home, embedding=EMBEDDER) as serving:
        acknowledged = serving.generation
        for number in range(ROUNDS):
            child = children.Process(target=publish_for_ever, args=(home, number))
            child.start()
            time.sleep(chance.uniform(0.2, 2.5))
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join()
            hits = serving.search("柑橘种植补贴", k=1)
            assert hits[0].document == POLICIES[1][0]
            assert serving.notice is None
            assert serving.generation >= acknowledged
            acknowledged = serving.generation
    marker = make("收尾通知", "收尾工作由档案科负责。")
    assert publish(home, marker) > acknowledged
    with Library.open(home, embedding=EMBEDDER) as library:
        assert library.notice is None
        assert library.search("收尾工作", k=1)[0].document == marker[0]
        for document, chunks, original in POLICIES:
            assert library.chunks(document.id) == chunks
            assert library.original(document.id).read_bytes() == original
    assert not list((home / "generations").glob("*.building"))


def test_a_half_built_generation_is_never_served(home: Path) -> None:
    """Built and renamed, but the writer died before CURRENT named it."""
    publish(home, make("公告", "周三停水。"))
    (home / "CURRENT").write_text("000001\n")
    (home / "generations" / "000003.building").mkdir()
    with Library.open(home, embedding=EMBEDDER) as library:
        assert (library.generation, library.notice) == (1, None)
    with Writer(home, embedding=EMBEDDER):
        pass
    assert [path.name for path in (home / "generations").iterdir()] == ["000001"]


def test_the_second_writer_learns_who_holds_the_lock(
    home: Path, tmp_path: Path, children: multiprocessing.context.BaseContext
) -> None:
    child = children.Process(target=hold_the_lock, args=(home, tmp_path / "ready"))
    child.start()
    while not (tmp_path / "ready").exists():
        time.sleep(0.02)
    try:
        with pytest.raises(LibraryLocked, match=rf"进程号 {child.pid}，自 \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d.* 起"):
            Writer(home, embedding=EMBEDDER).__enter__()
    finally:
        child.kill()
        child.join()
    with Writer(home, embedding=EMBEDDER), pytest.raises(LibraryLocked, match=f"进程号 {os.getpid()}，"):
        Writer(home, embedding=EMBEDDER).__enter__()
    with Writer(home, embedding=EMBEDDER) as writer:
        assert len(writer.documents()) == 3
