"""What is done on the page while it works: no click is lost, nothing interrupts an answer but stopping it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bot.llm.chat_server import serving as chat_model
from tests.ui.browsing import ask, settle, visitor
from tests.ui.serving import Serving, serving
from tests.ui.slow_page import PIECES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUESTION = "什么是专利驿站？"
SLOWLY = "慢慢讲，什么是专利驿站？"
# Every place, to the pixel, at which the last chip of an answer's text stood since it was there.
PLACES = """() => {
  window.places = [];
  const look = () => {
    const hosts = [...document.querySelectorAll("[data-testid^=stBidi], [data-testid^=stBidi] *")];
    const chips = hosts.flatMap((host) => [...(host.shadowRoot?.querySelectorAll(".para button.chip") ?? [])]);
    if (chips.length > window.before) {
      const { x, y } = chips.at(-1).getBoundingClientRect();
      const place = `${Math.round(x)}, ${Math.round(y)}`;
      if (place !== window.places.at(-1)) window.places.push(place);
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def test_a_chip_stays_where_it_appeared_while_the_page_works_on(browser: Browser, address: str) -> None:
    with visitor(browser) as page:
        page.goto(address)
        page.get_by_text("试试问").wait_for()
        for turn in range(3):
            page.evaluate(f"window.before = {turn}")
            if turn == 0:
                page.evaluate(PLACES)
            page.evaluate("window.places = []")
            ask(page, QUESTION)
            page.locator(".para button.chip").nth(turn).wait_for()
            page.locator(".pills button").first.wait_for()
            page.wait_for_timeout(500)
            places = page.evaluate("window.places")
            assert len(places[1:]) == 0, (turn, places)


def test_a_chip_that_is_clicked_as_soon_as_it_appears_opens_its_passage(browser: Browser, address: str) -> None:
    with visitor(browser) as page:
        page.goto(address)
        for turn in range(3):
            ask(page, QUESTION)
            chip = page.locator(".para button.chip").nth(turn)
            chip.wait_for()
            for _ in range(2):  # while questions to go on with are looked for, too
                place = chip.bounding_box()
                assert place is not None
                page.mouse.move(place["x"] + 8, place["y"] + 8)
                page.mouse.down()
                page.wait_for_timeout(60)  # as long as a finger stays
                page.mouse.up()
                page.locator("mark").wait_for(timeout=5000)
                page.keyboard.press("Escape")
                page.locator("mark").wait_for(state="detached")
            page.locator(".pills button").first.wait_for()  # the click has not put an end to these


def test_an_answer_comes_whatever_is_done_meanwhile(browser: Browser, address: str) -> None:
    with visitor(browser) as page:
        page.goto(address)
        ask(page, QUESTION)
        page.locator(".para button.chip").first.wait_for()
        ask(page, SLOWLY)
        page.locator(".zw-draft", has_text=PIECES[0]).wait_for()
        page.locator(".para button.chip").first.click()
        page.locator("mark").wait_for()
        page.keyboard.press("Escape")
        page.get_by_text("添加文件").click()
        page.locator("input[type=file]").first.wait_for(state="attached")
        page.get_by_role("button", name="English").click()
        page.get_by_role("link", name="Library").click()
        page.get_by_role("radio").first.wait_for()
        page.get_by_role("link", name="Ask").click()
        page.locator(".para button.chip").nth(1).wait_for()
        assert page.locator(".zw-question").all_inner_texts() == [QUESTION, SLOWLY]
        assert page.get_by_text("Stopped").count() == 0
        settle(page)
        page.reload()
        page.locator(".para button.chip").nth(1).wait_for()  # kept, and once
        assert page.locator(".zw-question").count() == 2


@pytest.mark.parametrize("which", ["the field's", "the answer's"])
def test_stopping_keeps_what_was_written_and_says_that_it_is_a_part(browser: Browser, address: str, which: str) -> None:
    with visitor(browser) as page:
        page.goto(address)
        ask(page, SLOWLY)
        page.locator(".zw-steps .now").wait_for()
        assert page.locator(".zw-steps li").all_inner_texts() == ["检索", "重排", "核对", "作答"]
        page.get_by_text(PIECES[0]).wait_for()
        if which == "the field's":
            page.get_by_test_id("stChatInputStopButton").click()
        else:  # back from elsewhere, the field knows no more of it
            page.get_by_role("link", name="资料库").click()
            page.get_by_role("radio").first.wait_for()
            page.get_by_role("link", name="问答").click()
            page.get_by_role("button", name="停止", exact=True).click()
        page.get_by_text("还没有核对过出处").wait_for()
        assert PIECES[0] in page.locator(".zw-partial").inner_text()
        assert PIECES[-1] not in page.locator(".zw-partial").inner_text()
        assert page.locator(".chip").count() == 0
        page.get_by_role("button", name="重新回答").click()
        page.locator("button.chip").first.wait_for()
        assert page.locator(".zw-question").count() == 1


@pytest.mark.parametrize("how", ["stop", "close", "begin anew"])
def test_a_chat_model_is_told_when_nobody_waits_any_more(
    browser: Browser, server: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    with chat_model() as model:
        model.manner = lambda exchange: (exchange.begin(), exchange.wait_until_left(60))
        monkeypatch.setenv("ZHENGWEN_LLM", "openai:slow")
        monkeypatch.setenv("ZHENGWEN_LLM_BASE_URL", model.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        home = server.log.parent / "home"
        with serving(home, tmp_path / "log") as written, visitor(browser) as page:
            page.goto(written.url)
            ask(page, QUESTION)
            page.locator(".zw-draft").wait_for()
            page.get_by_text("添加文件").click()  # that alone leaves nobody waiting
            page.locator("input[type=file]").first.wait_for(state="attached")
            page.wait_for_timeout(3000)
            assert not model.left.is_set()
            if how == "stop":
                page.get_by_test_id("stChatInputStopButton").click()
            elif how == "close":
                page.close()
            else:
                page.get_by_role("button", name="新对话").click()
            assert model.left.wait(15)  # the answer itself would have taken four times as long
