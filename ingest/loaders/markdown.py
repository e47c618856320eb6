"""Loads Markdown: its headings become headings, its emphasis marks and links plain text."""

from __future__ import annotations

import re
from typing import Final

from ingest.loaders.block import Block, Loaded
from ingest.loaders.encoding import decode

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_LINK: Final = re.compile(r"!?\[([^\]\n]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE: Final = re.compile(r" {0,3}(?:[-*_][ \t]*){3,}$|\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?$")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


def load_markdown(data: bytes) -> Loaded:
    """Headings with their levels, and every other line as a paragraph."""
    blocks: list[Block] = []
    for line in _COMMENT.sub("", decode(data)).splitlines():
        heading = _HEADING.match(line)
        if heading is not None:
            blocks.append(Block(_plain(heading[2]), len(heading[1])))
        elif not line.strip() or _RULE.match(line):
            continue
        elif line.lstrip().startswith("|"):
            blocks.append(Block("\t".join(_plain(cell.strip()) for cell in line.strip().strip("|").split("|"))))
        else:
            blocks.append(Block(_plain(line.strip().removeprefix("> "))))
    title = next((block.text for block in blocks if block.level == 1), None)
    return Loaded(tuple(blocks), title)


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
