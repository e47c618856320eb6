"""state.sqlite where nothing can be written: what was kept can be read, also from a journal, and nothing is taken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.test_state import notes, put, texts

LOOK = """
import sys
from pathlib import Path
from bot.errors import StateUnavailable
from tests.bot.test_state import notes, put, texts
room = notes(Path(sys.argv[1]))
sys.stdout.write("、".join(texts(room)) + "|" + "、".join(texts(room)))
try:
    put(room, "新")
except StateUnavailable as error:
    sys.exit(str(error))
"""


def looked(home: Path) -> subprocess.CompletedProcess[str]:
    """Read and try to write, by a process that may only read, which root could not be."""
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("needs setpriv to try this as root")
        prefix = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")
    files = [home, *home.iterdir()]
    for path in files:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        command = [*prefix, sys.executable, "-c", LOOK, str(home)]
        root = Path(__file__).resolve().parents[2]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    finally:
        for path in files:
            path.chmod(0o755)


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    command = f"from pathlib import Path; from tests.bot.test_state import *; put(notes(Path({str(tmp_path)!r})), '早')"
    subprocess.run([sys.executable, "-c", command], cwd=Path(__file__).resolve().parents[2], check=True)
    told = looked(tmp_path)
    assert told.stdout == "早|早" and "只能读" in told.stderr and told.returncode == 1
    assert texts(notes(tmp_path)) == ["早"]


def test_what_stands_in_the_journal_only_is_read(tmp_path: Path) -> None:
    room = notes(tmp_path)
    put(room, "早")  # the connection stays open, and with it the journal
    assert Path(f"{room.state.file}-wal").stat().st_size
    assert looked(tmp_path).stdout == "早|早"
    put(room, "晚")
    assert texts(room) == ["早", "晚"]


def test_where_nothing_was_ever_kept_nothing_is_found(tmp_path: Path) -> None:
    told = looked(tmp_path)
    assert told.stdout == "|" and "只能读" in told.stderr
    assert not any(tmp_path.iterdir())
