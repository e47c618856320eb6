"""How a follow-up was understood stands above its answer, and moves nothing when it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.browsing import ask, box, settle, visitor
from tests.ui.slow_page import PIECES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLLOW_UP = "慢慢讲，主要目标呢？"
UNDERSTOOD = f"理解为：清湖市的{FOLLOW_UP}"
# Every height, to the pixel, at which the steps of the work and the first words of the draft stood.
HEIGHTS = """() => {
  window.heights = { steps: [], meant: [], draft: [] };
  const look = () => {
    for (const [name, selector] of [["steps", ".zw-steps"], ["meant", ".zw-understood"], ["draft", ".zw-draft"]]) {
      const found = document.querySelector(selector);
      const scrolled = document.querySelector("[data-testid=stMain]").scrollTop;
      const place = found && Math.round(found.getBoundingClientRect().y + scrolled);
      if (found && window.heights[name].at(-1) !== place) window.heights[name].push(place);
    }
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.mark.parametrize("size", [(1280, 800), (375, 700)])
def test_it_stands_above_the_answer_from_the_search_to_the_reload(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with visitor(browser, width=size[0], height=size[1]) as page:
        page.goto(address)
        ask(page, "什么是专利驿站？")
        page.locator(".foot").wait_for()
        assert page.locator(".understood, .zw-understood").count() == 0
        page.evaluate(HEIGHTS)
        ask(page, FOLLOW_UP)
        line = page.locator(".zw-understood")
        line.wait_for()
        assert line.inner_text() == UNDERSTOOD
        page.locator(".zw-draft", has_text=PIECES[0]).wait_for()
        steps, draft = box(page.locator(".zw-steps")), box(page.locator(".zw-draft"))
        assert steps["y"] < box(line)["y"] < draft["y"]
        page.locator(".foot").nth(1).wait_for()
        moved = {name: places for name, places in page.evaluate("window.heights").items() if len(set(places)) != 1}
        assert moved == {}
        for _ in range(2):
            told = page.locator(".understood")
            told.wait_for()
            assert told.inner_text() == UNDERSTOOD and page.locator(".zw-understood").count() == 0
            asked, answer = box(page.locator(".zw-question").last), box(page.locator(".para").last)
            assert asked["y"] < box(told)["y"] < answer["y"]
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
            settle(page)
            page.reload()
        page.get_by_role("button", name="English").wait_for()
