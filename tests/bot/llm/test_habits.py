"""What chat models write out of habit: thoughts, courtesies, lists of sources, tables, half a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask, stream
from bot.answer import Retracted, Token
from bot.llm.prompts import says_not_told, without_refusal
from bot.llm.writing import DECLINED, ONLY_THOUGHT, PARTLY
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


@pytest.mark.parametrize(
    "draft",
    [
        f"## 目标\n\n### 1. 数据工程师\n- {TRUE}[1]",
        f"**数据工程师**\n\n{TRUE}[1]",
        f"<p>{TRUE}<sup>[1]</sup></p><ul></ul>",
        f"✅ {TRUE}[1]",
        f"**答**：{TRUE}[1]\n\n> 注：以上信息仅供参考，请以官方文件为准。",
        f"问题：{QUESTION}\n\n回答：{TRUE}[1]",
        f"{TRUE}（来源：资料1）",
        f"{TRUE}[^1]\n\n[^1]: 《数据工程师若干措施》",
        f"① {TRUE}[1]",
    ],
)
def test_what_models_put_around_an_answer_is_no_part_of_it(policies_home: Path, chat: ChatServer, draft: str) -> None:
    chat.manner = server.says(draft)
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]" and answer.writer == "stand-in" and exact(answer), answer
    assert not any("找不到依据" in notice for notice in answer.notices)


def test_a_table_whose_heads_say_nothing_is_read(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says("| 指标 | 目标值 | 来源 |\n|---|---|---|\n| 每万人拥有数据工程师 | 超过18名 | [1] |")
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "stand-in" and answer.text == "每万人拥有数据工程师：超过18名。[1]", answer


@pytest.mark.parametrize(
    ("reason", "told"), [("length", "到了长度上限，没有写完"), ("content_filter", "拦下了后面的内容")]
)
def test_of_an_answer_cut_short_the_finished_sentences_stand(
    policies_home: Path, chat: ChatServer, reason: str, told: str
) -> None:
    def cut(exchange: server.Exchange) -> None:
        exchange.begin()
        exchange.piece(f"{TRUE}[1]每万人拥有数据工程师超过1")
        exchange.piece(None, finish=reason)

    chat.manner = cut
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]" and any(told in notice for notice in answer.notices), answer


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_an_answer_cut_before_its_first_sentence_ends_is_none(
    policies_home: Path, chat: ChatServer, reason: str
) -> None:
    def cut(exchange: server.Exchange) -> None:
        exchange.begin()
        exchange.piece("每万人拥有数据工程师超过1")
        exchange.piece(None, finish=reason)

    chat.manner = cut
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "extractive" and "18名" in answer.text and "摘自原文" in answer.notices[-1]


@pytest.mark.parametrize(
    "draft",
    ["抱歉，我无法回答这个问题。", "作为人工智能语言模型，我不便讨论。", "I'm sorry, but I can't assist with that."],
)
def test_a_model_that_declines_has_found_nothing_out(policies_home: Path, chat: ChatServer, draft: str) -> None:
    chat.manner = server.says(draft)
    answer = ask(QUESTION, home=policies_home)
    assert answer.status == "answered" and answer.writer == "extractive" and "18名" in answer.text
    assert answer.notices[-1].startswith(DECLINED)


def test_what_only_named_what_is_not_told_goes_with_it(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.says(f"{TRUE}[1]关于截止的月份，资料中没有说明。")
    answer = ask(QUESTION, home=policies_home)
    assert answer.text == f"{TRUE}[1]" and PARTLY in answer.notices


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        (400, "This model's maximum context length is 4096 tokens", "ZHENGWEN_LLM_CHARACTERS"),
        (402, "Insufficient Balance", "余额不足"),
    ],
)
def test_the_reader_is_told_what_can_be_mended(
    policies_home: Path, chat: ChatServer, code: int, text: str, told: str
) -> None:
    chat.manner = server.fails(code, f'{{"error": {{"message": "{text}"}}}}')
    answer = ask(QUESTION, home=policies_home)
    assert answer.writer == "extractive" and told in answer.notices[-1]
