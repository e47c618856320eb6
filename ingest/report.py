"""What an ingest tells: one outcome per file, and the generation it made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vectorstore.model import Document


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    source: str
    """Absolute path; for a path that was given but can't be one, the path as given."""
    status: Literal["added", "updated", "unchanged", "removed", "failed"]
    reason: str | None = None
    """One line for the user: why it failed, was removed, or counts as unchanged; None where there is nothing to say."""
    document: Document | None = None
    """The document as it is now, or was before it was removed; None for "failed" and for a copy of another file."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all files, in the order they were met."""

    outcomes: tuple[Outcome, ...]
    generation: int | None
    """The generation that serves now; None when the library is still empty."""

    @property
    def warned(self) -> tuple[Outcome, ...]:
        """The files read now that may have a slip in them; `document.warnings` says which."""
        read = (outcome for outcome in self.outcomes if outcome.status in ("added", "updated"))
        return tuple(outcome for outcome in read if outcome.document and outcome.document.warnings)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The files that failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == "failed")
