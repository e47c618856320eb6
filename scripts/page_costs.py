"""Measure the chat page in a browser: how soon it can be used, how soon evidence shows, ten at once, memory.

Run from the repository root: python -m scripts.page_costs [--home LIBRARY] [--questions 500]
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.front import open_library
from bot.settings import load_settings
from scripts.served import REPO, Served, chromium, fill, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TALK = 10
"""Questions of a conversation, then a new one is begun."""
AT_ONCE = 10
# Takes the time in the page itself: from the press to the first evidence, and to the answer's first chip or refusal.
_CLOCK = """() => {
  const seen = (selector) => {
    let found = document.querySelectorAll(selector).length;
    for (const host of document.querySelectorAll("[data-testid^=stBidiComponent], [data-testid^=stBidiComponent] *"))
      if (host.shadowRoot) found += host.shadowRoot.querySelectorAll(selector).length;
    return found;
  };
  const answers = seen(".foot");
  window.clock = {pressed: performance.now()};
  const look = () => {
    if (!window.clock.found && (seen(".zw-found") || seen(".foot") > answers)) window.clock.found = performance.now();
    if (seen(".foot") > answers) window.clock.answered = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}"""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a library; otherwise one of the sample briefs is made")
    parser.add_argument("--questions", type=int, default=500)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder) / "home"
        if chosen.home is None:
            fill(home, "--sample", REPO / "samples")
        with served(home) as server, chromium() as browser:
            page = measure(server, browser)
            grow(server, page, itertools.islice(itertools.cycle(asked_of(home)), chosen.questions))


def measure(server: Served, browser: Browser) -> Page:
    """Print each figure as soon as it is known; gives the first visitor's tab."""
    begun = time.perf_counter()
    page = opened(browser, server)
    tell("page can be used, first visit (s)", time.perf_counter() - begun)
    page.locator(".tiles button").first.wait_for()
    questions = [button.inner_text() for button in page.locator(".tiles button").all()]
    begun = time.perf_counter()
    opened(browser, server).context.close()
    tell("page can be used, later visits (s)", time.perf_counter() - begun)

    times = [asked(page, questions[number % len(questions)]) for number in range(20)]
    tell("question to first evidence, p50 (ms)", statistics.median(found for found, _ in times))
    tell("question to answer, p50 (ms)", statistics.median(answered for _, answered in times))

    crowd = [opened(browser, server) for _ in range(AT_ONCE)]
    for number, one in enumerate(crowd):
        typed(one, questions[number % len(questions)])
    for one in crowd:
        press(one)
    slowest = sorted(clock(one)[1] for one in crowd)
    tell(f"{AT_ONCE} asking at once, the slowest answer (ms)", slowest[-1])
    for one in crowd:
        one.context.close()

    return page


def grow(server: Served, page: Page, questions: Iterable[str]) -> None:
    """Print how much memory the server holds before, and after every fifty questions."""
    tell("memory before (MB)", server.megabytes())
    for number, question in enumerate(questions, start=1):
        if number % TALK == 1:
            page.get_by_role("button", name="新对话").click()
            page.locator(".zw-question").first.wait_for(state="detached")
        asked(page, question)
        if number % 50 == 0:
            tell(f"memory after {number} questions (MB)", server.megabytes())


def asked_of(home: Path) -> list[str]:
    """Questions about every section of every document, each another one, so that what is remembered of each shows."""
    documents = open_library(load_settings(home=home)).documents()
    headings = dict.fromkeys(section.path[-1] for document in documents for section in document.sections)
    return [form.format(heading) for form in ("{}有哪些要求？", "{}由哪些单位负责？") for heading in headings]


def opened(browser: Browser, server: Served) -> Page:
    """A tab of a new visitor, once one can ask."""
    page = browser.new_context(locale="zh-CN", bypass_csp=True).new_page()
    page.goto(server.address)
    page.locator('[data-testid="stChatInputTextArea"]:enabled').wait_for()
    return page


def asked(page: Page, question: str) -> tuple[float, float]:
    """Milliseconds to the first evidence and to the answer."""
    typed(page, question)
    press(page)
    return clock(page)


def typed(page: Page, question: str) -> None:
    """Put the question into the field."""
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.get_by_test_id("stChatInputSubmitButton").wait_for()


def press(page: Page) -> None:
    """Start the clock and send."""
    page.evaluate(_CLOCK)
    page.get_by_test_id("stChatInputSubmitButton").click()


def clock(page: Page) -> tuple[float, float]:
    """What the page's own clock says, once it has answered and may be asked again."""
    page.wait_for_function("window.clock.answered")
    page.get_by_test_id("stChatInputSubmitButton").wait_for()
    found, answered = page.evaluate("[clock.found - clock.pressed, clock.answered - clock.pressed]")
    return float(found), float(answered)


def tell(what: str, value: float) -> None:
    """One line of the table."""
    sys.stdout.write(f"{what:<48} {value:8.1f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
