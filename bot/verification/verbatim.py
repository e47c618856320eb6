"""Checks an answer made of quotations: every sentence must be the words of the passage it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Citation
from bot.kinds.card_words import identity, so_many, standing
from bot.question.understand import fold
from vectorstore.regions import Region

_MARKER = re.compile(r"\[(\d{1,4})\]")
_EDGES = ";。"
"""Where quotations meet, these may be added or left out."""


def problems(text: str, citations: Sequence[Citation]) -> list[str]:
    """What in an extractive answer its citations don't bear out; empty when every sentence stands.

    Checked: each quote equals its document's characters, the markers are 1..n in order and each has its citation, and
    what stands before a marker is that citation's quote, save for a label naming its region or document, and for
    what the document's card says.
    """
    found = [
        f"引文 {c.number} 与原文不符"
        for c in citations
        if c.document.text[c.start : c.end] != c.quote or not c.quote.strip()
    ]
    by_number = {c.number: c for c in citations}
    numbers = [int(n) for n in _MARKER.findall(text)]
    if numbers != list(range(1, len(citations) + 1)) or len(by_number) != len(citations):
        found.append("标注与引文不对应")
    rest = text
    for match in _MARKER.finditer(text):
        sentence = text[len(text) - len(rest) : match.start()].strip("\n；。 ")
        rest = text[match.end() :]
        citation = by_number.get(int(match.group(1)))
        if citation is None:
            found.append(f"标注 [{match.group(1)}] 没有引文")
        elif not _says(_uncounted(sentence, citations), citation):
            found.append(f"“{sentence[:30]}” 不是引文 {citation.number} 的文字")
    if rest.strip("\n；。 "):
        found.append(f"“{rest.strip()[:30]}” 没有引文")
    return found


def _uncounted(sentence: str, citations: Sequence[Citation]) -> str:
    """`sentence` without how many documents the answer lists, where it lists as many."""
    return sentence.removeprefix(f"{so_many(len({c.document.id for c in citations}))}：")


def _says(sentence: str, citation: Citation) -> bool:
    """Whether `sentence` is the citation's quote, before it perhaps a name that its document holds or its card says
    and a colon, or those of a table's row and column (东湖区，2025年计划：1500); behind it perhaps in brackets what the
    card says."""
    document = citation.document
    said, quote = fold(sentence).rstrip(_EDGES), fold(citation.quote).rstrip(_EDGES)
    note = f"({fold(identity(document))})"
    if said.endswith(note) and not quote.endswith(note):
        said = said.removesuffix(note)
    if said.lstrip(_EDGES) == quote.lstrip(_EDGES):
        return True
    if not quote or not said.endswith(":" + quote):
        return False
    name = said.removesuffix(":" + quote).strip("《》")
    held = (document.title, document.region or "", *citation.path, document.text)
    return bool(name) and (
        name == fold(standing(document))
        or any(_named(name, fold(place)) for place in held)
        or _is_of_cell(name, citation)
    )


def _is_of_cell(name: str, citation: Citation) -> bool:
    """Whether the `fold`ed name is that of another cell in the quote's row of a table and, behind a comma, of one
    above the quote in its column."""
    text = citation.document.text
    row, _, column = name.partition(",")
    above, _, before = text[: citation.start].rpartition("\n")
    line = before + text[citation.start :].partition("\n")[0]
    at = before.count("\t")
    heads = (cells[at] for cells in (other.split("\t") for other in above.split("\n")) if at < len(cells) > 1)
    return row in map(_cell, line.split("\t")) and column in map(_cell, heads)


def _cell(text: str) -> str:
    return fold(text).strip()


def _named(name: str, text: str) -> bool:
    """Whether `text` has the name, a region's also as it is said for short (上海 where the label is 上海市)."""
    try:
        return name in text or Region.parse(name).short in text
    except ValueError:
        return False
