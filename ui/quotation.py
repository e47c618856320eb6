"""A passage as official papers cite it: the title first, then the number, the place, the words, and whose they are."""

from __future__ import annotations

import re

from bot.answer import Citation
from ui.lookup import titled


def quotation(citation: Citation) -> str:
    """One line: 《标题》（发文字号）“一、总体要求”部分：“原话”。（发文机关，成文日期）

    What the document doesn't state is left out; the quoted words are the document's own, white space folded.
    """
    document = citation.document
    number = f"（{document.doc_number}）" if document.doc_number else ""
    heading = next((folded(part) for part in reversed(citation.path) if folded(part)), "")
    place = f"“{heading}”部分" if heading and heading not in folded(citation.quote) else ""
    day = f"{document.date.year}年{document.date.month}月{document.date.day}日" if document.date else ""
    origin = "，".join(part for part in (document.issuer, day) if part)
    link = document.source if document.source.startswith(("https://", "http://")) else ""
    tail = "，".join(part for part in (origin, link) if part)
    quote = folded(citation.quote).replace("“", "‘").replace("”", "’")
    return f"{titled(document)}{number}{place}：“{quote}”" + (f"（{tail}）" if tail else "")


def folded(text: str) -> str:
    """The text on one line."""
    return re.sub(r"\s+", " ", text).strip()
