"""The side bar on a small screen: it makes way when one has gone somewhere by it, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.browsing import ask, settle, visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.ui.serving import Serving


def opened(page: Page) -> Locator:
    """The side bar, unfolded over the page."""
    settle(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    bar = page.locator('[data-testid="stSidebar"][data-collapsed="false"]')
    bar.wait_for()
    return bar


def makes_way(page: Page) -> None:
    """The side bar folds itself away."""
    page.locator('[data-testid="stSidebar"][data-collapsed="true"]').wait_for(state="attached")


def test_it_makes_way_for_where_one_has_gone(browser: Browser, server: Serving) -> None:
    with visitor(browser, width=375, height=740) as page:
        page.goto(server.url)
        ask(page, "什么是专利驿站？")
        page.locator("button.chip").first.wait_for()
        opened(page).get_by_role("button", name="新对话").click()
        makes_way(page)
        bar = opened(page)
        bar.get_by_text("筛选").click()
        bar.get_by_text("地区").first.wait_for()  # what is done in it keeps it open
        bar.get_by_role("button", name="什么是专利驿站").click()
        makes_way(page)
        page.locator("button.chip").first.wait_for()
        opened(page).get_by_role("link", name="资料库").click()
        makes_way(page)


def test_it_stays_where_there_is_room(browser: Browser, server: Serving) -> None:
    with visitor(browser) as page:
        page.goto(server.url)
        page.get_by_role("link", name="资料库").click()
        page.get_by_role("heading", name="资料库").wait_for()
        settle(page)
        assert page.get_by_test_id("stSidebar").get_attribute("data-collapsed") == "false"
