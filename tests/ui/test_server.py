"""`zhengwen serve` over real HTTP."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import Run
from tests.ui.serving import REPOSITORY, free_port, get, serving
from ui.errors import CannotServe
from ui.server import address, is_loopback, listen


def test_it_says_where_it_answers_and_ends_when_asked(library: Path, tmp_path: Path) -> None:
    with serving(library, tmp_path / "log") as server:
        assert f"政问已启动：{server.url}\n" in server.log.read_text(encoding="utf-8")
        assert get(f"{server.url}/livez") == (200, b"ok")
        status, page = get(server.url)
        assert status == 200 and b"<title>" in page
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=10) == 0
    told = server.log.read_text(encoding="utf-8")
    assert "已停止" in told and "Traceback" not in told


def test_it_ends_within_ten_seconds_whatever_is_stuck_in_it(library: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "tests.ui.stuck_server", str(library), str(port)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        assert run.stdout is not None
        for line in run.stdout:
            if line == "warming\n":
                break
        with socket.create_connection(("127.0.0.1", port)) as idle:  # half a request
            idle.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
            time.sleep(0.3)
            run.send_signal(signal.SIGTERM)
            assert run.wait(timeout=10) == 0
        told = run.stdout.read()
    assert "已停止" in told and "Traceback" not in told


def test_it_serves_without_a_library_and_stops_at_ctrl_c(tmp_path: Path) -> None:
    with serving(tmp_path / "none", tmp_path / "log") as server:
        assert get(server.url)[0] == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=10) == 0


def test_a_port_in_use_is_refused_with_what_to_type(zhengwen: Callable[..., Run], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = zhengwen("serve", "--port", port, "--home", tmp_path)
    assert run.code == 1 and len(run.err.splitlines()) == 1
    assert f"端口 {port} 已被占用" in run.err and "--port" in run.err


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70000), ("127.0.0.1", -1), ("203.0.113.7", 8501), ("::::", 1)]
)
def test_an_address_that_is_none_is_refused(host: str, port: int) -> None:
    with pytest.raises(CannotServe, match="--"):
        listen(host, port)


@pytest.mark.parametrize(("host", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])
def test_only_loopback_needs_no_warning(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_an_open_address_is_refused_without_keys(zhengwen: Callable[..., Run], library: Path) -> None:
    run = zhengwen("serve", "--host", "0.0.0.0", "--port", 0, "--home", library)
    assert run.code == 1 and len(run.err.splitlines()) == 1
    assert "zhengwen keys create" in run.err and "--behind-proxy" in run.err


def test_behind_a_proxy_of_ones_own_it_is_served(library: Path, tmp_path: Path) -> None:
    with serving(library, tmp_path / "log", "--host", "0.0.0.0", "--behind-proxy") as server:
        assert get(f"{server.url}/livez")[0] == 200


def test_the_printed_address_can_be_typed_into_a_browser() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert address(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"
