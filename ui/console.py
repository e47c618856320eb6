"""Writes to the terminal: data on stdout, remarks on stderr, and never a control character of a document."""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import typer

from ui.errors import ReaderLeft
from ui.plain import plain

# C0 but newline and tab, DEL, C1, and what reorders text: a document must not be able to steer the terminal.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What json.dumps leaves as it is although a terminal obeys it; only strings can hold these.
_CONTROL_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Painted(NamedTuple):
    """Text with its look on a terminal; elsewhere, and where NO_COLOR is set, the look is dropped."""

    text: str
    bold: bool = False
    dim: bool = False
    colour: str | None = None


def use_utf8() -> None:
    """Make the standard streams speak UTF-8 whatever the locale says, and survive what it can't encode.

    An input that was closed is one at its end.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - as long as the process
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def literal(text: str) -> str:
    """The text with every control character replaced by a visible sign of the same length."""
    return _CONTROL.sub(_visible, text)


def say(*parts: str | Painted) -> None:
    """Write one line of data to stdout."""
    _out("".join(map(_paint, parts)) + "\n")


def put(text: str) -> None:
    """Write a piece of data to stdout at once, without ending the line."""
    _out(literal(text))


def note(*parts: str | Painted) -> None:
    """Write one line of remarks to stderr."""
    typer.echo("".join(map(_paint, parts)), err=True)


def say_json(value: Any, *, one_line: bool = False) -> None:
    """Write one JSON document to stdout: UTF-8, two spaces of indent, dataclasses by their field names."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=None if one_line else 2)
    _out(_CONTROL_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")


def one_line(text: str, limit: int | None = None) -> str:
    """The text on one line, cut to `limit` characters with … at the end."""
    flat = " ".join(text.split())
    return flat if limit is None or len(flat) <= limit else flat[: limit - 1] + "…"


def day(value: date | None) -> str:
    """A date as 2017-12-01, or a dash where the document states none."""
    return value.isoformat() if value else "—"


def _out(text: str) -> None:
    try:
        typer.echo(text, nl=False)
    except BrokenPipeError as error:  # typer would take it for a failure
        raise ReaderLeft from error


def _paint(part: str | Painted) -> str:
    if isinstance(part, str):
        return literal(part)
    if not part.text or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return literal(part.text)
    return typer.style(literal(part.text), fg=part.colour, bold=part.bold or None, dim=part.dim or None)


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"
