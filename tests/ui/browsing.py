"""A real browser for the page's tests, and what is done with it again and again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
NO_CHROMIUM = "no Chromium here; install one (Debian, Ubuntu: apt-get install chromium) to have the page tested in it"
AXE = "axe-core@4.14.1"
PATIENCE = 30_000
"""Milliseconds for whatever is waited for."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; skips where there is none."""
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visitor(browser: Browser, *, width: int = 1280, height: int = 800, **how: Any) -> Iterator[Page]:
    """A tab of a visitor of its own; at the end nothing may have been asked of another host than this machine."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **how)
    asked: list[str] = []
    page = context.new_page()
    context.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.set_default_timeout(PATIENCE)
    try:
        yield page
    finally:
        context.close()
    hosts = {url.split("//")[1].split("/")[0].split(":")[0] for url in asked if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}


def ask(page: Page, question: str) -> None:
    """Type a question and send it, once the page has settled."""
    page.get_by_placeholder("输入关于政策的问题").wait_for()
    settle(page)
    page.get_by_placeholder("输入关于政策的问题").fill(question)
    page.get_by_test_id("stChatInputSubmitButton").click()


def settle(page: Page) -> None:
    """Wait until the page has drawn itself: a list that is opened while it draws is closed again by it."""
    page.locator('[data-test-script-state="notRunning"]').wait_for()


def pick(closed: Locator, option: Locator) -> None:
    """Choose an option of a list; opened again where the page drew itself just then and closed it."""
    from playwright.sync_api import TimeoutError as TooLate

    for _ in range(5):
        closed.click()
        with suppress(TooLate):
            option.click(timeout=4000)
            return
    option.click()


def box(found: Locator) -> dict[str, float]:
    """Where something stands on the screen."""
    place = found.bounding_box()
    assert place is not None
    return dict(place)


def axe(folder: Path) -> str:
    """The script of axe-core, fetched by npm; skips where that can't be had."""
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine; install Node.js to have the page's accessibility checked by axe-core")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    if done.returncode or not script.is_file():
        pytest.skip(f"npm could not fetch {AXE}: {done.stderr.strip()[-200:]}")
    return script.read_text(encoding="utf-8")


def violations(page: Page, script: str) -> list[str]:
    """What axe-core holds against the page as it stands, by the rules of WCAG 2.1 A and AA."""
    page.evaluate(script)
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})).violations"
        ".flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))"
    )
    return list(found)
