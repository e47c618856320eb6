"""The library's own routes: asking, searching, reading, remembering."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from bot import ask
from bot.saving import loaded
from tests.ui.api.conftest import QUESTION
from tests.ui.serving import Serving
from vectorstore.library import Library

POLICIES = Path(__file__).resolve().parents[2] / "policies"


def events(http: httpx.Client, body: dict[str, Any]) -> list[tuple[str, Any]]:
    """Name and data of every event of a streamed answer."""
    found: list[tuple[str, Any]] = []
    with http.stream("POST", "/ask", json={**body, "stream": True}) as response:
        name = ""
        for line in response.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((name, json.loads(line.removeprefix("data: "))))
    return found


def test_an_answer_has_all_that_ask_gives(http: httpx.Client, own_home: Path) -> None:
    told = http.post("/ask", json={"question": QUESTION}).json()
    with Library.open(own_home) as library:
        answer = loaded(told, library.document)
    local = ask(QUESTION, home=own_home)
    assert (answer.text, answer.citations, answer.notices) == (local.text, local.citations, local.notices)
    assert told["citations"][0]["document"]["source"] == "绵阳市数据银行实施意见.txt"  # no path of the server's disk


def test_streamed_the_same_comes_in_events(http: httpx.Client) -> None:
    whole = http.post("/ask", json={"question": QUESTION}).json()
    told = events(http, {"question": QUESTION})
    names = [name for name, _ in told]
    assert names[0] == "searching" and names[-1] == "answered" and {"step", "retrieved", "token"} <= set(names)
    assert "".join(data["text"] for name, data in told if name == "token") == whole["text"]
    differing = ("id", "seconds")
    assert {**told[-1][1], **dict.fromkeys(differing)} == {**whole, **dict.fromkeys(differing)}


def test_a_conversation_is_kept_and_goes_on(http: httpx.Client) -> None:
    id = http.post("/conversations", json={}).json()["id"]
    first = http.post("/ask", json={"question": "绵阳市每万人拥有数据工程师的目标是多少?", "conversation": id}).json()
    second = http.post("/ask", json={"question": "那临沂呢?", "conversation": id}).json()
    assert "18名" in first["text"] and "9名" in second["text"] and second["conversation"] == id
    kept = http.get(f"/conversations/{id}").json()
    assert kept["title"] == "绵阳市每万人拥有数据工程师的目标是多少?"
    assert [turn["answer"]["text"] for turn in kept["turns"]] == [first["text"], second["text"]]
    assert [turn["id"] for turn in kept["turns"]] == [first["id"], second["id"]]
    assert id in [one["id"] for one in http.get("/conversations", params={"search": "工程师"}).json()["conversations"]]
    assert http.patch(f"/conversations/{id}", json={"title": "工程师"}).json()["title"] == "工程师"
    assert http.delete(f"/conversations/{id}").status_code == 204
    assert http.get(f"/conversations/{id}").status_code == 404


def test_without_one_the_client_sends_the_history(http: httpx.Client) -> None:
    first = http.post("/ask", json={"question": "绵阳市每万人拥有数据工程师的目标是多少?"}).json()
    second = http.post("/ask", json={"question": "那临沂呢?", "history": [first]}).json()
    assert "9名" in second["text"]
    bad = http.post("/ask", json={"question": "那临沂呢?", "history": [{"text": 1}]})
    assert bad.status_code == 400 and "history" in bad.json()["error"]["message"]


def test_passages_are_found(http: httpx.Client) -> None:
    found = http.post("/search", json={"query": "数据银行", "k": 2, "regions": ["绵阳市"]}).json()["hits"]
    assert len(found) == 2 and "数据银行" in found[0]["text"] and found[0]["score"] >= found[1]["score"]
    text = http.get(f"/documents/{found[0]['document']['id']}").json()["text"]
    assert text[found[0]["start"] : found[0]["end"]] == found[0]["text"]


def test_documents_are_listed_and_filtered(http: httpx.Client) -> None:
    every = http.get("/documents").json()
    assert every["total"] == len(every["documents"]) == 3 and "text" not in every["documents"][0]
    page = http.get("/documents", params={"limit": 1, "offset": 1}).json()
    assert page["total"] == 3 and page["documents"] == every["documents"][1:2]
    for restriction in ({"region": "四川省"}, {"issuer": "绵阳"}, {"kind": "实施意见"}, {"search": "〔2018〕12号"}):
        found = http.get("/documents", params=restriction).json()["documents"]
        assert [one["doc_number"] for one in found] == ["绵府发〔2018〕12号"], restriction


def test_a_document_its_passage_and_its_original(http: httpx.Client) -> None:
    card = http.get("/documents", params={"search": "临沂"}).json()["documents"][0]
    whole = http.get(f"/documents/{card['id']}").json()
    passage = http.get(f"/documents/{card['id']}", params={"start": 3, "end": 9}).json()
    assert passage["quote"] == whole["text"][3:9] and whole["sections"]
    assert http.get(f"/documents/{card['id']}", params={"start": 9, "end": 3}).status_code == 400
    original = http.get(f"/documents/{card['id']}/original")
    assert original.content == (POLICIES / "临沂市数据要素实施方案.txt").read_bytes()
    assert original.headers["content-disposition"].startswith("attachment") and "nosniff" in str(original.headers)
    assert http.get("/documents/none").status_code == http.get("/documents/none/original").status_code == 404
    assert http.get("/documents/..%2f..%2fstate.sqlite/original").status_code in (400, 404)


def test_facts_are_listed(http: httpx.Client) -> None:
    found = http.get("/facts", params={"kind": ["target"], "region": "临沂市", "year": 2022}).json()
    assert found["total"] == len(found["facts"]) >= 3
    fact = next(fact for fact in found["facts"] if "工程师" in fact["indicator"])
    assert (fact["value"], fact["unit"], fact["comparator"]) == (9, "名", "超过")
    text = http.get(f"/documents/{fact['doc_id']}").json()["text"]
    assert text[fact["start"] : fact["end"]] == fact["quote"]
    of_one = http.get("/facts", params={"document": "绵阳市人民政府关于加快数据要素强市建设的实施意见", "limit": 1})
    assert of_one.json()["total"] > 1 and len(of_one.json()["facts"]) == 1
    assert http.get("/facts", params={"kind": "rumour"}).status_code == 400


def test_a_verdict_on_an_answer(http: httpx.Client, own_home: Path) -> None:
    from bot.feedback import Feedback

    answer = http.post("/ask", json={"question": "今天天气怎么样"}).json()["id"]
    body = {"answer": answer, "verdict": "useless", "reason": "不该说没有"}
    assert http.post("/feedback", json=body).status_code == 204
    opinion = Feedback(own_home).all()[-1]
    assert (opinion.turn, opinion.verdict, opinion.face) == (answer, "useless", "api")
    assert opinion.answer.question == "今天天气怎么样"
    assert http.post("/feedback", json={**body, "answer": "ans-none"}).status_code == 404
    assert http.post("/feedback", json={**body, "verdict": "so so"}).status_code == 400


def test_half_a_character_does_no_harm(http: httpx.Client) -> None:
    body = '{"question": "数据银行\\ud800是什么"}'
    told = http.post("/ask", content=body, headers={"Content-Type": "application/json"})
    assert told.status_code == 200 and told.json()["question"] == "数据银行\ud800是什么"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"null", b'{"question": 7}', b'{"question": "a", "x": 1}', b"\xff\xfe", b"[" * 100_000]
)
def test_garbage_is_refused_politely(http: httpx.Client, body: bytes) -> None:
    told = http.post("/ask", content=body, headers={"Content-Type": "application/json"})
    assert told.status_code == 400 and told.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "参数 question 不对：缺少这一项"),
        ({"question": 7}, "参数 question 不对：应为文字"),
        ({"question": "数据", "regoins": []}, "参数 regoins 不对：没有这个参数"),
        ({"question": "数据", "years": ["近年"]}, "参数 years.0 不对：应为整数"),
        ({"question": "数据", "regions": "绵阳"}, "参数 regions 不对：应为列表"),
        ({"question": "数据", "regions": ["长" * 201]}, "参数 regions.0 不对：最多 200 个字符"),
        ({"question": "数据", "history": [7]}, "参数 history.0 不对：应为 JSON 对象"),
        ([], "请求正文不对：应为 JSON 对象"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(http: httpx.Client, body: Any, told: str) -> None:
    assert http.post("/ask", json=body).json()["error"]["message"].startswith(told)


def test_a_body_in_another_encoding_is_told_so(http: httpx.Client) -> None:
    body = '{"question": "什么是数据银行?"}'.encode("gbk")  # what curl sends from a Windows prompt
    told = http.post("/ask", content=body, headers={"Content-Type": "application/json"})
    assert told.status_code == 400 and "UTF-8" in told.json()["error"]["message"]


def test_a_fault_tells_nothing_of_the_inside() -> None:
    from ui.api.errors import verdict

    told = verdict(RuntimeError("secret"), request="r1")
    assert told.status == 500 and "secret" not in str(told) and "r1" in str(told)


def test_the_description_is_a_page_that_loads_nothing(http: httpx.Client, server: Serving) -> None:
    page = http.get("/docs")
    assert page.status_code == 200 and "/v1/chat/completions" in page.text
    assert "<script" not in page.text and "src=" not in page.text
    assert "http" not in page.text.replace(server.url, "")


def test_whoever_watches_is_told(server: Serving, own_home: Path) -> None:
    assert httpx.get(f"{server.url}/livez", trust_env=False).text == "ok"
    ready = httpx.get(f"{server.url}/readyz", trust_env=False).json()
    assert ready["status"] == "ready" and ready["generation"] >= 1 and ready["embedding"].startswith("embedded-")
    figures = httpx.get(f"{server.url}/metrics", trust_env=False).text
    assert 'zhengwen_http_requests_total{method="POST",route="/v1/ask",status="200"}' in figures
    assert "zhengwen_generation " in figures and QUESTION not in figures
    log = server.log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"time", "request", "method", "route", "status", "ms", "caller", "client"} == set(lines[-1])
    assert "数据银行" not in log.replace("\\", "")


@pytest.mark.parametrize("wanted", [False, True])
def test_questions_are_logged_only_where_that_is_wanted(
    policies_home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    import logging

    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Mount
    from starlette.testclient import TestClient

    from bot.settings import load_settings
    from ui.api.app import api
    from ui.api.house import House
    from ui.api.limits import Rate
    from ui.api.watch import Watch

    monkeypatch.setattr(logging.getLogger("zhengwen.http"), "propagate", True)
    house = House(load_settings(home=policies_home))
    watch = Middleware(Watch, metrics=house.metrics, questions=wanted)
    app = Starlette(routes=[Mount("/v1", api(house, rate=Rate(0), closed=False))], middleware=[watch])
    with caplog.at_level(logging.INFO, logger="zhengwen.http"):
        TestClient(app, client=("127.0.0.1", 1)).post("/v1/ask", json={"question": QUESTION})
    line = json.loads(caplog.messages[-1])
    assert line["status"] == 200 and line.get("question") == (QUESTION if wanted else None)


@pytest.mark.parametrize("address", ["/documents?limt=2", "/facts?regions=绵阳市", "/models?kind=x"])
def test_a_parameter_that_a_route_has_not_is_refused(http: httpx.Client, address: str) -> None:
    told = http.get(address)
    assert told.status_code == 400 and told.json()["error"]["code"] == "unknown_parameter"


def test_the_bare_address_leads_to_the_description(server: Serving) -> None:
    told = httpx.get(f"{server.url}/v1", trust_env=False)
    assert told.status_code == 307 and told.headers["location"] == "/v1/docs"


def test_metrics_name_each_route_as_it_is(server: Serving, http: httpx.Client) -> None:
    http.get("/models")
    httpx.get(f"{server.url}/metrics", trust_env=False)
    figures = httpx.get(f"{server.url}/metrics", trust_env=False).text
    assert 'route="/v1/models"' in figures and 'route="/metrics"' in figures and "/v1/metrics" not in figures


def raw(server: Serving, line: bytes) -> tuple[int, dict[str, Any]]:
    """Status and body of what is told to a request that begins with this very line."""
    place = urlsplit(server.url)
    with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=20) as asking:
        asking.sendall(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        told = b"".join(iter(lambda: asking.recv(65_536), b""))
    head, _, body = told.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def test_an_address_may_hold_chinese_as_it_was_typed(http: httpx.Client, server: Serving) -> None:
    """curl sends it so; browsers and Python's clients send %XX."""
    query = "kind=target&region=绵阳市"
    status, told = raw(server, f"GET /v1/facts?{query} HTTP/1.1".encode())
    assert status == 200 and told["total"] > 0
    assert told == http.get("/facts", params={"kind": "target", "region": "绵阳市"}).json()


@pytest.mark.parametrize(
    "line",
    [
        "GET /v1/facts?region=绵阳市 HTTP/1.1".encode("gb18030"),
        b"GET /v1/facts?region=%C3%E0%D1%F4 HTTP/1.1",
        b"\x16\x03\x01\x02\x00",
        b"nonsense",
    ],
    ids=["raw GBK", "GBK", "TLS", "nonsense"],
)
def test_an_address_that_cannot_be_read_is_told_in_chinese(server: Serving, line: bytes) -> None:
    status, told = raw(server, line)
    assert status == 400 and "读不懂" in told["error"]["message"]


def test_what_need_not_be_sent_may_be_left_out(http: httpx.Client) -> None:
    assert http.post("/conversations").status_code == 201
    assert "没有正文" in http.post("/ask").json()["error"]["message"]
    assert http.get("/").headers["location"] == "/v1/docs"
