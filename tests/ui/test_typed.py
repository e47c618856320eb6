"""What a message tells to type can be typed, also by those who started the program through make."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.serving import REPOSITORY


@pytest.mark.parametrize("known", [True, False])
def test_a_command_is_told_as_it_can_be_typed(tmp_path: Path, known: bool) -> None:
    folder = tmp_path / "my tools"
    folder.mkdir()
    program = folder / "zhengwen"
    program.write_text(f"#!{sys.executable}\nimport sys\nfrom ui.program import run\nsys.exit(run())\n")
    program.chmod(0o755)
    path = f"{folder}{os.pathsep}/usr/bin" if known else "/usr/bin"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [str(program), "serve", "--port", str(port), "--home", str(tmp_path)]
        environment = {**os.environ, "PATH": path, "PYTHONPATH": str(REPOSITORY)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    free = port + 1 if port < 65535 else port - 1
    named = "zhengwen" if known else f"'{program}'"
    assert f"如：{named} serve --port {free}" in done.stderr and done.returncode == 1
