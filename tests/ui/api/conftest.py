"""Running servers over the invented policies: one that needs no key, and one that does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.ui.serving import Serving, serving
from ui.api.keys import Keys

QUESTION = "什么是数据银行?"


@dataclass(frozen=True)
class Locked:
    """A server that needs a key, and two that open it."""

    server: Serving
    ask: str
    admin: str


def client(server: Serving, key: str | None = None) -> httpx.Client:
    """An HTTP client of the server's /v1."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.Client(base_url=f"{server.url}/v1", headers=headers, timeout=30, trust_env=False)


@pytest.fixture(scope="session")
def own_home(policies_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library, for what servers remember beside it."""
    return Path(shutil.copytree(policies_home, tmp_path_factory.mktemp("api") / "home"))


@pytest.fixture(scope="session")
def server(own_home: Path) -> Iterator[Serving]:
    """A server on this machine, as `zhengwen serve` starts it."""
    with serving(own_home, own_home.parent / "log") as running:
        yield running


@pytest.fixture(scope="session")
def locked(policies_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Locked]:
    """A server that others can reach, with keys."""
    home = Path(shutil.copytree(policies_home, tmp_path_factory.mktemp("locked") / "home"))
    keys = Keys(home)
    (_, ask), (_, admin) = keys.create("ask", name="阅览室"), keys.create("admin")
    with serving(home, home.parent / "log", "--host", "0.0.0.0") as running:
        yield Locked(running, ask, admin)


@pytest.fixture
def http(server: Serving) -> Iterator[httpx.Client]:
    """A client of the server that needs no key."""
    with client(server) as found:
        yield found
