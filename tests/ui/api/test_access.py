"""Who gets in: nobody without a key once there are keys, and no other web site ever."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import httpx
import pytest

from bot.settings import load_settings
from tests.ui.api.conftest import QUESTION, Locked, client
from tests.ui.serving import Serving
from ui.api.app import api
from ui.api.house import House
from ui.api.keys import Keys
from ui.api.limits import Rate
from ui.errors import WrongUsage
from vectorstore.errors import NoLibrary


def routes(home: Path) -> list[tuple[str, str]]:
    """Method and path of everything that the application answers, described or not."""
    app = api(House(load_settings(home=home)), rate=Rate(0), closed=True)
    found = [
        (method.upper(), f"/v1{path}".replace("{id}", "aa11bb22cc33"))
        for path, operations in app.openapi()["paths"].items()
        for method in operations
    ]
    assert len(found) >= 17
    others = ["/v1/", "/v1/docs", "/v1/openapi.json", "/v1/redoc", "/v1/nowhere", "/v1//ask", "/v1/%61sk"]
    return [*found, ("GET", "/metrics"), *(("GET", path) for path in others)]


@pytest.mark.parametrize("key", [None, "zw-00000000-wrong", "wrong", "zw-", "密钥"])
def test_no_route_is_open_without_a_key(locked: Locked, policies_home: Path, key: str | None) -> None:
    headers = {} if key is None else {"Authorization": f"Bearer {key}".encode()}
    with httpx.Client(base_url=locked.server.url, headers=headers, trust_env=False) as http:
        for method, path in routes(policies_home):
            response = http.request(method, path, content=b"{}", follow_redirects=True)
            assert response.status_code == 401, (method, path, response.text)
            assert response.json()["error"]["type"] == "authentication_error"
            assert response.headers["www-authenticate"] == "Bearer"


def test_a_key_opens_what_its_scope_says(locked: Locked, policies_home: Path) -> None:
    with client(locked.server, locked.ask) as ask, client(locked.server, locked.admin) as admin:
        assert ask.get("/documents").json()["total"] == 3
        assert ask.delete("/documents/none").status_code == 403
        assert ask.post("/documents", files={"files": ("a.txt", b"x")}).status_code == 403
        assert ask.get("/jobs/none").status_code == 403
        assert admin.delete("/documents/none").status_code == 404
        assert admin.get("/jobs/none").status_code == 404
    for method, path in routes(policies_home):
        if path.endswith(("aa11bb22cc33", "/v1/nowhere")) and "conversations" not in path:
            told = httpx.request(
                method, locked.server.url + path, headers={"Authorization": f"Bearer {locked.ask}"}, trust_env=False
            )
            assert told.status_code in (400, 403, 404), (method, path)


def test_a_browser_may_send_the_key_as_a_password(locked: Locked) -> None:
    url = f"{locked.server.url}/v1/docs"
    asked = httpx.get(url, headers={"Accept": "text/html"}, trust_env=False)
    assert asked.status_code == 401 and asked.headers["www-authenticate"].startswith("Basic ")
    assert httpx.get(url, auth=("me", locked.ask), trust_env=False).status_code == 200
    assert httpx.get(url, auth=("me", "no"), trust_env=False).status_code == 401
    bad = base64.b64encode(b"\xff\xfe").decode()
    assert httpx.get(url, headers={"Authorization": f"Basic {bad}"}, trust_env=False).status_code == 401


def test_where_others_can_reach_it_there_is_no_page_without_a_password(locked: Locked) -> None:
    for path in ("/", "/_stcore/host-config", "/static/index.html"):
        assert httpx.get(locked.server.url + path, trust_env=False).status_code == 403


def test_another_holder_s_conversation_does_not_exist(locked: Locked) -> None:
    with client(locked.server, locked.ask) as mine, client(locked.server, locked.admin) as other:
        id = mine.post("/conversations", json={"title": "我的"}).json()["id"]
        answer = mine.post("/ask", json={"question": QUESTION, "conversation": id}).json()["id"]
        verdict = {"answer": answer, "verdict": "useful"}
        assert other.get(f"/conversations/{id}").status_code == 404
        assert other.patch(f"/conversations/{id}", json={"title": "x"}).status_code == 404
        assert other.delete(f"/conversations/{id}").status_code == 404
        assert other.post("/ask", json={"question": QUESTION, "conversation": id}).status_code == 404
        assert other.post("/feedback", json=verdict).status_code == 404
        assert other.get("/conversations").json()["conversations"] == []
        assert mine.post("/feedback", json=verdict).status_code == 204
        assert mine.get(f"/conversations/{id}").json()["length"] == 1


def test_no_key_is_in_the_log(locked: Locked) -> None:
    with client(locked.server, locked.admin) as http:
        http.get("/documents", headers={"X-Request-ID": "看".encode()})
    log = locked.server.log.read_text(encoding="utf-8")
    assert '"route": "/v1/documents"' in log and locked.admin not in log and locked.ask not in log


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example:80"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "[::1]:1"}, 200),
        ({"Host": "localhost@evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "localhost:1", "Origin": "http://localhost:1"}, 200),
        ({"Host": "localhost:1", "Origin": "http://localhost:2"}, 403),
    ],
)
def test_other_sites_are_kept_out(server: Serving, headers: dict[str, str], status: int) -> None:
    told = httpx.post(f"{server.url}/v1/search", json={"query": "数据"}, headers=headers, trust_env=False)
    assert told.status_code == status
    page = httpx.get(server.url, headers=headers, trust_env=False)
    assert page.status_code == (421 if status == 421 else 200)


def test_every_response_forbids_what_it_does_not_need(server: Serving) -> None:
    page = httpx.get(server.url, trust_env=False).headers
    policy = page["content-security-policy"]
    assert "unsafe-eval" not in policy and "http" not in policy.replace("https", "http")
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    json = httpx.get(f"{server.url}/v1/models", trust_env=False).headers
    assert json["content-security-policy"].startswith("default-src 'none'")
    for headers in (page, json):
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer" and len(headers["x-request-id"]) == 16


def test_a_request_may_bring_its_number(server: Serving) -> None:
    told = httpx.get(f"{server.url}/v1/models", headers={"X-Request-ID": "abc-1"}, trust_env=False)
    assert told.headers["x-request-id"] == "abc-1"


def test_a_revoked_key_opens_nothing(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    assert not keys.any() and keys.list() == [] and keys.check("zw-1-2") is None
    assert not (tmp_path / "state.sqlite").exists()  # looking makes nothing
    key, text = keys.create("ask", name=" 小王 ")
    assert keys.check(text) == key and key.name == "小王" and keys.any()
    assert text.encode() not in (tmp_path / "state.sqlite").read_bytes()
    assert keys.check(text + "x") is None and keys.check(text[:-1]) is None
    assert keys.revoke(key.id).revoked is not None
    assert keys.check(text) is None and keys.any()
    with pytest.raises(WrongUsage, match="keys list"):
        keys.revoke("none")


def test_once_closed_it_stays_closed_even_if_the_keys_are_lost(policies_home: Path, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    home = Path(shutil.copytree(policies_home, tmp_path / "home"))
    house = House(load_settings(home=home))
    http = TestClient(api(house, rate=Rate(0), closed=False), client=("127.0.0.1", 1))
    assert http.get("/models").status_code == 200
    house.keys.create("ask")
    assert http.get("/models").status_code == 401
    (home / "state.sqlite").write_bytes(b"garbage" * 1000)
    assert http.get("/models").status_code in (401, 503)
    (home / "state.sqlite").unlink()
    assert http.get("/models").status_code == 401


def test_who_comes_through_a_proxy_may_only_ask(policies_home: Path) -> None:
    from starlette.testclient import TestClient

    http = TestClient(api(House(load_settings(home=policies_home)), rate=Rate(0), closed=False), client=("10.0.0.9", 1))
    assert http.get("/documents").status_code == 200 and http.delete("/documents/x").status_code == 403


def test_without_a_library_it_says_so(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    http = TestClient(api(House(load_settings(home=tmp_path)), rate=Rate(0), closed=False), client=("127.0.0.1", 1))
    told = http.post("/ask", json={"question": QUESTION})
    assert told.status_code == 503 and told.json()["error"]["code"] == "no_library"
    assert NoLibrary.__name__ not in told.text and str(tmp_path) not in told.text
