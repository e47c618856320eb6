"""The page under all kinds of hands: an input method, a keyboard alone, a small or enlarged screen, a screen reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.browsing import ask, axe, box, pick, settle, violations, visitor
from tests.ui.serving import Serving, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = "什么是专利驿站？"
FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const { tagName, innerText, value, placeholder } = element;
  return [tagName, element.getAttribute("aria-label"), innerText, value, placeholder].filter(Boolean).join(" ");
}"""
"""What has the keyboard, in words."""


def taken_to(page: Page, name: str) -> None:
    """The page takes the keyboard to what is called so."""
    for _ in range(100):
        if name in page.evaluate(FOCUSED):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the keyboard is at {page.evaluate(FOCUSED)}")


def reach(page: Page, name: str, *, back: bool = False) -> None:
    """Go by the keyboard to what is called so."""
    for _ in range(60):
        if name in page.evaluate(FOCUSED) and not page.evaluate(FOCUSED).startswith(("BODY", "MAIN", "SECTION")):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"{name} can't be reached by the keyboard")


def test_enter_chooses_a_word_of_the_input_method_and_sends_nothing(page: Page) -> None:
    field = page.get_by_placeholder("输入关于政策的问题")
    field.click()
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "什么是专利驿站", "selectionStart": 7, "selectionEnd": 7})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}  # what a browser tells while composing
    keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    page.wait_for_timeout(700)
    assert page.locator(".zw-question").count() == 0
    keys.send("Input.insertText", {"text": QUESTION})
    assert field.input_value() == QUESTION
    page.keyboard.press("Enter")
    page.locator("button.chip").first.wait_for()
    assert page.locator(".zw-question").inner_text() == QUESTION


def test_a_keyboard_suffices(page: Page) -> None:
    field = page.get_by_placeholder("输入关于政策的问题")
    for _ in range(40):
        if field.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    chip = page.locator("button.chip").first
    chip.wait_for()
    page.wait_for_timeout(500)
    for _ in range(40):
        if chip.evaluate("e => e.getRootNode().activeElement === e"):
            break
        page.keyboard.press("Shift+Tab")
    assert page.locator(".tip:visible").count() == 1  # the quote is shown to the keyboard too
    page.keyboard.press("Enter")
    page.locator("mark").wait_for()
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    page.locator("mark").wait_for(state="detached")
    assert chip.evaluate("e => e.getRootNode().activeElement === e")  # back where the reader came from


def test_filters_names_exports_and_verdicts_need_no_mouse(page: Page) -> None:
    reach(page, "筛选")
    page.keyboard.press("Enter")
    page.get_by_label("年份").wait_for()
    settle(page)
    reach(page, "年份")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="2028").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2028**")
    page.keyboard.press("Escape")
    reach(page, "输入关于政策的问题")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".notice", has_text="年份 2028").wait_for()
    page.get_by_text("管理对话").wait_for()
    settle(page)
    reach(page, "管理对话", back=True)
    page.keyboard.press("Enter")
    taken_to(page, "名称")  # taken along into the leaf
    page.keyboard.press("Control+a")
    page.keyboard.type("驿站")
    page.keyboard.press("Enter")
    page.get_by_role("group", name="对话").get_by_text("驿站", exact=True).wait_for()
    reach(page, "JSON")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "驿站.json"
    page.keyboard.press("Escape")
    reach(page, "无用")
    page.keyboard.press("Enter")
    taken_to(page, "答非所问")
    page.keyboard.press("Space")
    reach(page, "提交")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="谢谢，已记下").wait_for()
    reach(page, "修改问题")
    page.keyboard.press("Enter")
    taken_to(page, "TEXTAREA 问题")


def test_dropped_files_can_be_asked_about_without_a_reload(browser: Browser, tmp_path: Path) -> None:
    plan, broken = tmp_path / "云川市驿站实施方案.txt", tmp_path / "坏 <b> $x$ *星*.pdf"
    plan.write_text("云川市驿站实施方案\n一、总体要求\n专利驿站是园区里的窗口，免费检索。\n", encoding="utf-8")
    broken.write_text("no PDF")
    strange = tmp_path / "程序.xyz"
    strange.write_text("…", encoding="utf-8")
    with serving(tmp_path / "home", tmp_path / "log") as server, visitor(browser) as page:
        page.goto(server.url)
        page.get_by_text("还没有政策文件").wait_for()
        page.locator("input[type=file]").first.set_input_files([strange])
        page.get_by_role("alert").get_by_text(
            "不支持这种格式，没有收下。请另存为 PDF 或 docx。"
        ).wait_for()  # told by Streamlit in English
        page.locator("input[type=file]").first.set_input_files([plan, broken])
        page.get_by_role("button", name="读入").click()
        # Nothing stands out to the side: the browser pushes a page aside that lets it, to bring a button into view.
        frame = page.get_by_test_id("stAppViewContainer")
        assert frame.evaluate("view => view.scrollWidth - view.clientWidth + view.scrollLeft") == 0
        page.get_by_text("读入完成：新增 1 份，失败 1 份").wait_for()
        assert "坏 <b> $x$ *星*.pdf：" in page.locator(".zw-failures").inner_text()
        ask(page, QUESTION)
        page.locator("button.chip").first.wait_for()
        assert "免费检索" in page.locator(".para").first.inner_text()
        page.get_by_role("link", name="资料库").click()
        page.get_by_text("移出文件").click()
        pick(page.get_by_role("combobox", name="文件").last, page.get_by_role("option", name="云川市驿站实施方案"))
        page.get_by_role("button", name="移出资料库").click()
        page.get_by_text("已移出资料库：《云川市驿站实施方案》").wait_for()
        page.get_by_text("资料库还是空的").first.wait_for()


@pytest.mark.parametrize(("width", "height"), [(375, 740), (640, 400)])  # a phone; 1280 x 800 enlarged to 200 %
def test_nothing_is_cut_off_on_a_small_screen(browser: Browser, server: Serving, width: int, height: int) -> None:
    with visitor(browser, width=width, height=height) as page:
        page.goto(server.url)
        headline = page.get_by_text("问政策，看原文")
        headline.wait_for()
        page.get_by_text("试试问").wait_for()
        page.wait_for_timeout(600)
        assert 0 <= box(headline)["y"] < height  # read from its beginning
        ask(page, QUESTION)
        page.locator("button.chip").first.wait_for()
        settle(page)
        page.locator("button.chip").first.click()
        page.locator("mark").wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        panel, close = box(page.locator(".panel")), box(page.get_by_label("关闭原文"))
        assert panel["width"] <= width and close["x"] + close["width"] <= width
        marked, foot = box(page.locator("mark")), box(page.get_by_role("button", name="复制引文", exact=True))
        assert close["y"] + close["height"] < marked["y"] < foot["y"] < height  # brought into view, nothing over it
        for view in ("list", "links", "targets", "time"):
            page.goto(f"{server.url}/library?view={view}")
            page.get_by_role("radio").first.wait_for()
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, view


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, server: Serving, tmp_path_factory: pytest.TempPathFactory, scheme: str
) -> None:
    script = axe(tmp_path_factory.getbasetemp().parent / "axe")
    with visitor(browser, color_scheme=scheme, bypass_csp=True) as page:
        page.goto(server.url)
        page.get_by_text("试试问").wait_for()
        page.wait_for_timeout(500)
        found = {"first": violations(page, script)}
        ask(page, QUESTION)
        page.locator("button.chip").first.click()
        page.locator("mark").wait_for()
        page.wait_for_timeout(700)
        found["reading"] = violations(page, script)
        ask(page, "今天天气怎么样？")
        page.locator(".none").wait_for()
        page.wait_for_timeout(700)
        found["refused"] = violations(page, script)
        page.goto(f"{server.url}/library")
        page.get_by_role("radio").first.wait_for()
        page.wait_for_timeout(500)
        found["library"] = violations(page, script)
        page.goto(f"{server.url}/library?view=time")
        page.locator("button.dot").first.wait_for()
        page.wait_for_timeout(500)
        found["timeline"] = violations(page, script)
    assert found == {screen: [] for screen in found}
