"""A page that should ask for an account isn't opened by a slip in its configuration: the server says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.serving import REPOSITORY

WHOLE = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "nobody-guesses-this-in-a-test-0123456789",
    "client_id": "zhengwen",
    "client_secret": "secret",
    "server_metadata_url": "http://127.0.0.1:1/.well-known/openid-configuration",
}


def written(section: str = "auth", **changed: str | None) -> str:
    """The part of the file, some of its values changed or left out."""
    kept = {**WHOLE, **changed}
    return f"[{section}]\n" + "".join(f'{key} = "{value}"\n' for key, value in kept.items() if value is not None)


def told(folder: Path, secrets: str | bytes | None) -> str:
    """What a server that is started in `folder` says is amiss; "None" where nothing is."""
    if secrets is not None:
        file = folder / ".streamlit" / "secrets.toml"
        file.parent.mkdir()
        file.write_bytes(secrets if isinstance(secrets, bytes) else secrets.encode())
    command = [sys.executable, "-c", "from ui.page.accounts import amiss; print(amiss())"]
    environment = {**os.environ, "HOME": str(folder), "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("secrets", "words"),
    [
        ("[auth", "secrets.toml：Expected"),
        (b"[auth]\nclient_id = '\xff'", "读不了"),
        ('auth = "yes"', "应写成 [auth]"),
        (written(cookie_secret=None, client_id=""), "的 [auth] 缺少 cookie_secret"),
        (written(client_secret=None, server_metadata_url=None), "的 [auth] 缺少 client_secret、server_metadata_url"),
        (written(redirect_uri="http://localhost:8501/"), "应以 /oauth2callback 结尾"),
        (written(client_id=None) + '[auth.office]\nclient_id = "a"', "[auth.office] 缺少 client_secret"),
    ],
)
def test_what_is_amiss_is_told(tmp_path: Path, secrets: str | bytes, words: str) -> None:
    pytest.importorskip("authlib", reason="pip install 'zhengwen[login]'")
    said = told(tmp_path, secrets)
    assert words in said and "请改好后再启动" in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("secrets", [None, 'other = "x"', written()])
def test_what_is_whole_or_not_wanted_is_served(tmp_path: Path, secrets: str | None) -> None:
    pytest.importorskip("authlib", reason="pip install 'zhengwen[login]'")
    assert told(tmp_path, secrets) == "None"
