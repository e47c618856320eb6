"""What the pages about Slack and 飞书 tell people to do is what the program does; and a real server answers."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.settings import PREFIX, Settings
from tests.ui.channels.mock_slack import SECRET, MockSlack, event, literal_texts, pressed, signed
from tests.ui.serving import serving
from ui.channels.slack.app import COMMAND
from ui.channels.slack.door import PATH

DOCS = Path(__file__).parents[3] / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def block(name: str) -> Any:
    """The JSON that a page tells people to paste."""
    found = re.search(r"```json\n(.*?)```", page(name), re.S)
    assert found is not None
    return json.loads(found[1])


def test_the_manifest_asks_for_what_is_used_and_no_more() -> None:
    manifest = block("slack.md")
    assert manifest["features"]["slash_commands"][0]["command"] == COMMAND
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == {
        "app_mention",
        "message.im",
        "app_home_opened",
    }
    assert manifest["settings"]["interactivity"]["is_enabled"] and "agent_view" in manifest["features"]
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert scopes == {"app_mentions:read", "assistant:write", "chat:write", "commands", "im:history"}
    assert len(manifest["display_information"]["description"]) <= 140
    assert block("feishu.md")["scopes"]["tenant"]


@pytest.mark.parametrize("name", ["slack.md", "feishu.md"])
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+[A-Z])", page(name)))
    assert named and {setting.lower() for setting in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", ["slack.md", "feishu.md"])
def test_the_address_that_is_named_is_the_one_that_listens(name: str) -> None:
    path = PATH if name == "slack.md" else "/feishu/events"
    assert f"https://您的地址{path}" in page(name)


def test_a_real_server_answers_slack_and_stops_when_told(
    home: Path, mock: MockSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting, value in (("BOT_TOKEN", "xoxb-bot"), ("SIGNING_SECRET", SECRET), ("API", mock.api)):
        monkeypatch.setenv(f"ZHENGWEN_SLACK_{setting}", value)
    log = tmp_path / "log"
    with serving(home, log) as server, httpx.Client(base_url=server.url, trust_env=False, timeout=20) as http:
        assert http.post(PATH, **signed(event(), secret="wrong")).status_code == 401
        assert http.post(PATH, **signed(event("<@U0BOT> 什么是数据银行？"))).status_code == 200
        (posted,) = mock.posted()
        blocks = posted.fields["blocks"]
        assert "数据银行" in "".join(literal_texts(blocks))
        value = blocks[-1]["elements"][0]["value"]
        assert http.post(PATH, **signed(pressed("zhengwen_useful", value, mock.url), form=True)).status_code == 200
        mock.wait(lambda: mock.of("hook"))
        started = time.monotonic()
        server.process.terminate()
        server.process.wait(timeout=10)
        assert time.monotonic() - started < 10 and server.process.returncode == 0
    told = log.read_text(encoding="utf-8")
    assert "Traceback" not in told and "xoxb" not in told and SECRET not in told
