"""What chat models write out of habit: thoughts, courtesies, lists of sources, tables, half a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask, stream
from bot.answer import Retracted, Token
from bot.llm.prompts import says_not_told, without_refusal
from bot.llm.writing import ONLY_THOUGHT, PARTLY
from bot.verification.source import Source
from bot.verify import verify
from tests.bot.llm import chat_server as server
from tests.bot.llm.chat_server import ChatServer
from tests.bot.llm.test_writing import QUESTION, TRUE, exact, number_of
from vectorstore.model import Document


@pytest.mark.parametrize(
    "draft",
    [
        f"<think>\n是81名？不，18名。\n</think>\n\n{TRUE}[{{n}}]",
        f"是81名？不，18名。\n</think>\n\n{TRUE}[{{n}}]",
        f"好的，根据您提供的资料，我来回答您的问题：\n\n{TRUE}[{{n}}]\n\n希望以上回答对您有所帮助！",
        f"{TRUE}[{{n}}]\n\n参考资料：\n[{{n}}] 绵阳市的一份文件\n[2] 另一份文件",
        f"{TRUE}[{{n}}]\n\n**来源**\n- 【{{n}}】绵阳市的一份文件",
        f"```markdown\n{TRUE}[{{n}}]\n```",
        f"{TRUE[:-1]}<sup>[{{n}}]</sup>。",
        f"{TRUE[:-1]}（{{n}}）。",
        f"{TRUE[:-1]}〔{{n}}〕。",
        f"[{{n}}] {TRUE}",
    ],
)
def test_habits_are_left_out_and_no_sentence_counts_as_unfounded(
    policies_home: Path, chat: ChatServer, draft: str
) -> None:
    chat.manner = server.says(lambda exchange: draft.replace("{n}", str(number_of(exchange, "工程师超过18名"))))
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]" and exact(answer) and answer.writer == "stand-in", answer
    assert not any("找不到依据" in notice for notice in answer.notices)


def test_what_a_document_says_to_its_reader_is_no_courtesy() -> None:
    text = "如有疑问，可以咨询园林局。公园每日开放。"
    park = Source(Document("park", "公园开放公告", text, "/park.txt", "0" * 64), (), 0, len(text))
    verdict = verify("如有疑问，可以咨询园林局。[1]如有其他问题，欢迎继续提问！", [park])
    assert verdict.text == "如有疑问，可以咨询园林局。[1]" and not verdict.dropped


def test_thoughts_are_never_streamed(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says(f"<think>是81名吗？</think>{TRUE}[1]", size=3)
    events = list(stream(QUESTION, home=policies_home))
    told = "".join(event.text for event in events if isinstance(event, Token))
    assert told.startswith(TRUE) and not any(isinstance(event, Retracted) for event in events)


def test_thoughts_alone_are_no_answer(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says("<think>是81名吗？资料里写着")
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "extractive" and "18名" in answer.text and answer.notices[-1].startswith(ONLY_THOUGHT)


@pytest.mark.parametrize(
    "draft",
    [
        f"{TRUE}[1]但资料没有说明截止的月份。",
        f"资料没有说明截止的月份。{TRUE}[1]",
        f"{TRUE[:-1]}，但文件没有提到截止的月份。[1]",
        f"{TRUE[:-1]}[1]，不过文件中未提及截止的月份。",
    ],
)
def test_of_half_a_refusal_the_answer_stands_and_the_reader_is_told(
    policies_home: Path, chat: ChatServer, draft: str
) -> None:
    chat.manner = server.says(draft)
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]" and PARTLY in answer.notices, answer
    assert not any("月份" in notice or "找不到依据" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "draft",
    [
        "文档中没有提到相关内容。",
        "很抱歉，根据提供的资料，我无法回答这个问题。",
        "资料未提及每万人拥有数据工程师的目标。",
        "抱歉，未找到相关信息。",
        "暂无相关规定。",
    ],
)
def test_a_refusal_in_other_words_is_one(policies_home: Path, chat: ChatServer, draft: str) -> None:
    chat.manner = server.says(draft)
    answer = ask(QUESTION, home=policies_home)
    assert answer.status == "not_found" and "18名" in answer.notices[0] and not answer.citations


@pytest.mark.parametrize(
    "rule", ["内容不得包含商标", "单位不得擅自停止供水", "本办法没有规定的，按国家规定执行", "没有完成任务的不得评优"]
)
def test_a_rule_that_denies_is_no_refusal(rule: str) -> None:
    assert (
        not says_not_told(f"{rule}。") and without_refusal(f"申请人应当登记，{rule}。") == f"申请人应当登记，{rule}。"
    )


def test_a_column_of_markers_is_no_cell(policies_home: Path, chat: ChatServer) -> None:
    table = "| 指标 | 目标 | 依据 |\n|:--|:-:|---|\n| 每万人拥有数据工程师 | 超过18名 | [1] |"
    chat.manner = server.says(table)
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "stand-in" and "依据" not in answer.text and "18名" in answer.text and exact(answer)
