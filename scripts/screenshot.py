"""Take the README's pictures of the chat page, from a fresh library of the sample briefs.

Needs a Chromium or Chrome on this machine. Run from the repository root: python -m scripts.screenshot
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

REPO = Path(__file__).resolve().parents[1]
IMAGES = REPO / "docs" / "images"
QUESTION = "什么是专利银行？"
PORT = 8765
SIZES = {"chat.png": (1280, 800), "chat-mobile.png": (375, 760)}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("No chromium, chromium-browser or google-chrome on this machine.\n")
        return 1
    zhengwen = [sys.executable, "-m", "ui.cli"]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "ZHENGWEN_HOME": home, "PYTHONUNBUFFERED": "1"}
        subprocess.run([*zhengwen, "ingest", "--sample", REPO / "samples"], env=environment, check=True, cwd=REPO)
        server = subprocess.Popen(
            [*zhengwen, "serve", "--port", str(PORT)], env=environment, stdout=subprocess.PIPE, cwd=REPO
        )
        try:
            assert server.stdout is not None
            server.stdout.readline()  # the address, once it answers
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
                for name, (width, height) in SIZES.items():
                    take(browser, IMAGES / name, width, height)
                browser.close()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)
    return 0


def take(browser: Browser, image: Path, width: int, height: int) -> None:
    """Ask, and on a wide screen open the first citation, then save what is seen."""
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.set_default_timeout(60_000)
    page.goto(f"http://127.0.0.1:{PORT}")
    page.get_by_placeholder("输入关于政策的问题").fill(QUESTION)
    page.get_by_test_id("stChatInputSubmitButton").click()
    chip = page.locator("button.chip").first
    chip.wait_for()
    if width > 900:
        chip.click()
        page.locator("mark").wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(3000)  # fonts, and the scroll to the answer's beginning
    page.screenshot(path=image)
    page.close()


if __name__ == "__main__":
    sys.exit(main())
