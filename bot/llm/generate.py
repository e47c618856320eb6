"""Writes answers with a chat model: passages as numbered data in the prompt, the model's words as the draft."""

from __future__ import annotations

import re
import secrets
from collections.abc import Generator, Sequence
from contextlib import closing

from bot.answer import Answer
from bot.compose import displayed
from bot.llm.chat_model import ChatModel
from bot.llm.prompts import (
    FOLLOW_UP,
    HUMAN,
    NOT_TOLD,
    PASSAGE,
    REWRITE,
    SYSTEM,
    TRANSLATE,
    TURN,
    Language,
    language_of,
)
from bot.llm.thoughts import spoken
from bot.llm.writer import WriterFailed
from bot.verification.dates import days
from bot.verification.source import Source
from bot.verification.values import figures, plain
from bot.verification.wording import content, stands

REMEMBERED = 3
"""Earlier turns that a rewrite may draw on …"""
TOLD = 300
"""… and characters of each answer that it sees."""
LONGEST_REWRITE = 200


class ChatWriter:
    """A `bot.llm.writer.Writer` on a chat model."""

    def __init__(self, model: ChatModel, *, characters: int = 6000, rewrites: bool = True) -> None:
        self._model = model
        self._rewrites = rewrites
        self.characters = characters

    @property
    def name(self) -> str:
        return self._model.name

    def write(self, question: str, sources: Sequence[Source]) -> Generator[str, None, None]:
        language = language_of(question)
        seal = new_seal("".join(source.text for source in sources) + question)
        system = SYSTEM[language].format(seal=seal, not_told=NOT_TOLD[language])
        human = HUMAN[language].format(passages=passages_as_data(sources, seal, language), question=question)
        with closing(self._model.stream(system, human)) as pieces:
            yield from pieces

    def standalone(self, question: str, history: Sequence[Answer]) -> str | None:
        if not self._rewrites:
            return None
        if not history:
            return self._translation(question) if language_of(question) == "en" else None
        language = language_of(question)
        turns = "\n".join(
            TURN[language].format(question=answer.standalone or answer.question, answer=answer.text[:TOLD])
            for answer in history[-REMEMBERED:]
        )
        human = FOLLOW_UP[language].format(turns=turns, question=question)
        rewritten = self._said(REWRITE[language], human)
        return rewritten if rewritten and is_a_rewrite(rewritten, question + turns) else None

    def _translation(self, question: str) -> str | None:
        said = self._said(TRANSLATE, question)
        return said if said and is_a_translation(said, question) else None

    def _said(self, system: str, human: str) -> str | None:
        """What the model says, without quotation marks around it; None where it fails."""
        try:
            with closing(self._model.stream(system, human)) as pieces:
                said = ""
                for piece in spoken(pieces):
                    said = "" if piece is None else said + piece
                return said.strip().strip("“”\"'")
        except WriterFailed:
            return None


def new_seal(text: str) -> str:
    """A word that no passage can know and none of `text` holds, by which delimiters are told from text like them."""
    while (seal := secrets.token_hex(6)) in text:
        pass
    return seal


def passages_as_data(sources: Sequence[Source], seal: str, language: Language) -> str:
    """The sources, numbered from 1, each between delimiters that bear the seal, under its document and headings."""
    return "\n\n".join(
        PASSAGE[language].format(number=number, seal=seal, heading=_heading(source), text=_shown(source.text))
        for number, source in enumerate(sources, start=1)
    )


def _heading(source: Source) -> str:
    document = source.document
    card = (f"《{document.title.strip('《》')}》", document.doc_number, document.date, source.region, *source.path)
    return displayed(" · ".join(str(part) for part in card if part))


def _shown(text: str) -> str:
    """The text with its own lines, and with what looks like a marker made unlike one."""
    return "\n".join(filter(None, map(displayed, text.splitlines())))


def is_a_rewrite(rewritten: str, conversation: str) -> bool:
    """Whether a rewritten question is one line in words, figures and dates of the conversation."""
    said, known = plain(rewritten), plain(conversation)
    if not said or len(rewritten) > LONGEST_REWRITE or "\n" in rewritten:
        return False
    values = [said[f.start : f.end] for f in figures(said)] + [said[d.start : d.end] for d in days(said)]
    return all(stands(word, known) for word in content(said)) and all(value in known for value in values)


def is_a_translation(said: str, question: str) -> bool:
    """Whether `said` is one line in Chinese with the numbers of the question, and no others."""
    if not said or len(said) > LONGEST_REWRITE or "\n" in said or language_of(said) != "zh":
        return False
    return sorted(re.findall(r"\d+", said)) == sorted(re.findall(r"\d+", question))
