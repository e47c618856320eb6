"""The installed command as a process: pipes, locales, interrupts, and what it loads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.fakes import LAKE

COMMAND = (sys.executable, "-m", "ui.cli")
REPOSITORY = Path(__file__).resolve().parents[2]


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command with an environment of nothing but PATH and what is given."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LANG": "C", "PYTHONIOENCODING": "ascii"}, {}])
def test_output_is_utf8_whatever_the_locale(library: Path, locale: dict[str, str]) -> None:
    done = run("documents", "--home", library, **locale)
    assert done.returncode == 0
    assert LAKE.title in done.stdout.decode("utf-8") and "共 2 份文件" in done.stderr.decode("utf-8")


def test_a_closed_pipe_ends_it_quietly(library: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "show", LAKE.id, "--home", str(library)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()  # the reader leaves before anything is written
    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 0


def test_a_closed_input_is_one_at_its_end(library: Path) -> None:
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *COMMAND, "chat", "--home", str(library)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0 and "出错" not in done.stderr


def test_a_pipe_gets_exactly_the_passage_and_a_terminal_its_surroundings(library: Path) -> None:
    start = LAKE.text.index("到2031年")
    done = run("show", LAKE.id, "--at", f"{start}:{start + 40}", "--home", library)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, LAKE.text[start : start + 40], b"")
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [*COMMAND, "show", LAKE.id, "--at", f"{start}:{start + 40}", "--home", str(library)],
        cwd=REPOSITORY,
        stdout=theirs,
    ) as process:
        assert process.wait(timeout=60) == 0
    os.close(theirs)
    shown = os.read(ours, 100_000).decode().replace("\r\n", "\n")
    os.close(ours)
    assert f"\x1b[33m\x1b[1m{LAKE.text[start : start + 40]}\x1b[0m" in shown and "二、主要目标" in shown


def test_ctrl_c_while_the_program_loads_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(30)\n", encoding="utf-8"
    )
    done = run("--version", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize(
    ("module", "package"),
    [("docx", "python-docx"), ("pypdfium2", "pypdfium2"), ("lxml_html_clean", "lxml-html-clean")],
)
def test_doctor_tries_what_reads_files(library: Path, tmp_path: Path, module: str, package: str) -> None:
    (tmp_path / f"{module}.py").write_text("raise ImportError('libfoo.so: 打不开')\n", encoding="utf-8")
    done = run("doctor", "--home", library, PYTHONPATH=str(tmp_path))
    told = [line for line in done.stdout.decode().splitlines() if line.startswith("✗")]
    assert done.returncode == 1
    assert any(line.startswith(f"✗ {package}：不能使用：libfoo.so") and "pip install" in line for line in told)


def test_nothing_heavy_is_loaded_until_it_is_needed() -> None:
    code = (
        "import sys, time; begun = time.perf_counter(); import ui.program, ui.channels;"
        "seconds = time.perf_counter() - begun;"
        "heavy = {'torch', 'chromadb', 'streamlit', 'rich', 'numpy', 'tantivy', 'pydantic', 'uvicorn',"
        "'slack_bolt', 'lark_oapi'};"
        "heavy &= set(sys.modules);"
        "print(sorted(heavy), seconds < 1)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"


def test_ctrl_c_in_an_ingest_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "files"
    folder.mkdir()
    (folder / "first.txt").write_text("关于奖励的通知\n奖励每件十元。\n", encoding="utf-8")
    assert run("ingest", folder, "--home", home).returncode == 0
    before = (home / "CURRENT").read_bytes()
    (folder / "0000.txt").write_bytes(b"")  # comes first and fails
    for number in range(1000):
        text = f"第{number}号通知\n" + f"第{number}项奖励每件{number}元。\n" * 20
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(folder), "--home", str(home)], cwd=REPOSITORY, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    assert "失败：" in process.stderr.readline().decode()  # the reading has begun
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and "已中断" in told.decode() and b"Traceback" not in told
    assert (home / "CURRENT").read_bytes() == before
    assert run("documents", "--home", home).returncode == 0
