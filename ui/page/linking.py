"""Which documents cite which: in order of time, with an arc from each to those it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui import components, desk, render
from ui.page import reading, session
from ui.page.session import state
from vectorstore.citing import Citing, Shelf
from vectorstore.errors import LibraryError
from vectorstore.model import Document, Reference

_MOST = 80
"""Documents that are drawn, those with most links first."""


def view(shown: Sequence[Document], documents: Sequence[Document]) -> None:
    """The arcs between the documents shown and all that they cite, in the library or not."""
    say = session.words()
    try:
        facts = desk.current().facts("reference", documents=[d.id for d in shown])
    except LibraryError as error:
        st.html(render.notice_html(say.error(error)))
        return
    references = [fact for fact in facts if isinstance(fact, Reference)]
    citings = list(Shelf(documents).citings(references))
    if not citings:
        st.html(render.hint_html(say("no_links")))
        return
    st.html(render.hint_html(say("links_told")))
    data, passages = graph(citings)
    state().links = passages
    components.arcs(data, key="arcs", on_pick=_open)


def graph(citings: Sequence[Citing]) -> tuple[dict[str, Any], dict[str, Reference]]:
    """What the component draws, and for what isn't in the library the words that name it, by the node's value."""
    say = session.words()
    ends = [
        (c, c.document.id, c.cited.id if c.cited else f"?{c.reference.number or c.reference.title}") for c in citings
    ]
    pairs = dict.fromkeys((start, end) for _, start, end in ends)
    count = Counter(end for _, end in pairs)
    degree = count + Counter(start for start, _ in pairs)
    held = {d.id: d for c in citings for d in (c.document, c.cited) if d is not None}
    named = {end: c.reference for c, _, end in ends if c.cited is None}
    chosen = sorted(degree, key=lambda value: (-degree[value], value))[:_MOST]
    years = {value: _year(held.get(value), named.get(value)) for value in chosen}
    citing = {end: start for start, end in reversed(pairs)}

    def order(value: str) -> tuple[str, str, str]:
        """By year; what has none stands below the first document that cites it."""
        above = value if years[value] or value not in citing else citing[value]
        return years.get(above) or "9999", above, "" if above == value else value

    chosen.sort(key=order)
    nodes = []
    for value in chosen:
        document, absent = held.get(value), named.get(value)
        hint = say("cited_by", count=count[value]) if count[value] else ""
        title = document.title if document else _named(absent)
        spoken = "" if document else say("absent")
        nodes.append(
            {
                "value": value,
                "title": title,
                "year": years[value],
                "hint": hint,
                "absent": not document,
                "spoken": spoken,
            }
        )
    place = {value: number for number, value in enumerate(chosen)}
    links = [[place[start], place[end]] for start, end in pairs if start in place and end in place]
    return {"nodes": nodes, "links": links}, named


def _open(value: str) -> None:
    absent: Reference | None = state().links.get(value)
    if absent is not None:
        reading.read_fact(absent)
    else:
        reading.read(value)


def _named(reference: Reference | None) -> str:
    if reference is None:
        return ""
    return "".join((f"《{reference.title}》" if reference.title else "", reference.number or ""))


def _year(document: Document | None, reference: Reference | None) -> str:
    """The year of a document, of one that isn't there that in its number."""
    if document is not None:
        return str(document.date.year) if document.date else ""
    number = reference.number if reference else None
    digits = "".join(c if c.isdigit() else " " for c in number or "").split()
    return next((part for part in digits if len(part) == 4), "")
