"""The page's own words: every one that is asked for is there, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from bot.kinds.courtesy import courtesy
from bot.pipeline import refusal
from bot.question.understand import understand
from ui.words import _WORDS, CHINESE, Words
from vectorstore.regions import Gazetteer

PAGE = Path(__file__).resolve().parents[2] / "ui"


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
