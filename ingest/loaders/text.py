"""Loads plain text: a line is a paragraph."""

from __future__ import annotations

import re

from ingest.loaders.block import Block, Loaded
from ingest.loaders.encoding import decode
from ingest.loaders.html import load_html

_HTML_START = re.compile(r"\s*(?:<!doctype\s+html|<html|<\?xml[^>]*>\s*<!doctype\s+html)", re.IGNORECASE)


def load_text(data: bytes) -> Loaded:
    """The lines of a text file; one that holds a web page is read as one. Raises UnreadableFile for what is no text."""
    text = decode(data)
    if _HTML_START.match(text):
        return load_html(data)
    return Loaded(tuple(Block(line) for line in text.splitlines()))
