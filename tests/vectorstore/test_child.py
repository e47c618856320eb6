"""A child of the writer says why it failed, is ended with its context, and doesn't outlive its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, make, publish
from vectorstore.child import Child
from vectorstore.errors import GenerationDamaged
from vectorstore.writer import Writer

MODULE = "tests.vectorstore.child_at_work"


def wait_for(file: Path) -> int:
    """The number that the child writes into `file` when it has begun: its process id."""
    for _ in range(500):
        if file.exists() and (text := file.read_text()):
            return int(text)
        time.sleep(0.02)
    raise AssertionError("the child did not begin")


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc").is_dir() else True


def test_it_does_what_it_is_told(tmp_path: Path) -> None:
    with Child(MODULE, doing="抄写") as child:
        child.tell({"file": str(tmp_path / "pid"), "then": "end"})
        child.finish()
    assert wait_for(tmp_path / "pid") > 0


@pytest.mark.parametrize(("then", "reason"), [("fail", "写满了"), ("break", "ZeroDivisionError"), ("die", "-9")])
def test_it_says_why_it_failed(tmp_path: Path, then: str, reason: str) -> None:
    with Child(MODULE, doing="抄写") as child:
        child.tell({"file": str(tmp_path / "pid"), "then": then})
        with pytest.raises(GenerationDamaged, match=f"抄写没有成功：.*{reason}"):
            child.finish()


def test_one_that_could_not_start_is_noticed() -> None:
    with Child("tests.vectorstore.no_such_module", doing="抄写") as child:
        time.sleep(0.5)
        child.tell("x" * 1_000_000)  # more than a pipe holds
        with pytest.raises(GenerationDamaged, match="no_such_module"):
            child.finish()


def test_it_ends_with_its_context(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Child(MODULE, doing="抄写") as child:
        child.tell({"file": str(tmp_path / "pid"), "then": "sleep"})
        pid = wait_for(tmp_path / "pid")
        raise KeyboardInterrupt
    assert not runs(pid)


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    script = f"""
import time
from vectorstore.child import Child
with Child({MODULE!r}, doing="抄写") as child:
    child.tell({{"file": {str(tmp_path / "pid")!r}, "then": "sleep"}})
    time.sleep(600)
"""
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=root)
    pid = wait_for(tmp_path / "pid")
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(250):
        if not runs(pid):
            return
        time.sleep(0.02)
    raise AssertionError("the child outlived its parent")


def test_a_draft_is_the_writers_own(home: Path) -> None:
    """A killed writer's child may still write: never where the next one builds."""
    foreign = home / "generations" / "000002.1.building"
    with Writer(home, embedding=EMBEDDER) as writer:
        writer.put(*make("公告", "周三停水。"))
        (foreign / "lexical" / "chunks").mkdir(parents=True)
        (foreign / "lexical" / "chunks" / "meta.json").write_text("{}")
        assert writer.publish() == 2
    assert publish(home, make("通告", "周四停电。")) == 3
    assert not foreign.exists()
