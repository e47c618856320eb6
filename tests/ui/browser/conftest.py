"""One browser and one server for all tests in this folder, for starting them takes longer than most of what they test.

They are the folder's and not the session's: while Playwright's browser lives, no other test can run an event loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.facts import find_facts
from ingest.pipeline import ingest
from tests.ui.browsing import chromium, visitor
from tests.ui.fakes import LAKE
from tests.ui.serving import Serving, serving
from tests.ui.shelf import publish
from tests.ui.slow_page import slow_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TASKS = ("培育专利驿站", "建设评估中心", "扶持代理机构", "开办夜间课堂", "设立维权窗口", "举办成果集市", "编印案例手册")
PLAN = "云川市创新服务实施方案\n一、重点任务\n" + "\n".join(
    f"（{number}）{task}。由市有关部门分工办理，每年年底前总结一次。"
    for number, task in zip("一二三四五六七", TASKS, strict=True)
)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("served")
    plan = folder / "方案.txt"
    plan.write_text(PLAN, encoding="utf-8")
    ingest([plan], home=folder / "home")
    publish(folder / "home", [replace(LAKE, target_year=2031)], facts=find_facts)  # holds until then
    with serving(folder / "home", folder / "log") as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: Serving) -> Iterator[Page]:
    with visitor(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(server.url)
        page.get_by_text("2 份政策文件").first.wait_for()
        yield page


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a page is served whose writer takes its time."""
    with slow_page(tmp_path) as address:
        yield address
