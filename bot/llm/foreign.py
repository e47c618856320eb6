"""Answers questions in English about documents in Chinese: translated to be searched for, in the documents' words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from bot.answer import Answered, Event
from bot.llm.prompts import language_of
from bot.llm.writer import Writer
from vectorstore.library import Library

TRANSLATED: Final = (
    "The documents are in Chinese. Your question was translated as “{question}”, and the answer keeps the documents'"
    " own words, so that each of them can be checked."
)
UNTRANSLATED: Final = (
    "The documents are in Chinese, and this question was compared with them as it is. Please ask in Chinese, or set a"
    " chat model (ZHENGWEN_LLM), which translates questions."
)
_ENGLISH: Final = re.compile(r"[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,}")


def answered(
    question: str, library: Library, writer: Writer | None, answering: Callable[[str], Iterator[Event]]
) -> Iterator[Event]:
    """The events that `answering` gives for the question, or for its translation by `writer` where it is in English and
    the documents are in Chinese; the answer then says so, in English, and keeps the question as it was asked.

    What verification can hold a sentence against is Chinese: a translated answer could not be checked.
    """
    if not is_foreign(question, library):
        yield from answering(question)
        return
    translation = writer.standalone(question, ()) if writer else None
    for event in answering(translation or question):
        if isinstance(event, Answered):
            told = TRANSLATED.format(question=translation) if translation else UNTRANSLATED
            notices = (*event.answer.notices, told)
            event = replace(event, answer=replace(event.answer, question=question, notices=notices))
        yield event


def is_foreign(question: str, library: Library) -> bool:
    """Whether the question is in English, and most documents are in Chinese."""
    if language_of(question) != "en" or not _ENGLISH.search(question):
        return False
    titles = [document.title for document in library.documents()]
    return 2 * sum(language_of(title) == "zh" for title in titles) > len(titles)
