"""An answer as every channel shows it: literal text in pieces, each with its sources; no markup of any channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer, Citation
from ui.links import passage_link
from ui.lookup import source_name, titled
from vectorstore.model import Document
from vectorstore.tokens import replace_surrogates

QUOTE = 600
"""Characters of a quote that are shown; the link leads to all of it."""
_ENDS = re.compile(r"[。！？；\n](?:\[\d{1,3}\])*")
"""Ends of sentences, with the markers that belong to them."""
_MARKERS = 50
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage, or a document that comes near."""

    label: str
    """The marker it stands for, "[1]"; "" for a document that isn't cited."""
    title: str
    about: str
    """文号, 机关, date and place, as far as they are known."""
    quote: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent in reply."""

    text: str
    notices: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    nearest: tuple[Source, ...] = ()
    turn: str | None = None
    """Names the answer for feedback; None where there is nothing to judge."""


def content_of(answer: Answer, *, turn: str | None, url: str | None) -> Content:
    """The answer's content; `url` is where people reach the page, for links to the passages."""
    near = (Source("", sound(titled(d)), sound(_about(d)), link=_link(d, url)) for d in answer.nearest)
    cited = (_cited(citation, url) for citation in answer.citations)
    judged = turn if answer.status != "courtesy" else None  # whether thanks were useful is nobody's question
    return Content(sound(answer.text), tuple(map(sound, answer.notices)), tuple(cited), tuple(near), judged)


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


def _cited(citation: Citation, url: str | None) -> Source:
    document = citation.document
    place = " › ".join(part.strip() for part in citation.path)
    about = " · ".join(part for part in (_about(document), place) if part)
    link = _link(document, url, citation)
    quoted = shortened(sound(citation.quote).strip())
    return Source(f"[{citation.number}]", sound(titled(document)), sound(about), quoted, link)


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
