"""`zhengwen keys` as a user types it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.ui.conftest import Run
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


def test_what_is_typed_wrong_is_told(zhengwen: Callable[..., Run], tmp_path: Path) -> None:
    for arguments in (("create", "--scope", "all"), ("revoke", "none"), ("revoke",), ("lend",)):
        run = zhengwen("keys", *arguments, "--home", tmp_path)
        assert run.code == 2 and len(run.err.splitlines()) == 1, arguments
    assert zhengwen("keys").code in (0, 2)
