"""The reader beside the conversation: a document's card and text, the cited passage marked, its original to fetch."""

from __future__ import annotations

import logging
import mimetypes
import re
from pathlib import Path

import streamlit as st

from bot.answer import Answer, Citation
from ui import components, desk
from ui.links import AT, READ
from ui.page import session
from ui.page.session import Reading, state
from vectorstore.errors import LibraryError
from vectorstore.model import Document, Stated

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def panel() -> None:
    """Draw what is being read, if anything is."""
    reading: Reading | None = state().reading
    with st.container(key="panel"):
        if reading is None:
            return
        st.html(components.THEME / "reading.css")
        components.reader(
            reading.document,
            citation=reading.citation,
            among=reading.among,
            words=session.words(),
            on_close=close,
            on_leaf=_leaf,
        )
        _original(reading.document)


def follow_address() -> None:
    """Open the passage that the address names, as links from elsewhere do: ?read=DOCUMENT&at=START-END. Then it is
    taken out of the address, so that the passage can be put away.
    """
    id, span = st.query_params.pop(READ, None), _SPAN.fullmatch(st.query_params.pop(AT, ""))
    if id is None:
        return
    _open(id, None)
    reading: Reading | None = state().reading
    if reading is None or span is None:
        return
    document, start, end = reading.document, int(span[1]), int(span[2])
    if start < end <= len(document.text):
        path = next((s.path for s in reversed(document.sections) if s.start <= start < s.end), ())
        state().reading = Reading(document, Citation(1, document, path, start, end, document.text[start:end]))


def cite(answer: Answer, number: int) -> None:
    """Open the passage behind a marker; the citation carries its document, so it opens even if that was removed."""
    found = next((c for c in answer.citations if c.number == number), None)
    if found is not None:
        state().reading = Reading(found.document, found, answer.citations)


def read(doc_id: str) -> None:
    """Open a document of the library at its beginning."""
    _open(doc_id, None)


def read_fact(fact: Stated, number: int = 1) -> None:
    """Open the words that state a fact."""
    _open(fact.doc_id, fact, number)


def close(_: bool = True) -> None:
    """Put the reader away."""
    state().reading = None


def _open(doc_id: str, fact: Stated | None, number: int = 1) -> None:
    try:
        document = desk.current().document(doc_id)
    except LibraryError as error:
        logging.getLogger(__name__).warning("%s", error)
        st.toast(session.words()("gone"))
        return
    passage = Citation(number, document, fact.path, fact.start, fact.end, fact.quote) if fact else None
    state().reading = Reading(document, passage)


def _leaf(number: int) -> None:
    reading: Reading | None = state().reading
    found = next((c for c in reading.among if c.number == number), None) if reading else None
    if reading is not None and found is not None:
        state().reading = Reading(found.document, found, reading.among)


def _original(document: Document) -> None:
    """A button that fetches the file as it was ingested; none for a document that has left the library."""
    try:
        file = desk.current().original(document.id)
    except LibraryError:
        return
    if not file.is_file():
        return
    name = original_name(document)
    with st.container(key="original"):
        st.download_button(
            session.words()("download"),
            file.read_bytes,
            file_name=name,
            mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
            key=f"original-{document.id}",
            icon=":material/download:",
            on_click="ignore",
        )


def original_name(document: Document) -> str:
    """What the downloaded file is called: as it was, or for a page of the web by its title."""
    last = re.split(r"[/\\]", document.source)[-1]
    if "://" not in document.source:
        return Path(last).name
    suffix = _SUFFIX.search(last.split("?")[0])
    return re.sub(r"[^\w《》（）()—-]+", "", document.title)[:60] + (suffix.group() if suffix else ".html")
