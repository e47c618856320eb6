"""Names of files that somebody sent: as they are shown, and as they can be kept."""

from __future__ import annotations

import unicodedata

_UNNAMED = "文件"
_LONGEST = 80
"""Characters of a name, its suffix apart, that are kept."""
_BYTES = 180
_SUFFIX = 11


def shown_name(sent: str) -> str:
    """The last part of the name, without characters that a reader's eye could be fooled by."""
    last = sent.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "".join(c for c in last if unicodedata.category(c)[0] not in "CZ" or c == " ").strip() or _UNNAMED


def safe_name(sent: str) -> str:
    """A name that means nothing to a file system and that any disk takes, its suffix kept."""
    kept = shown_name(sent).translate(str.maketrans("", "", '<>:"/\\|?*')).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if not dot:
        stem, suffix = kept, ""
    while len(stem.encode()) > _BYTES or len(stem) > _LONGEST:
        stem = stem[:-1]
    return f"{stem or _UNNAMED}{dot}{suffix[:_SUFFIX]}"
