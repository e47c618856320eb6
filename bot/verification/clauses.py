"""Where a sentence made ready for comparing falls into clauses."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[;。!?()]|(?<!\d),|,(?!\d)")
_LED_IN = re.compile(r"(?<=[^,;。!?():]{10}):(?!\d)")
"""A colon behind a clause; one behind a label (牵头单位:) belongs to what it labels."""


def clauses_of(text: str) -> list[str]:
    """The clauses of a `plain` sentence that aren't blank, without the marks that end them."""
    return [part for clause in _CLAUSE.split(text) for part in _LED_IN.split(clause) if part]
