"""What whoever calls a command wrongly is told: in Chinese, what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "补贴", "--year", "abc"], "--year 的值不对，应为整数。"),
        (["search", "补贴", "--most", "999"], "--most 的值不对，应为 1 到 50 之间的整数。"),
        (["ask", "补贴", "--year"], "选项 --year 后面缺少值。"),
        (["ask", "补贴", "--yaer", "2022"], "没有选项 --yaer，是不是 --year。"),
        (["ask", "补贴", "--zzz"], "没有选项 --zzz。"),
        (["documents", "--json=x"], "选项 --json 后面不写值。"),
        (["ask"], "缺少 问题（想问的内容，如：什么是专利银行）。"),
        (["ask", "海绵城市", "补贴"], "多写了“补贴”；含有空格的内容请用引号括起来。"),
        (["keys", "create", "阅览室"], "多写了“阅览室”；这个命令后面只写选项：--scope、--name、"),
        (["asks"], "没有命令 asks，是不是 ask？"),
        (["完全不是"], "没有命令 完全不是。可用的命令：ingest、"),
        (["chat", "没有的"], "没有编号或标题为“没有的”的对话。用 zhengwen conversations"),
    ],
)
def test_wrong_usage_is_told_with_what_is_right(
    zhengwen: Callable[..., Run], tmp_path: Path, arguments: list[str], told: str
) -> None:
    run = zhengwen("--home", tmp_path, *arguments)
    assert run.code in (2, 3) and run.out == ""
    assert run.err.startswith(told) and len(run.err.splitlines()) == 1


def test_keys_alone_shows_its_commands(zhengwen: Callable[..., Run]) -> None:
    run = zhengwen("keys")
    assert run.code == 0 and "create" in run.out and "用法：zhengwen keys" in run.out


def test_a_web_address_is_not_taken_for_a_path(zhengwen: Callable[..., Run], tmp_path: Path) -> None:
    run = zhengwen("ingest", "https://example.com/a.html", "--home", tmp_path / "home")
    assert run.code == 1 and "不能直接读网址" in run.err and str(tmp_path) not in run.err
