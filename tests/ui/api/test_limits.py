"""Too much, too fast, too slow, and gone before the end: bounded, and the others don't notice."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ui.api.conftest import QUESTION
from tests.ui.serving import Serving, serving
from ui.api.limits import Rate
from ui.api.workers import Busy, Workers


@pytest.fixture(scope="module")
def narrow(policies_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that lets few in: two wait while one is answered."""
    home = Path(shutil.copytree(policies_home, tmp_path_factory.mktemp("narrow") / "home"))
    patch = pytest.MonkeyPatch()
    patch.setenv("ZHENGWEN_WORKERS", "1")
    patch.setenv("ZHENGWEN_WAITING", "2")
    try:
        with serving(home, home.parent / "log") as running:
            yield running
    finally:
        patch.undo()


def test_a_burst_is_answered_or_told_when_to_come_again(narrow: Serving) -> None:
    async def burst() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=40)
        async with httpx.AsyncClient(base_url=narrow.url, timeout=30, trust_env=False, limits=limits) as http:
            return await asyncio.gather(*(http.post("/v1/ask", json={"question": QUESTION}) for _ in range(40)))

    answers = asyncio.run(burst())
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) == {200, 429} and statuses[200] >= 3
    assert all(int(a.headers["retry-after"]) >= 1 for a in answers if a.status_code == 429)
    assert httpx.post(f"{narrow.url}/v1/ask", json={"question": QUESTION}, trust_env=False).status_code == 200


@pytest.mark.parametrize("length", [None, 2_000_000])
def test_a_body_too_large_is_refused(server: Serving, length: int | None) -> None:
    def body() -> Iterator[bytes]:
        for _ in range(20):
            yield b'"' + b"x" * 100_000

    content = body() if length is None else b"x" * length
    headers = {"Content-Type": "application/json"}
    told = httpx.post(f"{server.url}/v1/ask", content=content, headers=headers, trust_env=False)
    assert told.status_code == 413 and told.json()["error"]["code"] == "request_too_large"


def test_a_question_of_a_megabyte_is_refused_within_a_second(server: Serving) -> None:
    started = time.perf_counter()
    told = httpx.post(f"{server.url}/v1/ask", json={"question": "问" * 300_000}, trust_env=False)
    assert told.status_code == 400 and time.perf_counter() - started < 1


def test_a_body_that_never_comes_is_given_up() -> None:
    from starlette.exceptions import HTTPException

    from ui.api.bodies import Bodies

    async def never() -> dict[str, object]:
        await asyncio.sleep(60)
        raise AssertionError

    async def app(scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]

    async def send(message: object) -> None:
        raise AssertionError(message)

    with pytest.raises(HTTPException) as caught:
        scope = {"type": "http", "headers": [], "method": "POST", "path": "/ask"}
        asyncio.run(Bodies(app, most=10, exceptions={}, pause=0.05)(scope, never, send))
    assert caught.value.status_code == 408


def test_who_leaves_in_the_middle_harms_nobody(server: Serving) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    body = json.dumps({"messages": [{"role": "user", "content": QUESTION}], "stream": True}).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
    for read in (0, 1, 200):
        for _ in range(10):
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                if read:
                    connection.recv(read)
    limit = time.monotonic() + 10
    while "zhengwen_questions 0.0" not in httpx.get(f"{server.url}/metrics", trust_env=False).text:
        assert time.monotonic() < limit
        time.sleep(0.05)
    assert httpx.post(f"{server.url}/v1/ask", json={"question": QUESTION}, trust_env=False).status_code == 200
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_it_ends_within_ten_seconds_while_it_answers(own_home: Path, tmp_path: Path) -> None:
    with serving(own_home, tmp_path / "log") as running:
        host, port = running.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as idle:  # half a request
            idle.sendall(b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
            with httpx.stream(
                "POST", f"{running.url}/v1/ask", json={"question": QUESTION, "stream": True}, trust_env=False
            ):
                running.process.send_signal(signal.SIGTERM)
                assert running.process.wait(timeout=10) == 0
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_work_stops_when_its_asker_leaves() -> None:
    done: list[int] = []

    def work() -> Iterator[int]:
        try:
            for number in range(1000):
                yield number
                time.sleep(0.01)
        finally:
            done.append(number)

    async def leave() -> None:
        workers = Workers(1, 1)
        stream = workers.stream(work)
        assert await anext(stream) == 0
        await stream.aclose()
        while workers.running:
            await asyncio.sleep(0.01)

    asyncio.run(leave())
    assert len(done) == 1 and done[0] < 20


def test_who_waits_in_vain_is_told_and_a_silence_is_filled() -> None:
    def slow() -> Iterator[str]:
        time.sleep(0.2)
        yield "told"

    async def crowd() -> None:
        workers = Workers(1, 1)
        first = workers.stream(slow, idle=0.05)
        assert await anext(first) is None  # where a comment is sent
        second = asyncio.create_task(workers.last(slow))
        await asyncio.sleep(0.01)
        with pytest.raises(Busy):
            await workers.last(slow)
        assert [event async for event in first if event] == ["told"]
        assert await second == "told"

    asyncio.run(crowd())


def test_an_error_reaches_the_asker() -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(Workers(1, 1).last(broken))


def test_the_rate_of_one_caller_is_not_another_s() -> None:
    now = [0.0]
    rate = Rate(60, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(11)] == [0.0] * 10 + [1.0]
    assert rate.wait("b") == 0.0
    now[0] = 0.5
    assert rate.wait("a") == pytest.approx(0.5)
    now[0] = 1.5
    assert rate.wait("a") == 0.0
    assert all(Rate(0).wait("a") == 0.0 for _ in range(1000))


def test_a_key_that_asks_too_often_is_told_when_to_come_again(policies_home: Path, tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from bot.settings import load_settings
    from ui.api.app import api
    from ui.api.house import House

    home = Path(shutil.copytree(policies_home, tmp_path / "home"))
    house = House(load_settings(home=home))
    _, text = house.keys.create("ask")
    http = TestClient(api(house, rate=Rate(60), closed=False), headers={"Authorization": f"Bearer {text}"})
    told = [http.get("/models") for _ in range(12)]
    assert [one.status_code for one in told[:10]] == [200] * 10 and told[11].status_code == 429
    assert told[11].headers["retry-after"] == "1" and told[11].json()["error"]["code"] == "rate_limit_exceeded"
