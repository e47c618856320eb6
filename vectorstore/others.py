"""What the other documents of a catalog mean for each of its documents: which it gives way to, which repeals it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vectorstore.model import Day, Superseded

Rows = Callable[[str], list[tuple[Any, ...]]]
"""What a SELECT gives."""


@dataclass(frozen=True, slots=True)
class Repeal:
    """The document that says of another that it is repealed, from the day on that it is in force."""

    doc_id: str
    title: str
    date: Day | None
    effective: Day | None

    @property
    def since(self) -> Day | None:
        """The day from which the other no longer holds; None where it isn't known."""
        return self.effective or self.date

    def told(self) -> str:
        """In words: 《数据条例》（2021年3月1日）写明废止."""
        return f"{Superseded('older', self.doc_id, self.title, self.date).named()}写明废止"


@dataclass(frozen=True, slots=True)
class Others:
    """By the id of the document that it concerns."""

    superseded: Mapping[str, Superseded] = field(default_factory=dict)
    repealed: Mapping[str, Repeal] = field(default_factory=dict)
    warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, rows: Rows) -> Others:
        """All that the catalog's tables say; one of old may lack some (see `relations` and `mutual`)."""
        tables = {name for (name,) in rows("SELECT name FROM sqlite_master")}
        return cls(
            _superseded(rows) if "superseded" in tables else {},
            _repealed(rows) if "repealed" in tables else {},
            _warnings(rows) if "same_number" in tables else {},
        )


def _superseded(rows: Rows) -> dict[str, Superseded]:
    return {
        doc_id: Superseded(kind, current, title, _day(day))
        for doc_id, kind, current, title, day in rows(
            "SELECT s.doc_id, s.kind, d.id, d.record ->> 'title', d.record ->> 'date' "
            "FROM superseded s JOIN documents d ON d.id = s.current"
        )
    }


def _repealed(rows: Rows) -> dict[str, Repeal]:
    return {
        doc_id: Repeal(by, title, _day(day), _day(effective))
        for doc_id, by, title, day, effective in rows(
            "SELECT r.doc_id, d.id, d.record ->> 'title', d.record ->> 'date', d.record ->> 'effective' "
            "FROM repealed r JOIN documents d ON d.id = r.by"
        )
    }


def _warnings(rows: Rows) -> dict[str, tuple[str, ...]]:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for doc_id, number, other, title in rows(
        "SELECT s.doc_id, d.record ->> 'doc_number', o.id, o.record ->> 'title' FROM same_number s "
        "JOIN documents d ON d.id = s.doc_id JOIN documents o ON o.id = s.other"
    ):
        named = Superseded("copy", other, title).named()
        told[doc_id].append(f"文号“{number}”与 {other}{named}相同，内容却不同，请核对")
    return {doc_id: tuple(sentences) for doc_id, sentences in told.items()}


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
