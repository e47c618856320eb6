"""A comparison is a table in Slack and 飞书 too, of the figures that it sets side by side, or of the passages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer
from bot.front import ask, facts
from tests.ui.channels.conftest import Running
from tests.ui.channels.mock_slack import MockSlack, event
from ui.channels.content import Content, content_of
from ui.channels.feishu.cards import cards
from ui.channels.slack.blocks import messages

QUESTION = "比较绵阳市和临沂市每万人拥有数据工程师的目标"
HEAD = ["地区／文件", "指标", "要求", "年份"]

Start = Callable[..., Running]


@pytest.fixture(scope="module")
def answer(policies_home: Path) -> Answer:
    return ask(QUESTION, home=policies_home)


@pytest.fixture
def compared(answer: Answer, policies_home: Path) -> Content:
    known = facts(["target", "figure"], documents=[c.document.id for c in answer.citations], home=policies_home)
    return content_of(answer, turn=None, url=None, facts=known)


def table_of(blocks: list[dict[str, Any]]) -> list[list[str]]:
    (table,) = [block for block in blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_slack_gets_the_figures_as_a_table(start: Start, mock: MockSlack) -> None:
    start().send(event(f"<@U0BOT> {QUESTION}"))
    (posted,) = mock.posted()
    head, *rows = table_of(posted.fields["blocks"])
    assert head == HEAD and {row[0] for row in rows} == {"绵阳市", "临沂市"}
    assert all(row[1] and any(letter.isdigit() for letter in row[2]) for row in rows), rows


def test_a_slack_without_tables_gets_the_answer_without_it(start: Start, mock: MockSlack) -> None:
    mock.faults["chat.postMessage"] = [(200, {"ok": False, "error": "invalid_blocks"}, {})]
    start().send(event(f"<@U0BOT> {QUESTION}"))
    refused, sent = mock.posted(2)
    assert table_of(refused.fields["blocks"])
    assert "绵阳市" in json.dumps(sent.fields["blocks"], ensure_ascii=False)
    assert "table" not in {block["type"] for block in sent.fields["blocks"]}


def test_feishu_gets_the_same_table(compared: Content) -> None:
    assert compared.table is not None
    (card,) = cards(compared)
    (table,) = [element for element in json.loads(card)["body"]["elements"] if element["tag"] == "table"]
    assert [column["display_name"] for column in table["columns"]] == HEAD
    names = [column["name"] for column in table["columns"]]
    assert [tuple(row[name] for name in names) for row in table["rows"]] == list(compared.table.rows)


def test_without_figures_the_passages_stand_side_by_side(answer: Answer) -> None:
    content = content_of(answer, turn=None, url=None)
    assert content.table is not None and content.table.columns == ("地区／文件", "原文")
    assert all(cell for row in table_of(messages(content)[0]) for cell in row)


def test_what_compares_nothing_has_no_table(policies_home: Path) -> None:
    content = content_of(ask("什么是数据银行？", home=policies_home), turn=None, url=None)
    assert content.table is None and content.sources
    assert all(block["type"] != "table" for block in messages(content)[0])
