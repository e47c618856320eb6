"""The official client of the Model Context Protocol against `zhengwen mcp` and /mcp."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from bot.settings import load_settings
from tests.ui.api.conftest import QUESTION, Locked
from tests.ui.serving import REPOSITORY, Serving
from ui.api.house import House
from ui.api.mcp_door import absent, mcp_door
from ui.backend import Local
from ui.errors import CannotServe
from ui.mcp_server import tools

Talk = Callable[[Client], Awaitable[Any]]


def over_http(url: str, talk: Talk, key: str | None = None) -> Any:
    """What `talk` finds out with a client of a running server."""

    async def run() -> Any:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30, trust_env=False) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client,
        ):
            return await talk(client)

    return asyncio.run(run())


def over_stdio(home: Path, talk: Talk, *arguments: str) -> Any:
    """What `talk` finds out with a client that starts `zhengwen mcp` itself."""

    async def run() -> Any:
        command = ["-m", "ui.cli", *arguments, "mcp"]
        if not arguments:
            command += ["--home", str(home)]
        started = StdioServerParameters(command=sys.executable, args=command, cwd=REPOSITORY, env=dict(os.environ))
        async with Client(stdio_client(started)) as client:
            return await talk(client)

    return asyncio.run(run())


async def all_of_it(client: Client) -> dict[str, Any]:
    """Every tool used once."""
    listed = (await client.list_tools()).tools
    assert {tool.name for tool in listed} == {"search", "fetch", "ask_policy"}
    assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in listed)
    assert all(tool.description and tool.output_schema for tool in listed)
    searched = await client.call_tool("search", {"query": "数据银行", "regions": ["绵阳市"]})
    found = searched.structured_content
    assert found is not None, searched.content
    best = found["results"][0]
    whole = (await client.call_tool("fetch", {"id": best["id"]})).structured_content
    part = (await client.call_tool("fetch", {"id": best["id"], "start": 3, "end": 9})).structured_content
    answer = (await client.call_tool("ask_policy", {"question": QUESTION})).structured_content
    absent = (await client.call_tool("ask_policy", {"question": "今天天气怎么样？"})).structured_content
    assert whole is not None and part is not None and answer is not None and absent is not None
    passage = best["passages"][0]
    assert whole["text"][passage["start"] : passage["end"]] == passage["text"]
    assert part["text"] == whole["text"][3:9] and part["metadata"]["next"] == 9
    source = answer["sources"][0]
    assert answer["answer"].endswith("[1]") and whole["text"][source["start"] : source["end"]] == source["quote"]
    assert absent["status"] == "not_found" and absent["sources"] == []
    gone = await client.call_tool("fetch", {"id": "none"})
    blank = await client.call_tool("ask_policy", {"question": "?!"})
    wrong = await client.call_tool("ask_policy", {"question": QUESTION, "documents": ["火星市方案"]})
    for refused in (gone, blank, wrong):
        assert refused.is_error and "Traceback" not in str(refused.content)
    assert "没有" in str(gone.content) and "火星" in str(wrong.content)
    return answer


def test_over_http_and_stdio_it_is_the_same(server: Serving, own_home: Path) -> None:
    told = [over_http(server.url, all_of_it), over_stdio(own_home, all_of_it)]
    told.append(over_stdio(own_home, all_of_it, "--server", server.url))
    assert told[0]["answer"] == told[1]["answer"] == told[2]["answer"]


def test_mcp_needs_a_key_too(locked: Locked) -> None:
    assert httpx.post(f"{locked.server.url}/mcp", json={}, trust_env=False).status_code == 401
    assert over_http(locked.server.url, all_of_it, locked.ask)["status"] == "answered"


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
def test_other_sites_are_kept_from_it(server: Serving, headers: dict[str, str]) -> None:
    assert httpx.post(f"{server.url}/mcp", json={}, headers=headers, trust_env=False).status_code in (403, 421)


def test_without_its_package_the_rest_goes_on(policies_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    settings = load_settings(home=policies_home)
    with pytest.raises(CannotServe, match=r"zhengwen\[mcp\]"):
        tools(Local(settings), asyncio.to_thread)
    assert mcp_door(House(settings)) is None


def test_where_the_package_is_missing_the_address_says_so() -> None:
    async def run() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(absent), base_url="http://here") as client:
            return await client.post("/mcp", json={})

    told = asyncio.run(run())
    assert told.status_code == 501 and "pip install" in told.json()["error"]["message"]
