"""Take the README's pictures of the chat page, from a fresh library of the sample briefs.

Needs a Chromium or Chrome on this machine. Run from the repository root: python -m scripts.screenshot
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scripts.served import REPO, chromium, fill, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = REPO / "docs" / "images"
WHAT_IS = "什么是专利银行？"
COMPARE = "比较济宁和青岛的每万人口有效发明专利拥有量目标"


@dataclass(frozen=True)
class Shot:
    """One picture."""

    name: str
    width: int = 1280
    height: int = 800
    question: str = ""
    reads: bool = False
    """Whether the first citation is opened."""
    path: str = "/"
    scheme: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("chat.png", question=WHAT_IS, reads=True),
    Shot("chat-dark.png", question=WHAT_IS, reads=True, scheme="dark"),
    Shot("chat-mobile.png", 375, 760, question=WHAT_IS),
    Shot("compare.png", question=COMPARE, height=900),
    Shot("library.png", path="/library?view=targets", height=900),
    Shot("first.png"),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        fill(Path(home), "--sample", REPO / "samples")
        with served(Path(home)) as server, chromium() as browser:
            for shot in SHOTS:
                take(browser, server.address, shot)


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Open the page as the shot says, and save what is seen."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, locale="zh-CN", color_scheme=shot.scheme
    )
    page.set_default_timeout(60_000)
    page.goto(f"{address}{shot.path}")
    page.get_by_role("button").first.wait_for()
    if shot.question:
        page.get_by_placeholder("输入关于政策的问题").fill(shot.question)
        page.get_by_test_id("stChatInputSubmitButton").click()
        page.locator("button.chip").first.wait_for()
    if shot.reads:
        page.locator("button.chip").first.click()
        page.locator("mark").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(3000)  # fonts, and the scroll to the answer's beginning
    page.screenshot(path=IMAGES / shot.name)
    page.close()


if __name__ == "__main__":
    main()
