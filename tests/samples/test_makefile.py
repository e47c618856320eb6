"""`make ask` hands a question over as it was typed, and the first run makes a library of the samples."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vectorstore.errors import EmbeddingMismatch
from vectorstore.library import Library

REPO = Path(__file__).resolve().parents[2]
QUESTIONS = [
    "什么是专利银行?",
    "$HOME 和 `whoami` 和 $(whoami) 和 ${HOME}",
    """他说"专利"，她说'银行'""",
    "$(shell exit 1) # 不是注释",
    "反斜杠 \\ 和 100% 和 $$",
    "--help",
]


def make(*arguments: str, home: Path, venv: Path = Path(sys.prefix)) -> "subprocess.CompletedProcess[str]":
    """Run make in the repository with the interpreter's own environment, or with a stand-in for it."""
    environment = {**os.environ, "ZHENGWEN_HOME": str(home), "MAKEFLAGS": ""}
    return subprocess.run(
        ["make", "-s", f"VENV={venv}", *arguments],
        cwd=REPO,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def echo_venv(tmp_path: Path) -> Path:
    """An environment that counts as installed; its zhengwen writes its arguments down, a line each."""
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to("/bin/true")
    zhengwen = venv / "bin" / "zhengwen"
    zhengwen.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    zhengwen.chmod(0o755)
    for stamp in (".python", ".run", ".test"):
        (venv / stamp).touch()
    return venv


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_arrives_as_typed(question: str, echo_venv: Path, tmp_path: Path) -> None:
    ran = make("ask", f"Q={question}", home=tmp_path, venv=echo_venv)
    assert ran.stdout == f"ask\n--\n{question}\n", ran.stderr


def test_no_question_is_a_line_of_usage(echo_venv: Path, tmp_path: Path) -> None:
    ran = make("ask", home=tmp_path, venv=echo_venv)
    assert ran.returncode != 0
    assert ran.stderr.startswith("Usage: make ask Q=")


def test_an_old_python_is_told(tmp_path: Path) -> None:
    ran = make("ask", "Q=x", "PYTHON=/bin/false", home=tmp_path, venv=tmp_path / "venv")
    assert ran.returncode != 0
    assert "Python 3.11 or newer is needed" in ran.stderr
    assert not (tmp_path / "venv").exists()


def test_the_first_library_holds_the_samples_and_is_made_once(tmp_path: Path) -> None:
    script = [sys.executable, REPO / "scripts" / "first_library.py"]
    environment = {**os.environ, "ZHENGWEN_HOME": str(tmp_path / "library")}
    first, second = (
        subprocess.run(script, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=True)
        for _ in range(2)
    )
    assert "新增 10" in first.stdout
    assert (tmp_path / "library" / "CURRENT").is_file()
    assert second.stdout == second.stderr == ""


def test_a_library_of_an_older_version_is_indexed_anew(tmp_path: Path) -> None:
    home = tmp_path / "library"
    script = [sys.executable, REPO / "scripts" / "first_library.py"]
    environment = {**os.environ, "ZHENGWEN_HOME": str(home)}
    subprocess.run(script, env=environment, capture_output=True, timeout=60, check=True)
    manifest = home / "generations" / "000001" / "MANIFEST.json"
    held = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**held, "embedding": "embedded-0123456789ab"}), encoding="utf-8")
    with pytest.raises(EmbeddingMismatch, match=r"另一个向量模型（embedded-0123456789ab）.*zhengwen repair 重建$"):
        Library.open(home)
    chosen = {**environment, "ZHENGWEN_EMBEDDING": "somebody/else"}
    for environ, generation in ((chosen, "000001"), (environment, "000002"), (environment, "000002")):
        subprocess.run(script, env=environ, capture_output=True, timeout=60, check=True)
        assert (home / "CURRENT").read_text(encoding="ascii").strip() == generation
    with Library.open(home) as library:
        assert len(library.documents()) == 10
