"""A running server in place of a local library: the same types, the same command line."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot import Answer, ask, connect, facts, stream
from bot.answer import Answered, Retrieved
from bot.errors import BadSettings, BlankQuestion, QuestionTooLong, ServerUnavailable
from bot.remote import Remote
from tests.ui.api.conftest import QUESTION, Locked
from tests.ui.conftest import Run
from tests.ui.serving import Serving, free_port
from vectorstore.errors import DocumentNotFound
from vectorstore.library import Library


@pytest.fixture
def remote(server: Serving) -> Remote:
    return connect(server.url)


def bare(answer: Answer) -> Answer:
    """The answer without what two askings or two machines tell differently."""
    citations = tuple(replace(c, document=replace(c.document, source="")) for c in answer.citations)
    near = tuple(replace(d, source="", text="", sections=()) for d in answer.nearest)
    return replace(answer, seconds=0.0, citations=citations, nearest=near)


@pytest.mark.parametrize(
    "question", [QUESTION, "临沂市实施方案的三大支撑是什么?", "江西省大数据局局长是谁?", "今天天气怎么样?"]
)
def test_it_answers_as_the_library_does(remote: Remote, own_home: Path, question: str) -> None:
    local, told = ask(question, home=own_home), remote.ask(question)
    assert bare(told) == bare(local)
    assert all(c.document.text[c.start : c.end] == c.quote for c in told.citations)
    assert bare(asyncio.run(remote.aask(question))) == bare(local)


def test_it_streams_the_same_events(remote: Remote, own_home: Path) -> None:
    async def collect() -> list[object]:
        return [event async for event in remote.astream(QUESTION)]

    local = [event for event in stream(QUESTION, home=own_home) if not isinstance(event, Answered | Retrieved)]
    told = list(remote.stream(QUESTION))
    assert [event for event in told if not isinstance(event, Answered | Retrieved)] == local
    assert isinstance(told[-1], Answered) and bare(told[-1].answer) == bare(ask(QUESTION, home=own_home))
    assert len(asyncio.run(collect())) == len(told)


def test_it_takes_history_and_filters(remote: Remote) -> None:
    first = remote.ask("绵阳市每万人拥有数据工程师的目标是多少?")
    assert "9名" in remote.ask("那临沂呢?", history=[first]).text
    assert "12.5亿元" in remote.ask("一季度数据登记额是多少?", regions="江西省").text
    assert remote.ask(QUESTION, years=1999).status == "not_found"


def test_it_reads_as_the_library_does(remote: Remote, own_home: Path) -> None:
    with Library.open(own_home) as library:
        mine = library.documents()
    cards = remote.documents()
    assert [replace(d, source="") for d in cards] == [replace(d, source="", text="", sections=()) for d in mine]
    assert replace(remote.document(mine[0].id), source="") == replace(mine[0], source="")
    assert remote.facts() == facts(home=own_home)
    assert remote.facts("target", regions="临沂市", years=2022) == facts(
        "target", regions="临沂市", years=2022, home=own_home
    )
    hit = remote.search("数据银行", k=3, kinds=["实施意见"])[0]
    assert remote.document(hit.document.id).text[hit.chunk.start : hit.chunk.end] == hit.chunk.text


def test_its_errors_are_the_library_s(remote: Remote) -> None:
    with pytest.raises(BlankQuestion):
        remote.ask("?!")
    with pytest.raises(QuestionTooLong):
        remote.ask("长" * 1001)
    for none in ("none", "../x", "a b"):
        with pytest.raises(DocumentNotFound):
            remote.document(none)


def test_a_server_that_cannot_be_used_is_named(locked: Locked) -> None:
    with pytest.raises(ServerUnavailable, match="zhengwen serve"):
        connect(f"127.0.0.1:{free_port()}").ask(QUESTION)
    with pytest.raises(ServerUnavailable, match="密钥"):
        connect(locked.server.url).ask(QUESTION)
    with pytest.raises(ServerUnavailable, match="密钥"):
        list(connect(locked.server.url, key="zw-1-2").stream(QUESTION))
    assert connect(locked.server.url, key=locked.ask).ask(QUESTION).status == "answered"
    for bad in ("", "ftp://x", "http://", "http://x?y", "file:///etc/passwd", "http://胡说"):
        with pytest.raises(BadSettings):
            connect(bad)
    for key in ("胡说", "zw-1\nX-Other: 1"):
        with pytest.raises(BadSettings, match="ZHENGWEN_KEY"):
            connect("http://127.0.0.1:9", key=key)


def test_the_key_follows_no_redirect() -> None:
    seen: list[str | None] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get("Authorization"))
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{other.server_port}/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    one, other = HTTPServer(("127.0.0.1", 0), Elsewhere), HTTPServer(("127.0.0.1", 0), Elsewhere)
    for server in (one, other):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(ServerUnavailable):
        connect(f"http://127.0.0.1:{one.server_port}", key="secret").documents()
    assert seen == ["Bearer secret"]
    for server in (one, other):
        server.shutdown()
        server.server_close()


def test_one_that_speaks_no_http_is_given_up() -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        with pytest.raises(ServerUnavailable):
            connect(f"127.0.0.1:{mute.getsockname()[1]}", timeout=0.2).ask(QUESTION)


def test_the_command_line_is_the_same(zhengwen: Callable[..., Run], server: Serving, own_home: Path) -> None:
    for command in (
        ("documents",),
        ("documents", "--json"),
        ("facts", "--targets", "--region", "临沂市"),
        ("search", "数据银行", "--most", 3, "--region", "绵阳市"),
        ("search", "数据银行", "--document", "火星"),
        ("show", "绵阳市人民政府", "--at", "3:9"),
        ("ask", " "),
    ):
        there, here = zhengwen("--server", server.url, *command), zhengwen("--home", own_home, *command)
        if "--json" in command:
            names = [{**one, "source": ""} for one in there.json], [{**one, "source": ""} for one in here.json]
            assert names[0] == names[1]
        else:
            assert (there.code, there.out, there.err) == (here.code, here.out, here.err), command
    there, here = (zhengwen(*where, "ask", QUESTION) for where in (("--server", server.url), ("--home", own_home)))
    assert there.code == 0 and there.out.split("用时")[0] == here.out.split("用时")[0]
    assert zhengwen("--server", server.url, "ask", "今天天气怎么样").code == 3
    assert zhengwen("--server", server.url, "ask", QUESTION, "--document", "没有这份").code == 3


def test_a_key_comes_from_the_environment_and_is_shown_nowhere(
    zhengwen: Callable[..., Run], locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_SERVER", locked.server.url)
    refused = zhengwen("ask", QUESTION)
    assert refused.code == 1 and "密钥" in refused.err and len(refused.err.splitlines()) == 1
    monkeypatch.setenv("ZHENGWEN_KEY", locked.ask)
    assert zhengwen("ask", QUESTION).code == 0
    assert locked.ask not in zhengwen("config").out and locked.ask not in zhengwen("config", "--json").out


def test_what_changes_a_library_is_for_this_machine(zhengwen: Callable[..., Run], server: Serving) -> None:
    run = zhengwen("--server", server.url, "repair")
    assert run.code == 2 and "--server" in run.err


def test_a_server_that_is_set_and_not_used_is_told_of(
    zhengwen: Callable[..., Run], own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_SERVER", "http://127.0.0.1:9")
    run = zhengwen("--home", own_home, "keys", "list")
    assert run.code == 0 and f"keys 用的是本机的资料库：{own_home}" in run.err and not run.out
    monkeypatch.delenv("ZHENGWEN_SERVER")
    assert "本机" not in zhengwen("--home", own_home, "keys", "list").err


def test_chatting_with_a_server(zhengwen: Callable[..., Run], server: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("绵阳市每万人拥有数据工程师的目标是多少?\n那临沂呢?\n"))
    run = zhengwen("--server", server.url, "chat")
    assert run.code == 0 and "18名" in run.out and "9名" in run.out
