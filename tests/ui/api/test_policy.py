"""The content policy of the page in a real browser: it refuses nothing that the page needs, and any other host."""

from __future__ import annotations

from tests.ui.browsing import ask, chromium
from tests.ui.serving import Serving


def test_a_browser_refuses_nothing_of_the_page_but_other_hosts(server: Serving) -> None:
    told: list[str] = []
    with chromium() as browser:
        page = browser.new_page(locale="zh-CN")
        page.on("console", lambda message: told.append(message.text))
        page.goto(server.url)
        ask(page, "什么是数据银行?")
        page.locator("button.chip").first.click()
        assert "储蓄" in page.locator("mark").first.inner_text()
        assert not [line for line in told if "Content Security Policy" in line], told
        refused = page.evaluate("async () => fetch('http://localhost:1/').then(() => 'came', () => 'refused')")
        assert refused == "refused" and any("Content Security Policy" in line for line in told)
