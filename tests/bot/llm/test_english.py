"""A question in English about Chinese documents: translated by the model, answered in the documents' words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.llm.generate import is_a_translation
from tests.bot.llm import chat_server as server
from tests.bot.llm.chat_server import ChatServer, Exchange
from tests.bot.llm.test_writing import QUESTION, TRUE, exact, number_of

ENGLISH = "How many data engineers per ten thousand people does Mianyang aim for by 2021?"
TRANSLATION = "绵阳市到2021年每万人拥有数据工程师的目标是多少？"


def test_an_english_question_is_translated_and_answered_in_words_that_can_be_checked(
    policies_home: Path, chat: ChatServer
) -> None:
    def answers(exchange: Exchange) -> str:
        return f"{TRUE}[{number_of(exchange, '每万人拥有数据工程师超过18名')}]"

    chat.manner = server.first(server.says(QUESTION), server.says(answers))
    answer = ask(ENGLISH, home=policies_home)
    assert answer.status == "answered" and "18名" in answer.text and exact(answer)
    assert answer.question == ENGLISH and "数据工程师" in answer.standalone
    assert "documents are in Chinese" in answer.notices[-1] and "数据工程师" in answer.notices[-1]
    assert "Translate" in chat.prompts[0] and "<资料 1 " in chat.prompts[1]


def test_an_english_sentence_about_a_chinese_passage_is_never_shown(policies_home: Path, chat: ChatServer) -> None:
    chat.manner = server.first(server.says(TRANSLATION), server.says("Mianyang aims for more than 81 engineers. [1]"))
    answer = ask(ENGLISH, home=policies_home)
    assert "Mianyang aims" not in answer.text and "81" not in answer.text and exact(answer)
    assert answer.writer == "extractive" and "18名" in answer.text


@pytest.mark.parametrize("said", ["红烧肉怎么做？2021", "I can't.", "绵阳市到2025年的目标？", "", "一\n二"])
def test_what_is_no_translation_isnt_searched_for(policies_home: Path, chat: ChatServer, said: str) -> None:
    assert not is_a_translation(said, ENGLISH) or said.startswith("红烧肉")
    chat.manner = server.says(said)
    answer = ask(ENGLISH, home=policies_home)
    assert answer.status == "not_found" and not answer.citations


def test_without_a_model_it_is_said_in_english_what_to_do(policies_home: Path) -> None:
    answer = ask(ENGLISH, home=policies_home)
    assert answer.status == "not_found" and "ask in Chinese" in answer.notices[-1]
    assert not ask("RCEP?", home=policies_home).notices
