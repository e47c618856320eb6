"""`zhengwen ingest` over real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.conftest import Run

Zhengwen = Callable[..., Run]

POLICY = """\
关于设立创新服务券的通知
{issuer}
各区县人民政府：
一、发放对象
创新服务券发给注册在本市的科技型中小企业，每家每年不超过{amount}万元。
二、使用范围
创新服务券可以用于专利检索、价值评估和成果中试。
2029年5月6日
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "服务券.txt").write_text(POLICY.format(issuer="云川市人民政府", amount=8), encoding="utf-8")
    (folder / "说明.md").write_text("# 云川市人才公寓管理办法\n\n人才公寓的租期一般为三年。\n", encoding="utf-8")
    return folder


def test_what_is_new_unchanged_changed_and_gone(zhengwen: Zhengwen, folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = zhengwen("ingest", folder, "--home", home)
    assert (first.code, first.err) == (0, "") and first.out.strip() == "新增 2"
    assert zhengwen("ingest", folder, "--home", home).out.strip() == "未变 2"
    (folder / "服务券.txt").write_text(POLICY.format(issuer="云川市人民政府", amount=9), encoding="utf-8")
    (folder / "说明.md").unlink()
    assert zhengwen("ingest", folder, "--prune", "--home", home).out.startswith("更新 1，移除 1")
    assert len(zhengwen("documents", "--json", "--home", home).json) == 1


def test_each_bad_file_is_named_with_its_reason_and_answers_come_from_the_rest(
    zhengwen: Zhengwen, folder: Path, tmp_path: Path
) -> None:
    (folder / "空.txt").write_text("", encoding="utf-8")
    (folder / "假\x1b[31m.pdf").write_bytes(b"<html>not a pdf</html>")
    home = tmp_path / "home"
    run = zhengwen("ingest", folder, tmp_path / "没有", "--home", home)
    assert run.code == 1 and "新增 2" in run.out and "失败 3" in run.out
    lines = run.err.splitlines()
    assert len(lines) == 3 and all(line.startswith("失败：") and line.count("：") >= 2 for line in lines)
    assert "\x1b" not in run.err
    assert "专利检索、价值评估和成果中试" in zhengwen("ask", "创新服务券可以用于什么？", "--home", home).out


@pytest.mark.parametrize("options", [[], ["--prune"]])
def test_an_empty_folder_is_said_and_leaves_no_library(zhengwen: Zhengwen, tmp_path: Path, options: list[str]) -> None:
    empty, home = tmp_path / "空", tmp_path / "home"
    empty.mkdir()
    run = zhengwen("ingest", empty, *options, "--home", home)
    assert (run.code, run.out) == (1, "") and "没有找到可以读的文件" in run.err and ".docx" in run.err
    assert not home.exists()


def test_an_emptied_folder_can_be_pruned(zhengwen: Zhengwen, folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert zhengwen("ingest", folder, "--home", home).code == 0
    for file in folder.iterdir():
        file.unlink()
    assert zhengwen("ingest", folder, "--prune", "--home", home).out.startswith("移除 2")


def test_samples_step_aside_for_the_users_own_files(zhengwen: Zhengwen, folder: Path, tmp_path: Path) -> None:
    sample = tmp_path / "示例.txt"
    sample.write_text("示例简报\n示例市的专利补贴每件一百元。\n", encoding="utf-8")
    home = tmp_path / "home"
    assert zhengwen("ingest", "--sample", sample, "--home", home).code == 0
    run = zhengwen("ingest", folder, "--home", home)
    assert "移除 1" in run.out and "示例文件" in run.out
    refused = zhengwen("ingest", "--sample", sample, "--home", home)
    assert refused.code == 1 and len(refused.err.splitlines()) == 1
