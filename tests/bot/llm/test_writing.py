"""What a chat model writes: verified, repaired, and replaced by the documents' own words whenever it doesn't hold."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path

import pytest

from bot import Answer, ask, stream
from bot.answer import Answered, Retracted, Step, Token
from bot.settings import load_settings
from tests.bot.llm import chat_server as server
from tests.bot.llm.chat_server import ChatServer, Exchange
from tests.bot.llm.conftest import KEY

QUESTION = "绵阳市到2021年每万人拥有数据工程师的目标是多少?"
TRUE = "绵阳市到2021年的目标是每万人拥有数据工程师超过18名。"
ALSO_TRUE = "到2021年，公共数据开放目录达到650项。"
LIE = "到2021年，每万人拥有数据工程师超过81名。"


def number_of(exchange: Exchange, words: str) -> int:
    """The number that the prompt gives the passage with these words."""
    before = exchange.prompt[: exchange.prompt.index(words)]
    return int(re.findall(r"<资料 (\d+) ", before)[-1])


def quoted(question: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """The answer without a chat model."""
    with monkeypatch.context() as without:
        without.delenv("ZHENGWEN_LLM")
        return ask(question, home=home)


def exact(answer: Answer) -> bool:
    markers = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    numbers = [c.number for c in answer.citations]
    quotes = all(c.document.text[c.start : c.end] == c.quote for c in answer.citations)
    return quotes and markers == set(numbers) and numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("streamed", [True, False])
def test_a_true_answer_is_given_as_it_was_written(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch, streamed: bool
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_STREAM", str(streamed))
    chat.manner = server.says(lambda exchange: f"{TRUE}[{number_of(exchange, '每万人拥有数据工程师超过18名')}]")
    events = list(stream(QUESTION, home=policies_home))
    answer = events[-1].answer if isinstance(events[-1], Answered) else None
    assert answer and answer.text == f"{TRUE}[1]" and answer.writer == "stand-in" and exact(answer)
    assert "每万人拥有数据工程师超过18名" in answer.citations[0].quote
    tokens = [event.text for event in events if isinstance(event, Token)]
    assert "".join(tokens).startswith(TRUE) and (len(tokens) > 3) == streamed
    assert [e.name for e in events if isinstance(e, Step)] == ["retrieve", "rerank", "judge", "write", "verify"]
    assert not any(isinstance(event, Retracted) for event in events)
    assert any("目标期已过" in notice for notice in answer.notices)
    assert bool(chat.requests[0].get("stream")) == streamed and chat.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        (server.never_answers, "1 秒没有回应"),
        (server.hangs_midway, "1 秒没有回应"),
        (server.fails(429, Retry_After="60"), "429"),
        (server.fails(500), "500"),
        (server.fails(503, "<html>", Retry_After="0"), "503"),
        (server.fails(401), "ZHENGWEN_LLM_KEY"),
        (server.fails(404), "ZHENGWEN_LLM"),
        (server.fails(400), "400"),
        (server.breaks_off, "语言模型"),
        (server.ends_early, "没有传完"),
        (server.is_empty, "没有写出任何内容"),
        (server.is_no_json, "看不懂"),
        (server.is_a_page, "语言模型"),
        (server.is_endless, "太长"),
        (server.says(""), "没有写出任何内容"),
        (server.says("胡言乱语四千个字。"), "找不到依据"),
        (server.says(LIE + "[1]"), "找不到依据"),
        (server.says("到2021年，公共数据开放目录达到650项。[1]"), "找不到依据"),  # true, but no answer
    ],
)
def test_whatever_goes_wrong_ends_as_the_documents_own_words(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch, manner: server.Manner, why: str
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_RETRIES", "1")
    chat.manner = manner
    began = time.monotonic()
    events = list(stream(QUESTION, home=policies_home))
    assert time.monotonic() - began < 8
    assert isinstance(events[-1], Answered)
    answer, plain = events[-1].answer, quoted(QUESTION, policies_home, monkeypatch)
    assert (answer.text, answer.citations, answer.writer) == (plain.text, plain.citations, "extractive")
    assert answer.notices[:-1] == plain.notices
    assert why in answer.notices[-1] and answer.notices[-1].endswith("以下回答直接摘自原文。")
    drafted = "".join("\f" if isinstance(e, Retracted) else e.text for e in events if isinstance(e, Token | Retracted))
    assert drafted.rpartition("\f")[2] == answer.text if "\f" in drafted else drafted == answer.text


@pytest.mark.parametrize("streamed", [True, False])
@pytest.mark.parametrize(
    "manner",
    [
        server.is_of_another_shape,
        server.errs_midway,
        server.fails(302, Location="http://127.0.0.1:9/v1/chat/completions"),
        server.fails(200, "[]"),
        server.fails(200, '{"choices": []}'),
        server.fails(204, ""),
    ],
)
def test_what_is_no_answer_of_this_protocol_ends_as_the_documents_own_words(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch, manner: server.Manner, streamed: bool
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_RETRIES", "0")
    monkeypatch.setenv("ZHENGWEN_LLM_STREAM", str(streamed))
    chat.manner = manner
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "extractive" and "18名" in answer.text and exact(answer)
    assert answer.notices[-1].endswith("以下回答直接摘自原文。")


def test_no_connection_is_told_too(policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    assert "ZHENGWEN_LLM_BASE_URL" in ask(QUESTION, home=policies_home).notices[-1]


def test_a_slow_trickle_has_an_end(policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_SECONDS", "1.5")
    chat.manner = server.trickles
    began = time.monotonic()
    assert "1.5 秒" in ask(QUESTION, home=policies_home).notices[-1]
    assert time.monotonic() - began < 4


def test_a_busy_service_is_asked_again_when_it_says(policies_home: Path, chat: ChatServer) -> None:
    busy = server.fails(429, Retry_After="1")
    chat.manner = server.first(busy, server.fails(502, Retry_After="0"), server.says(TRUE + "[1]"))
    began = time.monotonic()
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "stand-in" and len(chat.requests) == 3 and time.monotonic() - began >= 1


def test_of_a_comparison_both_sides_must_be_left(policies_home: Path, chat: ChatServer) -> None:
    question = "比较绵阳市和临沂市每万人拥有数据工程师的目标"
    both = "绵阳市每万人拥有数据工程师超过18名。\n临沂市每万人拥有数据工程师超过9名。"
    chat.manner = server.says(both)
    answer = ask(question, home=policies_home)
    assert answer.writer == "stand-in" and len(answer.citations) == 2 and exact(answer)
    chat.manner = server.says(both.replace("9名", "90名"))
    answer = ask(question, home=policies_home)
    assert answer.writer == "extractive" and "18名" in answer.text and "9名" in answer.text


@pytest.mark.parametrize(
    "draft",
    [
        f"{TRUE}[99]",
        f"{TRUE}[0]",
        f"{TRUE}[1-999999999]",
        f"{TRUE}【{{n}}】",
        f"{TRUE}［{{n}}］",
        f"{TRUE}[{{n}},99]",
        f"{TRUE}",
        f"{TRUE}[资料{{n}}]",
        f"{TRUE}[[{{n}}]]",
        f"**{TRUE}**[^{{n}}]",
        f"{TRUE}[{{n}}]\n![图](http://evil.example/x.png)",
        f"<script>alert(1)</script>{TRUE}[{{n}}]",
        f"{TRUE}[{{n}}](http://evil.example/)",
        f"<think>先想一想，18名。</think>{TRUE}[{{n}}]",
        f"{TRUE}[{{n}}]详见 https://evil.example/path 。",
        f"# 回答\n- {TRUE}[{{n}}]\n",
        f"{TRUE[:-1]}[{{n}}]。",
        f"{TRUE}[{{n}}]{LIE}[{{n}}]",
    ],
)
def test_markers_are_repaired_and_foreign_things_never_come_through(
    policies_home: Path, chat: ChatServer, draft: str
) -> None:
    chat.manner = server.says(lambda exchange: draft.replace("{n}", str(number_of(exchange, "工程师超过18名"))))
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]" and exact(answer) and answer.writer == "stand-in", answer


def test_a_model_that_lies_in_every_second_sentence_loses_every_second_sentence(
    policies_home: Path, chat: ChatServer
) -> None:
    chat.manner = server.says(f"{TRUE}[1]{LIE}[1]{ALSO_TRUE}[1]数据交易额突破36亿元。[1]")
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]{ALSO_TRUE}[1]" and exact(answer)
    assert "有 2 句" in answer.notices[-1]


def test_where_the_model_finds_nothing_nothing_is_answered(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says("资料没有说明。")
    answer = ask(QUESTION, home=policies_home)
    assert answer.status == "not_found" and answer.citations == () and answer.nearest
    assert "18名" in answer.notices[0]  # what would have been quoted, for a reader who doubts


@pytest.mark.parametrize(
    "question", ["今天天气怎么样?", "深圳市每万人拥有数据工程师的目标是多少?", "绵阳市实施意见的文号是什么?"]
)
def test_what_is_refused_or_stands_on_a_card_needs_no_model(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    answer = ask(question, home=policies_home)
    assert not chat.requests and answer.text == quoted(question, policies_home, monkeypatch).text


def test_the_prompt_holds_no_more_passages_than_set(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_CHARACTERS", "300")
    chat.manner = server.says(TRUE + "[1]")
    assert ask(QUESTION, home=policies_home).writer == "stand-in"
    passages = re.findall(r"<资料 \d+ (\w+)>\n[^\n]*\n(.*?)\n</资料 \1>", chat.prompts[0], re.DOTALL)
    assert passages and sum(len(text) for _, text in passages) <= 300
    assert chat.requests[0].get("max_tokens", chat.requests[0].get("max_completion_tokens")) == 1000


def test_a_follow_up_may_be_completed_by_the_model(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says("绵阳市到2021年每万人拥有数据工程师的目标是超过18名。[1]")
    before = ask(QUESTION, home=policies_home)
    chat.manner = server.first(
        server.says("临沂市每万人拥有数据工程师的目标是多少?"),
        server.says("临沂市到2022年每万人拥有数据工程师超过9名。[1]"),
    )
    answer = ask("那临沂市呢?", history=[before], home=policies_home)
    assert answer.standalone == "临沂市每万人拥有数据工程师的目标是多少?" and "9名" in answer.text


@pytest.mark.parametrize(
    "manner", [server.fails(500), server.says("红烧肉怎么做?"), server.says("一\n二"), server.says("")]
)
def test_a_completion_in_other_words_gives_way_to_the_rules(
    policies_home: Path, chat: ChatServer, monkeypatch: pytest.MonkeyPatch, manner: server.Manner
) -> None:
    monkeypatch.setenv("ZHENGWEN_LLM_RETRIES", "0")
    before = quoted("绵阳市每万人拥有数据工程师的目标是多少?", policies_home, monkeypatch)
    chat.manner = manner
    answer = ask("那临沂呢?", history=[before], home=policies_home)
    assert "临沂" in answer.standalone and "9名" in answer.text


def test_the_key_is_seen_by_the_server_alone(
    policies_home: Path, chat: ChatServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    chat.manner = server.fails(401, f'{{"error": {{"message": "bad key {KEY}"}}}}')
    answer = ask(QUESTION, home=policies_home)
    settings = load_settings()
    shown = f"{answer!r}{settings!r}{settings.model_dump_json()}{caplog.text}"
    assert chat.keys[0] == f"Bearer {KEY}" and KEY not in shown
