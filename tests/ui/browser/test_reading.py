"""The page in a real browser: ask, click a citation, read the passage; nothing leaves this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.facts import find_facts
from tests.ui.browser.conftest import TASKS
from tests.ui.browsing import ask, box, pick, settle, visitor
from tests.ui.fakes import HOSTILE, LAKE, ODD, document
from tests.ui.serving import Serving
from tests.ui.shelf import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HILL = document(
    "白山市培育知识产权服务业实施方案",
    ["一、主要目标", "到2031年，全市每万人口高价值发明专利拥有量达到25件。"],
    id="77hh88ii99jj",
    region="山东省青岛市",
)
QUOTE = "专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。"


def test_from_question_to_highlighted_passage(page: Page) -> None:
    ask(page, "今天天气怎么样？")
    page.locator(".none").wait_for()
    assert page.locator(".chip").count() == 0 and "资料里没有" in page.locator(".none").inner_text()
    ask(page, "Connection error")  # words of Streamlit's own, which are put into Chinese where it says them
    page.locator(".none").nth(1).wait_for()
    assert page.locator(".zw-question").nth(1).inner_text() == "Connection error"

    ask(page, "什么是专利驿站？")
    chip = page.locator("button.chip").first
    chip.hover()
    assert QUOTE in page.locator(".tip:visible").inner_text()
    chip.click()
    marked = page.locator("mark")
    assert marked.inner_text() == QUOTE
    assert page.locator(".panel .text").inner_text() == LAKE.text
    assert 0 < box(marked)["y"] < 800  # scrolled to, not merely there
    card = page.locator(".panel .card").inner_text()
    assert all(told in card for told in ("清政发〔2028〕6号", "清湖市人民政府", "山东省", "2028-03-01", "现行"))
    assert page.locator(".panel .path").inner_text() == "二、主要目标"

    page.get_by_role("button", name="复制引文", exact=True).click()
    copied = f"《{LAKE.title}》（清政发〔2028〕6号）“二、主要目标”部分：“{QUOTE}”（清湖市人民政府，2028年3月1日）"
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == copied
    with page.expect_download() as download:
        page.get_by_role("button", name="下载原件").click()
    assert download.value.suggested_filename == f"{LAKE.title}.txt"
    assert Path(download.value.path()).read_text(encoding="utf-8") == LAKE.text
    page.get_by_label("关闭原文").click()
    marked.wait_for(state="detached")


def test_a_conversation_outlives_a_reload_and_belongs_to_its_visitor(
    browser: Browser, server: Serving, page: Page
) -> None:
    ask(page, "什么是专利驿站？")
    page.locator("button.chip").first.wait_for()
    page.get_by_text("管理对话").wait_for()
    address = page.url
    assert "?c=" in address
    page.reload()
    page.locator("button.chip").first.click()
    assert page.locator("mark").inner_text() == QUOTE
    page.get_by_label("关闭原文").click()

    tab = page.context.new_page()  # the same visitor, another conversation
    tab.goto(server.url)
    ask(tab, "云川市创新服务实施方案有哪些重点任务？")
    tab.locator(".foot").wait_for()
    assert page.locator(".foot").count() == 1
    assert page.url == address and tab.url != address

    with page.expect_download() as download:
        page.get_by_text("管理对话").click()
        page.get_by_role("button", name="Markdown").click()
    assert QUOTE in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("button", name="只读分享").click()
    shared = page.locator(".address").inner_text()

    with visitor(browser) as stranger:
        stranger.goto(address)
        stranger.get_by_text("没有这个对话").wait_for()
        stranger.goto(shared)
        stranger.get_by_text("只能阅读").wait_for()
        stranger.locator("button.chip").first.click()
        assert stranger.locator("mark").inner_text() == QUOTE
        assert stranger.get_by_test_id("stChatInput").count() == 0


def test_filters_stand_in_the_address_and_in_the_answer(page: Page) -> None:
    page.get_by_text("筛选", exact=True).click()
    years = page.get_by_label("年份")
    years.wait_for()
    settle(page)
    pick(years, page.get_by_role("option", name="2028"))
    page.keyboard.press("Escape")
    page.wait_for_url("**year=2028**")
    page.reload()
    page.get_by_text("筛选（1 项）").wait_for()
    ask(page, "什么是专利驿站？")
    page.locator(".notice", has_text="只在这些文件里找：年份 2028").wait_for()
    ask(page, "云川市创新服务实施方案有哪些重点任务？")
    page.locator(".none").wait_for()


def test_a_document_that_arrives_while_serving_is_shown_literally(page: Page, server: Serving) -> None:
    home = server.log.parent / "home"
    page.get_by_role("link", name="资料库").click()
    page.get_by_role("button", name=LAKE.title).first.wait_for()
    try:
        publish(home, [ODD], facts=find_facts)  # by another writer
        found = page.get_by_text(ODD.title).first
        for _ in range(10):  # each look at the page asks the library anew
            page.get_by_text("目标对照").click()
            page.get_by_role("radio", name="文件", exact=True).click()
            settle(page)
            if found.is_visible():
                break
        found.click()
        page.locator(".panel").wait_for()
        assert page.locator(".panel .title").inner_text() == f"《{ODD.title}》"
        assert HOSTILE in page.locator(".panel .text").inner_text()
    finally:
        from vectorstore.writer import Writer

        with Writer(home) as writer:
            writer.remove(ODD.id)
            writer.publish()


def test_a_target_of_the_library_opens_its_passage(page: Page, server: Serving) -> None:
    page.goto(f"{server.url}/library?view=targets")
    page.locator("tr.row button").first.click()
    assert "18件" in page.locator("mark").inner_text()
    assert page.locator(".panel .text").inner_text() == LAKE.text


@pytest.mark.parametrize("size", [(1280, 800), (375, 700)])
def test_a_long_answer_is_one_card_and_stands_below_its_question(
    browser: Browser, server: Serving, size: tuple[int, int]
) -> None:
    with visitor(browser, width=size[0], height=size[1]) as page:
        page.goto(server.url)
        for turn in range(2):
            ask(page, "云川市创新服务实施方案有哪些重点任务？")
            page.locator(".foot").nth(turn).wait_for()
            page.wait_for_timeout(1000)
            asked, told = box(page.locator(".zw-question").last), box(page.locator(".para").last)
            input = box(page.get_by_test_id("stChatInput"))
            assert 0 <= asked["y"] < told["y"] and told["y"] + told["height"] < input["y"], (turn, asked, told, input)
        card = page.locator(".source").last
        assert page.locator(".source").count() == 2 and card.locator(".row").count() == len(TASKS)
        assert card.locator(".row:visible").count() == 3
        card.get_by_text("展开其余 4 条").click()
        assert card.locator(".row:visible").count() == len(TASKS)
        card.locator(".row .open").last.click()
        assert TASKS[-1] in page.locator("mark").inner_text()
        assert card.locator(".row:visible").count() == len(TASKS)  # drawn again, and still open
        assert card.locator(".dim").first.inner_text() == "实施方案"
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_figures_and_dots_lead_to_their_passage(page: Page, server: Serving) -> None:
    page.goto(f"{server.url}/library?view=time")
    for _ in range(2):  # one that was clicked before opens its document again
        page.locator("button.dot").click()
        page.locator(".panel").wait_for()
        assert page.locator(".panel .title").inner_text() == f"《{LAKE.title}》"
        page.keyboard.press("Escape")
        page.locator(".panel").wait_for(state="detached")
        settle(page)
    home = server.log.parent / "home"
    try:
        publish(home, [HILL], facts=find_facts)
        page.goto(f"{server.url}/library?view=targets")
        page.get_by_label("图中的指标").wait_for()
        settle(page)
        bars = page.get_by_test_id("stVegaLiteChart").locator("path[aria-roledescription=bar]")
        bars.nth(1).wait_for()
        assert bars.count() == 2
        bars.first.click()
        page.locator("mark").wait_for()
        assert "25件" in page.locator("mark").inner_text()
        assert page.locator(".panel .text").inner_text() == HILL.text
    finally:
        from vectorstore.writer import Writer

        with Writer(home) as writer:
            writer.remove(HILL.id)
            writer.publish()


def test_an_answer_is_copied_with_its_sources_and_thanks_need_none(page: Page) -> None:
    ask(page, "谢谢")
    page.get_by_text("不客气").wait_for()
    page.wait_for_timeout(300)
    assert page.locator(".none").count() == 0 and page.get_by_role("button", name="无用").count() == 0
    assert "?c=" not in page.url  # no conversation is called 谢谢
    ask(page, "什么是专利驿站？")
    page.get_by_role("button", name="复制回答和出处").click()
    page.get_by_text("✓ 已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(QUOTE.rstrip("。")) and f"[1] 《{LAKE.title}》（清政发〔2028〕6号）" in copied
    page.get_by_role("button", name="无用").click()
    page.get_by_text("内容不全").click()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("谢谢，已记下").wait_for()
