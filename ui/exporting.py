"""A conversation as a file to keep or pass on: Markdown, Word or JSON, every answer with all its sources.

    data = exported("docx", conversation, turns)        # bytes; formats: "md", "docx", "json"
    name, kind = filename("docx", conversation), MEDIA["docx"]

`conversation` and `turns` are those of bot.conversations: `get` and `turns`, or what `shared` gives.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from bot.answer import Answer
from bot.conversations import Conversation, Turn
from ui.drawn import carded
from ui.lookup import source_name
from ui.plain import plain
from ui.understood import understood
from ui.words import CHINESE, Words
from vectorstore.model import Document
from vectorstore.tokens import replace_surrogates

Format = Literal["md", "docx", "json"]
MEDIA: Final[dict[Format, str]] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
_NAME: Final = 40
"""Characters of the title in the file's name."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the exported conversation, by what it is."""

    kind: Literal["title", "remark", "question", "answer", "notice", "label", "source", "quote"]
    text: str


def exported(format: Format, conversation: Conversation, turns: Sequence[Turn], words: Words = CHINESE) -> bytes:
    """The file's bytes, what stands around the answers in the language of `words`.

    Whatever the documents hold stands in it literally: no markup, no formula, no field.
    """
    if format == "json":
        return _json(conversation, turns)
    blocks = list(_blocks(conversation, turns, words))
    return _markdown(blocks) if format == "md" else _word(blocks)


def filename(format: Format, conversation: Conversation) -> str:
    """A name that every system takes: the title's letters and digits, cut, and the format as its suffix."""
    stem = re.sub(r"[^\w]+", "-", conversation.title)[:_NAME].strip("-_")
    return f"{stem or CHINESE('untitled')}.{format}"


def _blocks(conversation: Conversation, turns: Sequence[Turn], words: Words) -> Iterator[Block]:
    yield Block("title", conversation.title or words("untitled"))
    begun = conversation.created.astimezone().strftime(words("exported_on"))
    yield Block("remark", words("exported_told", begun=begun, count=len(turns)))
    for number, turn in enumerate(turns, start=1):
        yield Block("question", f"{number}. {turn.answer.question}")
        if meant := understood(turn.answer.question, turn.answer.standalone, words):
            yield Block("notice", meant)
        yield from _answer(turn.answer, words)


def _answer(answer: Answer, words: Words) -> Iterator[Block]:
    told = answer.text if answer.status == "answered" else words.known(answer.text)
    for line in filter(str.strip, told.split("\n")):
        yield Block("answer", line)
    for notice in answer.notices:
        yield Block("notice", words("exported_notice", notice=words.known(notice)))
    if answer.writer != "extractive":
        yield Block("notice", words("exported_writer", writer=answer.writer))
    if answer.citations:
        yield Block("label", words("exported_sources"))
    for citation in answer.citations:
        place = " › ".join(part.strip() for part in citation.path)
        about = _about(citation.document, words)
        yield Block("source", f"[{citation.number}] {about}" + (f" · {place}" if place else ""))
        yield Block("quote", citation.quote)
    if answer.nearest:
        yield Block("label", words("nearest"))
    for document in answer.nearest:
        yield Block("source", _about(document, words))


def _about(document: Document, words: Words) -> str:
    card = carded(document, words)
    parts = (card["title"], card["facts"], card["status"], source_name(document.source))
    return " · ".join(part for part in parts if part)


# In Markdown ------------------------------------------------------------------------------------------------------
_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>#|~$&@!^=]")
_AT_START: Final = re.compile(r"([-+]|\d+(?=[.)]))")
_LINK: Final = re.compile(r"(?<=[a-z]):(?=//)|(?<=www)\.|(?<=mailto):", re.IGNORECASE)
_LOOK: Final = {
    "title": "# {}",
    "remark": "{}",
    "question": "## {}",
    "answer": "{}",
    "notice": "{}",
    "label": "**{}**",
    "source": "{}",
    "quote": "> {}",
}


def _markdown(blocks: Sequence[Block]) -> bytes:
    return ("\n\n".join(_LOOK[block.kind].format(_literal(block)) for block in blocks) + "\n").encode(
        "utf-8", "replace"
    )


def _literal(block: Block) -> str:
    """The text with everything escaped that Markdown would take for markup; lines of a quote stay lines."""
    text = _LINK.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", block.text))
    if block.kind == "question":  # its number isn't a list's, for it stands in a heading
        return _one_line(text)
    lines = [_no_list(line.strip()) for line in text.splitlines() if line.strip()]
    return "  \n> ".join(lines) if block.kind == "quote" else _one_line(" ".join(lines))


def _no_list(line: str) -> str:
    """A line that would begin a list doesn't: 1. becomes 1\\. and - becomes \\-."""
    found = _AT_START.match(line)
    if found is None:
        return line
    at = found.end() if found[1].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


# In Word ----------------------------------------------------------------------------------------------------------
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STYLES: Final = {
    "title": "Title",
    "remark": "Subtitle",
    "question": "Heading 1",
    "answer": "Normal",
    "notice": "Normal",
    "label": "Heading 2",
    "source": "Normal",
    "quote": "Quote",
}
_FONT: Final = "宋体"


def _word(blocks: Sequence[Block]) -> bytes:
    import docx
    from docx.oxml.ns import qn

    paper = docx.Document()
    for name in dict.fromkeys(_STYLES.values()):
        properties = paper.styles[name].element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    for block in blocks:
        text = replace_surrogates(_NOT_IN_XML.sub("", block.text))
        paper.add_paragraph(text.strip() if block.kind == "quote" else _one_line(text), style=_STYLES[block.kind])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


# In JSON ----------------------------------------------------------------------------------------------------------
def _json(conversation: Conversation, turns: Sequence[Turn]) -> bytes:
    head = {"id": conversation.id, "title": conversation.title, "created": conversation.created.isoformat()}
    listed = [{"id": turn.id, "asked": turn.asked.isoformat(), **_named(plain(turn.answer))} for turn in turns]
    return (json.dumps({**head, "turns": listed}, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _named(value: Any) -> Any:
    """The same with every document's source as `source_name` tells it."""
    if isinstance(value, dict):
        return {
            name: source_name(item) if name == "source" and isinstance(item, str) else _named(item)
            for name, item in value.items()
        }
    return [_named(item) for item in value] if isinstance(value, list) else value
