"""The page's door: a password, asked for once, with a wait after wrong tries."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bot.settings import load_settings
from tests.ui.fakes import FakeDesk
from tests.ui.paging import APP, html, visit
from ui.admission import Admission
from ui.visitor import COOKIE, owner_of

SECRET = "湖光$*_"


@pytest.fixture
def locked(desk: FakeDesk) -> FakeDesk:
    desk.settings = load_settings(home=desk.settings.home, environ={}, password=SECRET)
    return desk


def enter(page: AppTest, password: str) -> None:
    page.text_input(key="password").set_value(password)
    page.button(key="enter").click().run()


def test_nothing_is_shown_before_the_password(locked: FakeDesk, page: AppTest) -> None:
    page.run()
    assert "需要口令" in html(page) and not page.chat_input and "份政策文件" not in html(page)
    enter(page, "错的")
    assert "口令不对" in html(page) and not page.chat_input
    enter(page, SECRET)
    assert page.chat_input and "2 份政策文件" in html(page)
    again = AppTest.from_file(APP, default_timeout=20).run()  # the same browser, another tab
    assert again.chat_input
    page.button(key="leave").click().run()
    assert not page.chat_input
    assert not AppTest.from_file(APP, default_timeout=20).run().chat_input


def test_the_door_speaks_english_too(locked: FakeDesk, page: AppTest) -> None:
    page.run()
    page.button(key="switch").click().run()
    assert "A password is needed" in html(page) and not page.chat_input
    enter(page, SECRET)
    assert "2 policy documents" in html(page)
    page.button(key="leave").click().run()


def test_another_visitor_has_to_know_it_too(locked: FakeDesk, page: AppTest) -> None:
    page.run()
    enter(page, SECRET)
    other = AppTest.from_file(APP, default_timeout=20)
    other.user = {"email": "other@example.com"}
    assert not other.run().chat_input
    page.button(key="leave").click().run()


def test_every_page_is_behind_the_door(locked: FakeDesk, page: AppTest, desk: FakeDesk) -> None:
    desk.settings = load_settings(home=desk.settings.home, environ={})
    visit(page, "library")
    desk.settings = load_settings(home=desk.settings.home, environ={}, password="另一个")
    page.run()
    assert "需要口令" in html(page) and "资料库" not in html(page)


def test_guessing_is_slowed_down_for_everybody() -> None:
    now = [0.0]
    door = Admission("对", clock=lambda: now[0])
    waits = []
    for number in range(12):
        assert not door.enter(f"visitor-{number}", "错")
        waits.append(door.wait())
        now[0] += waits[-1]
    assert waits[:4] == [0, 0, 0, 0] and waits[4] >= 2 and waits == sorted(waits) and waits[-1] >= 200
    assert not door.enter("a", "错") and not door.enter("a", "对")  # the right one has to wait too
    now[0] += 301
    assert door.enter("a", "对") and door.is_in("a") and not door.is_in("b")
    now[0] += 31 * 24 * 3600
    assert not door.is_in("a")


def test_an_owner_says_nothing_of_the_cookie() -> None:
    token = "k" * 43
    owner = owner_of({COOKIE: token})
    assert owner and token not in owner and owner == owner_of({COOKIE: token})
    assert owner_of({COOKIE: "zu-kurz"}) is None and owner_of({}) is None
    assert owner_of({COOKIE: token}, user="a@example.com") != owner


def test_where_accounts_are_configured_one_has_to_log_in(page: AppTest, desk: FakeDesk) -> None:
    page.secrets["auth"] = {"client_id": "zhengwen"}
    page.user = {"is_logged_in": False}
    page.run()
    assert "请先登录" in html(page) and not page.chat_input
    page.user = {"is_logged_in": True, "email": "li@example.com"}
    page.run()
    assert page.chat_input and page.button(key="leave").label == "退出登录"


def test_of_several_providers_each_has_its_button(page: AppTest) -> None:
    page.secrets["auth"] = {"redirect_uri": "x", "单位": {"client_id": "a"}, "备用": {"client_id": "b"}}
    page.user = {"is_logged_in": False}
    page.run()
    assert [button.label for button in page.button] == ["用 单位 登录", "用 备用 登录", "English"]
    page.button[0].click().run()
    assert "登录还没有配好" in html(page) and not page.exception  # the name of a secret is missing
