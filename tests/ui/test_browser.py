"""The page in a real browser: ask, click a citation, read the passage; nothing leaves this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.pipeline import ingest
from tests.ui.fakes import HOSTILE, LAKE, ODD
from tests.ui.serving import serving
from tests.ui.shelf import publish

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture
def page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; install one to see the page tested in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        page.set_default_timeout(30_000)
        yield page
        browser.close()


def ask(page: Page, question: str) -> None:
    page.get_by_placeholder("输入关于政策的问题").fill(question)
    page.get_by_test_id("stChatInputSubmitButton").click()  # stands there once the page has settled


def test_from_question_to_highlighted_passage(page: Page, tmp_path: Path) -> None:
    home = tmp_path / "home"
    publish(home, [LAKE])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    with serving(home, tmp_path / "log") as server:
        page.goto(server.url)
        page.get_by_text("1 份政策文件").first.wait_for()
        ask(page, "今天天气怎么样？")
        page.locator(".none").wait_for()
        assert page.locator(".none .chip").count() == 0
        page.get_by_role("button", name="新对话").click()
        page.locator(".none").wait_for(state="detached")

        ask(page, "什么是专利驿站？")
        page.locator("button.chip").first.click()
        marked = page.locator("mark")
        assert marked.inner_text() == "专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。"
        assert page.locator(".panel .text").inner_text() == LAKE.text
        seen = marked.bounding_box()
        assert seen is not None and 0 < seen["y"] < 800  # scrolled to, not merely there
        page.get_by_label("关闭原文").click()
        marked.wait_for(state="detached")

        publish(home, [ODD])  # while serving, by another writer
        page.get_by_role("button", name="新对话").click()
        page.get_by_text("2 份政策文件").first.wait_for()
        page.get_by_text(ODD.title).first.click()
        page.locator(".panel").wait_for()
        assert page.locator(".panel .title").inner_text() == f"《{ODD.title}》"
        assert HOSTILE in page.locator(".panel .text").inner_text()
    assert asked and all(url.split("//")[1].startswith("127.0.0.1:") for url in asked if "//" in url.split(",")[0])


TASKS = ("培育专利驿站", "建设评估中心", "扶持代理机构", "开办夜间课堂", "设立维权窗口", "举办成果集市", "编印案例手册")
PLAN = "云川市创新服务实施方案\n一、重点任务\n" + "\n".join(
    f"（{number}）{task}。由市有关部门分工办理，每年年底前总结一次。"
    for number, task in zip("一二三四五六七", TASKS, strict=True)
)


@pytest.mark.parametrize("size", [(1280, 800), (375, 700)])
def test_a_long_answer_is_one_card_and_stands_below_its_question(
    page: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    home, plan = tmp_path / "home", tmp_path / "方案.txt"
    plan.write_text(PLAN, encoding="utf-8")
    ingest([plan], home=home)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    with serving(home, tmp_path / "log") as server:
        page.goto(server.url)
        for turn in range(3):
            ask(page, "云川市创新服务实施方案有哪些重点任务？")
            page.locator(".foot").nth(turn).wait_for()
            page.wait_for_timeout(1000)
            asked = page.locator(".zw-question").last.bounding_box()
            told = page.locator(".para").last.bounding_box()
            input = page.get_by_test_id("stChatInput").bounding_box()
            assert asked is not None and told is not None and input is not None
            assert 0 <= asked["y"] < told["y"] and told["y"] + told["height"] < input["y"], (turn, asked, told, input)
        card = page.locator(".source").last
        assert page.locator(".source").count() == 3 and card.locator(".row").count() == len(TASKS)
        assert card.locator(".row:visible").count() == 3
        card.get_by_text("展开其余 4 条").click()
        assert card.locator(".row:visible").count() == len(TASKS)
        card.locator(".row").last.click()
        assert TASKS[-1] in page.locator("mark").inner_text()
        assert card.locator(".row:visible").count() == len(TASKS)  # drawn again, and still open
        assert card.locator(".dim").first.inner_text() == "实施方案"
