"""What docs/api.md shows works as it stands, on a server over the sample briefs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.serving import Serving, serving

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
WRITTEN = "http://127.0.0.1:8501"


@pytest.fixture(scope="module")
def server(samples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    home = Path(shutil.copytree(samples_home, tmp_path_factory.mktemp("api_page") / "home"))
    with serving(home, home.parent / "log") as running:
        yield running


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)


def test_python_runs(server: Serving, capsys: pytest.CaptureFixture[str]) -> None:
    openai, connected = (block.replace(WRITTEN, server.url) for block in blocks("python"))
    exec(compile(openai, str(PAGE), "exec"), {})
    told = capsys.readouterr().out
    assert "银行" in told.splitlines()[0] and told.splitlines()[1].startswith("1 ")
    namespace: dict[str, object] = {}
    exec(compile(connected, str(PAGE), "exec"), namespace)
    assert namespace["citation"]


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_curl_commands_answer(server: Serving) -> None:
    commands = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ curl")]
    assert len(commands) == 8
    for command in (one for one in commands if "@" not in one):  # files to send, which there are none of here
        arguments = ["curl", "--fail", "--noproxy", "*", *shlex.split(command.replace(WRITTEN, server.url))[1:]]
        ran = subprocess.run(arguments, capture_output=True, encoding="utf-8", timeout=30, check=True)
        if "stream" in command:
            assert ran.stdout.startswith("event: searching") and "event: answered" in ran.stdout
        else:
            assert json.loads(ran.stdout)


def test_every_route_is_told(server: Serving) -> None:
    import urllib.request

    with urllib.request.urlopen(f"{server.url}/v1/openapi.json") as response:
        paths = json.load(response)["paths"]
    text = PAGE.read_text(encoding="utf-8")
    assert len(paths) >= 12
    assert all(f"/v1{path.partition('/{')[0]}" in text for path in paths if path != "/models")
    assert json.loads(blocks("json")[0])["mcpServers"]["zhengwen"]["args"] == ["mcp"]
