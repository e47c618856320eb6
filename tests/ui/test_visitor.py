"""The cookie that tells one visitor from another, and the headers of what the browser has kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ui.api.fence import Fence
from ui.visitor import COOKIE, VisitorCookie, cookies_of, owner_of

PAGE = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]}


def answered(
    app: Any, answer: dict[str, Any], *, accept: str = "text/html,*/*", cookie: str = "", scheme: str = "http"
) -> list[tuple[bytes, bytes]]:
    """The headers that a browser gets where the page behind `app` gives `answer`."""
    headers = [(b"host", b"localhost"), (b"accept", accept.encode())] + (
        [(b"cookie", cookie.encode())] if cookie else []
    )
    sent: list[dict[str, Any]] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        await send(answer)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "scheme": scheme}
    asyncio.run(app(inner)(scope, None, send))
    return list(sent[0]["headers"])


def cookie_in(headers: list[tuple[bytes, bytes]]) -> str:
    return next((value.decode() for name, value in headers if name == b"set-cookie"), "")


def test_a_browser_gets_one_cookie_that_scripts_cannot_read() -> None:
    given = cookie_in(answered(VisitorCookie, PAGE))
    assert given.startswith(f"{COOKIE}=") and "HttpOnly" in given and "SameSite=Lax" in given and "Secure" not in given
    assert "Secure" in cookie_in(answered(VisitorCookie, PAGE, scheme="https"))
    assert cookie_in(answered(VisitorCookie, PAGE)) != given
    assert cookie_in(answered(VisitorCookie, PAGE, cookie=f"a=b; {given.split(';')[0]}")) == ""
    assert cookie_in(answered(VisitorCookie, PAGE, cookie=f"{COOKIE}=kurz"))


def test_programs_and_files_get_none() -> None:
    assert cookie_in(answered(VisitorCookie, PAGE, accept="application/json")) == ""


def test_one_who_has_the_page_already_gets_one_too() -> None:
    assert cookie_in(answered(VisitorCookie, {"type": "http.response.start", "status": 304, "headers": []}))


@pytest.mark.parametrize(("status", "kind", "policy"), [(200, b"text/html", b"of the page"), (304, None, None)])
def test_what_the_browser_has_kept_keeps_its_policy(status: int, kind: bytes | None, policy: bytes | None) -> None:
    def fenced(app: Any) -> Fence:
        return Fence(app, hosts=None, policy="of the page")

    start = {"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)] if kind else []}
    headers = dict(answered(fenced, start))
    assert headers.get(b"content-security-policy") == policy and headers[b"x-content-type-options"] == b"nosniff"


def test_owners_of_two_browsers_differ() -> None:
    owners = {owner_of(cookies_of({"headers": [(b"cookie", f"{COOKIE}={c * 43}".encode())]})) for c in "ab"}
    assert len(owners) == 2 and None not in owners
