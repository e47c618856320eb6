"""`zhengwen keys` as a user types it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.state import State
from tests.ui.conftest import Run
from ui.api import keys
from ui.api.keys import Keys


def test_a_key_is_shown_once_listed_and_revoked(zhengwen: Callable[..., Run], tmp_path: Path) -> None:
    made = zhengwen("keys", "create", "--name", "阅览室", "--home", tmp_path)
    text = made.out.strip()
    assert made.code == 0 and text.startswith("zw-") and "无法再次显示" in made.err and "Bearer" in made.err
    key = Keys(tmp_path).check(text)
    assert key is not None and (key.scope, key.name) == ("ask", "阅览室")
    more = zhengwen("keys", "create", "--scope", "admin", "--json", "--home", tmp_path)
    assert more.json["scope"] == "admin" and Keys(tmp_path).check(more.json["key"])
    listed = zhengwen("keys", "list", "--home", tmp_path)
    assert "阅览室" in listed.out and text not in listed.out and "共 2 个密钥" in listed.err
    assert zhengwen("keys", "revoke", key.id, "--home", tmp_path).code == 0
    assert Keys(tmp_path).check(text) is None
    assert "吊销" in zhengwen("keys", "list", "--home", tmp_path).out
    assert zhengwen("keys", "list", "--json", "--home", tmp_path).json[0]["revoked"]


def test_a_key_may_last_for_so_many_days(
    zhengwen: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = zhengwen("keys", "create", "--days", "30", "--json", "--home", tmp_path)
    key = Keys(tmp_path).check(made.json["key"])
    assert key is not None and key.expires == key.created + timedelta(days=30)
    assert made.json["expires"].startswith(f"{key.expires:%Y-%m-%d}")
    lasting = zhengwen("keys", "create", "--json", "--home", tmp_path).json["key"]
    listed = zhengwen("keys", "list", "--home", tmp_path)
    assert f"{key.expires.astimezone():%Y-%m-%d} 失效" in listed.out and listed.out.count("失效") == 1
    monkeypatch.setattr(keys, "_now", lambda: key.created + timedelta(days=30))
    assert Keys(tmp_path).check(made.json["key"]) is None and Keys(tmp_path).check(lasting) is not None
    assert "已失效" in zhengwen("keys", "list", "--home", tmp_path).out
    assert Keys(tmp_path).any()  # still closed to those without one


def test_keys_made_before_keys_could_expire_last_on(tmp_path: Path) -> None:
    old = State(tmp_path).room("keys", keys._STEPS[:1])
    text = "zw-0a0b0c0d-" + "x" * 43
    values = ("0a0b0c0d", "旧", "admin", keys._hash(text), "2026-01-01T00:00:00+00:00")
    old.write(lambda db: db.execute("INSERT INTO keys (id, name, scope, hash, created) VALUES (?, ?, ?, ?, ?)", values))
    found = Keys(State(tmp_path)).check(text)
    assert found is not None and (found.name, found.expires, found.expired) == ("旧", None, False)


def test_what_is_typed_wrong_is_told(zhengwen: Callable[..., Run], tmp_path: Path) -> None:
    for arguments in (
        ("create", "--scope", "all"),
        ("create", "--days", "0"),
        ("revoke", "none"),
        ("revoke",),
        ("lend",),
    ):
        run = zhengwen("keys", *arguments, "--home", tmp_path)
        assert run.code == 2 and len(run.err.splitlines()) == 1, arguments
    assert zhengwen("keys").code in (0, 2)
