"""Where the page's parts are, and where it shows a document: the one place that makes such addresses."""

from __future__ import annotations

from urllib.parse import quote

SHELF, SHARED = "library", "shared"
PAGES = ("", SHELF, SHARED)
"""Where the page's parts are, by the paths of their addresses; the conversation has none."""
READ, AT = "read", "at"
"""The parts of the page's address that name a document and a passage of it, ?read=DOCUMENT&at=START-END."""


def passage_link(address: str, doc_id: str, start: int | None = None, end: int | None = None) -> str:
    """Where the page at `address` shows the document, a passage of it marked."""
    span = "" if start is None else f"&{AT}={start}-{end}"
    return f"{address.rstrip('/')}/?{READ}={quote(doc_id, safe='')}{span}"
