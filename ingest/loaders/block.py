"""What every loader gives: the lines of a file in reading order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table row (cells joined by tabs), as the file has it."""

    text: str
    level: int | None = None
    """1 for the outermost heading, where the format marks headings; None for anything else."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The blocks of a file, blank ones included or not, and the title its format states, if any."""

    blocks: tuple[Block, ...]
    title: str | None = None
