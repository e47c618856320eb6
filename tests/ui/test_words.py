"""The page's own words: every one that is asked for is there, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot import pipeline, remembering
from bot.kinds.courtesy import courtesy
from bot.llm import writing
from bot.pipeline import refusal
from bot.question.understand import understand
from ingest.loaders import _SAVED_AS
from ui import jobs
from ui.words import _WORDS, CHINESE, Words
from vectorstore import trouble
from vectorstore.regions import Gazetteer

REPO = Path(__file__).resolve().parents[2]
PAGE = REPO / "ui"
HAN = re.compile(r"[\u4e00-\u9fff]")
SPEAKING = [
    *("bot/timeliness.py", "bot/versions.py", "bot/kinds/shelf.py", "bot/llm/chat_failures.py", "bot/saving.py"),
    *("vectorstore/validity.py", "ingest/files.py", "ingest/document.py"),
    *(str(file.relative_to(REPO)) for file in (REPO / "ingest" / "loaders").glob("*.py")),
]
"""Modules whose sentences, but for quoted ones, reach the page: what they return, yield or raise."""
FIXED = (
    *(pipeline.NOTHING_ADMITTED, writing.PARTLY, writing.THOUGHT, writing.ONLY_THOUGHT, writing.DECLINED),
    *(remembering.NOT_READ, remembering.NOT_KEPT, remembering.DELETED, jobs._FAULT, jobs._CUT_SHORT),
    *(trouble.NOT_ALLOWED, trouble.FULL, trouble.QUOTA, trouble.READ_ONLY, trouble.BROKEN, trouble.OCCUPIED),
    *_SAVED_AS,
)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_places() -> None:
    for key, (chinese, english) in _WORDS.items():
        assert chinese and english, key
        assert places(chinese) - {"count"} == places(english) - {"more", "count"}, key


def test_every_word_that_is_asked_for_is_there() -> None:
    sources = "\n".join(file.read_text(encoding="utf-8") for file in [*PAGE.glob("page/*.py"), PAGE / "drawn.py"])
    asked = set(re.findall(r'\b(?:say|words|session\.words\(\))\("([a-z_]+)"', sources))
    assert len(asked) > 60 and asked <= _WORDS.keys()


def test_a_script_gets_words_with_their_places_open() -> None:
    assert CHINESE.some("unfold") == {"unfold": "展开其余 {count} 条"}
    assert Words("en")("unfold", count=4) == "Show 4 more"


def test_what_the_bot_says_where_it_quotes_nothing_is_told_in_english() -> None:
    said = [courtesy(text) for text in ("你好", "谢谢", "再见", "你是谁")]
    for sentence in (*said, refusal([], understand("今天天气怎么样？", Gazetteer(())))):
        assert sentence is not None
        assert CHINESE.known(sentence) == sentence and Words("en").known(sentence).isascii()
    assert Words("en").known("专利驿站是服务窗口。") == "专利驿站是服务窗口。"


def said_in(file: Path) -> Iterator[str]:
    """The Chinese sentences that a module gives to its callers, 7 in the place of what they are filled with."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for told in (node for node in ast.walk(tree) if isinstance(node, ast.Return | ast.Yield | ast.Raise)):
        for node in ast.walk(told):
            if isinstance(node, ast.JoinedStr):
                said = "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
                if len(HAN.findall(said)) > 4:
                    yield said
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("UnreadableFile", "Problem"):
                yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))


@pytest.mark.parametrize("module", SPEAKING)
def test_what_is_said_below_the_page_is_told_in_english(module: str) -> None:
    untold = [said for said in said_in(REPO / module) if HAN.search(Words("en").known(said))]
    assert untold == []


def test_what_is_always_said_alike_is_told_in_english() -> None:
    said = [*FIXED, *(f"《云川市方案》{what}" for what in pipeline._OUTDATED.values())]
    assert [one for one in said if HAN.search(Words("en").known(one).replace("《云川市方案》", ""))] == []


def test_a_sentence_is_told_in_english_with_what_it_names_and_quotes_as_it_stands() -> None:
    english = Words("en").known
    assert english("《云川市方案》的目标期已过，请查对有无新的文件。") == (
        "The target year of 《云川市方案》 has passed; check for a newer document."
    )
    assert english("语言模型服务出错（503），以下回答直接摘自原文。") == (
        "The language model's service failed (503); the answer below is quoted from the documents instead."
    )
    assert english("不支持的格式（.zip），请先解压") == "is of a format that isn't read (.zip); please unpack it first"
    assert english("更新的数据：《甲》{x}（2031年）写明“[1]{0}”。") == "Newer figures: 《甲》{x} (2031) says “[1]{0}”."
    assert (
        CHINESE.known("《云川市方案》的目标期已过，请查对有无新的文件。")
        == "《云川市方案》的目标期已过，请查对有无新的文件。"
    )
