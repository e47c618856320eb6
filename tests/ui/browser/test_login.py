"""Accounts by OpenID Connect: nobody sees the page before, conversations belong to the account, and one can leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.browsing import ask, visitor
from tests.ui.fakes import LAKE
from tests.ui.serving import free_port, serving
from tests.ui.shelf import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "nobody-guesses-this-in-a-test-0123456789"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{url}/.well-known/openid-configuration"
"""


def test_who_logs_in_finds_the_own_conversations_on_any_browser(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("authlib", reason="pip install 'zhengwen[login]'")
    from tests.ui.provider import CLIENT, SECRET, provider

    publish(tmp_path / "library", [LAKE])
    port = free_port()
    with provider() as known:
        settings = tmp_path / ".streamlit" / "secrets.toml"
        settings.parent.mkdir()
        settings.write_text(SECRETS.format(port=port, url=known.url, client=CLIENT, secret=SECRET), encoding="utf-8")
        monkeypatch.setenv("HOME", str(tmp_path))  # where Streamlit looks for it
        with serving(tmp_path / "library", tmp_path / "log", port=port) as server:
            with visitor(browser) as page:
                page.goto(server.url)
                page.get_by_text("请先登录").wait_for()
                assert page.get_by_text("份政策文件").count() == 0
                page.get_by_role("button", name="登录", exact=True).click()
                page.get_by_text("1 份政策文件").first.wait_for()
                ask(page, "什么是专利驿站？")
                page.locator("button.chip").first.wait_for()
                page.get_by_text("管理对话").wait_for()
                conversation = page.url.partition("?")[2]
                page.get_by_role("button", name="退出登录").click()
                page.get_by_text("请先登录").wait_for()
            with visitor(browser) as page:  # another browser, the same account
                page.goto(server.url)
                page.get_by_role("button", name="登录", exact=True).click()
                page.get_by_role("group", name="对话").get_by_role("button").click()
                page.locator("button.chip").first.wait_for()
                assert page.url.partition("?")[2] == conversation
                known.person = {"sub": "0018", "email": "li@example.com"}  # the address changed hands
                page.get_by_role("button", name="退出登录").click()
                page.get_by_text("请先登录").wait_for()
                page.get_by_role("button", name="登录", exact=True).click()
                page.get_by_text("1 份政策文件").first.wait_for()
                page.goto(f"{server.url}/?{conversation}")
                page.get_by_text("没有这个对话").wait_for()
