"""An answer as every channel shows it: literal text and its sources, document by document; no markup of any channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer import Answer, Citation
from ui.comparison import comparison
from ui.links import passage_link
from ui.lookup import source_name, titled
from ui.understood import understood
from ui.words import CHINESE
from vectorstore.model import Document, Fact
from vectorstore.tokens import replace_surrogates

QUOTE = 600
"""Characters of a quote that are shown; the link leads to all of it."""
_ENDS = re.compile(r"[。！？；\n](?:\[\d{1,3}\])*")
"""Ends of sentences, with the markers that belong to them."""
_MARKERS = 50
_ITEM, _ITEMS = re.compile(r"(?<=\])；(?=\S)"), 3
_ROWS, _CELL = 30, 150
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage."""

    label: str
    """The marker it stands for, "[1]"."""
    place: str
    """The headings it stands under, where the document's passages don't all stand under the same."""
    quote: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the passages that are cited from it, by number; without any, one that comes near."""

    title: str
    about: str
    """文号, 机关, date and status, as far as they are known, and the place that its passages share."""
    link: str | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def labels(self) -> str:
        """The markers of its passages."""
        return "".join(passage.label for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Table:
    """What a comparison sets side by side: no cell is empty, and each row has one for every column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent in reply."""

    text: str
    notices: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    nearest: tuple[Source, ...] = ()
    turn: str | None = None
    """Names the answer for feedback; None where there is nothing to judge."""
    table: Table | None = None
    """Of an answer that compares, what stands between its text and its sources."""
    understood: str = ""
    """How the question was understood, where that isn't as it was typed; stands above the text."""


def content_of(answer: Answer, *, turn: str | None, url: str | None, facts: Iterable[Fact] = ()) -> Content:
    """The answer's content; `url` is where people reach the page, for links to the passages, `facts` are those of the
    documents it cites, whose figures a comparison's table holds."""
    near = tuple(_source(document, url) for document in answer.nearest)
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.document.id, []).append(citation)
    sources = tuple(_source(found[0].document, url, found) for found in cited.values())
    judged = turn if answer.status != "courtesy" else None  # whether thanks were useful is nobody's question
    notices = tuple(map(sound, answer.notices))
    meant = sound(understood(answer.question, answer.standalone))
    return Content(sound(itemised(answer.text)), notices, sources, near, judged, _table(answer, facts), meant)


def itemised(text: str) -> str:
    """The text with a line for each of several cited items that stand in a row, parted by semicolons."""
    return "\n".join(
        "；\n".join(items) if len(items := _ITEM.split(line)) >= _ITEMS else line for line in text.split("\n")
    )


def sound(text: str) -> str:
    """The text without what no channel's JSON may hold: lone surrogates, and control characters but line breaks."""
    return _CONTROL.sub("", replace_surrogates(text))


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, cut behind a sentence if there is one; joined they are it."""
    pieces = []
    while len(text) > limit:
        ends = (match.end() for match in _ENDS.finditer(text, 0, limit + _MARKERS))
        cut = max((end for end in ends if end <= limit), default=limit)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces


def shortened(text: str, limit: int = QUOTE) -> str:
    """The text, cut with … where it is longer."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def packed(sizes: Sequence[int], *, most: int, heaviest: int) -> list[slice]:
    """Which of the things of these sizes go together, in order: at most `most`, weighing at most `heaviest`."""
    groups: list[slice] = []
    start = weight = 0
    for i, size in enumerate(sizes):
        if i > start and (i - start >= most or weight + size > heaviest):
            groups.append(slice(start, i))
            start, weight = i, 0
        weight += size
    return [*groups, slice(start, len(sizes))] if len(sizes) > start else groups


def _table(answer: Answer, facts: Iterable[Fact]) -> Table | None:
    found = comparison(answer, facts)
    if found is None:
        return None
    cells = tuple(tuple(shortened(sound(cell).strip(), _CELL) or "—" for cell in row) for row in found.rows[:_ROWS])
    return Table(tuple(CHINESE(column) for column in found.columns), cells)


def _source(document: Document, url: str | None, cited: Sequence[Citation] = ()) -> Source:
    places = [sound(" › ".join(part.strip() for part in citation.path)) for citation in cited]
    shared = places[0] if len(set(places)) == 1 else ""
    passages = tuple(
        Passage(
            f"[{citation.number}]",
            "" if shared else place,
            shortened(sound(citation.quote).strip()),
            _link(document, url, citation),
        )
        for citation, place in zip(cited, places, strict=True)
    )
    about = " · ".join(part for part in (sound(_about(document)), shared) if part)
    return Source(sound(titled(document)), about, _link(document, url), passages)


def _about(document: Document) -> str:
    day = f"{document.date.year}年{document.date.month}月{document.date.day}日" if document.date else None
    status = document.status if document.status not in ("未知", "现行") else None
    return " · ".join(part for part in (document.doc_number, document.issuer, day, status) if part)


def _link(document: Document, url: str | None, citation: Citation | None = None) -> str | None:
    """The passage on our page; without a page, the document where it came from."""
    if url:
        return passage_link(url, document.id, *((citation.start, citation.end) if citation is not None else ()))
    source = source_name(document.source)
    return source if source.startswith(("https://", "http://")) else None
