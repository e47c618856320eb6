"""A document as the readers of facts see it: its lines, the section each stands in, and the region of a path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ingest.chunker import region_of
from ingest.facts.quantities import halved
from ingest.facts.units import LABEL
from vectorstore.model import Document, Section
from vectorstore.regions import Gazetteer


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `document.text[start:end]`."""

    start: int
    end: int
    section: Section
    """The innermost section it stands in; before the first heading, one without a path that is the whole text."""

    @property
    def path(self) -> tuple[str, ...]:
        return self.section.path


@dataclass(frozen=True)
class Source:
    """A document and what is looked up in it again and again."""

    document: Document
    half: str = field(init=False)
    """Its text with full-width digits and marks in half width; every offset is the same."""
    lines: tuple[Line, ...] = field(init=False)
    _regions: dict[tuple[str, ...], str | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "half", halved(self.document.text))
        object.__setattr__(self, "lines", tuple(_lines(self.document)))

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def written(self) -> date | None:
        """The day from which its years count as gone or to come."""
        return self.document.date or self.document.published

    def region(self, path: tuple[str, ...]) -> str | None:
        """The region that a heading of the path names, else the document's."""
        if path not in self._regions:
            own = self.document.region
            self._regions[path] = region_of(path, own, Gazetteer((own,) if own else ())) if path else own
        return self._regions[path]


def _lines(document: Document) -> Iterator[Line]:
    whole = Section((), 0, len(document.text))
    # A line that only names units (责任单位：…) may look like a heading; it is no item of its own.
    upcoming = (section for section in document.sections if not LABEL.match(section.path[-1]))
    following = next(upcoming, None)
    open_sections = [whole]
    position = 0
    for line in document.text.split("\n"):
        end = position + len(line)
        while len(open_sections) > 1 and open_sections[-1].end < end:
            open_sections.pop()
        while following is not None and following.start <= position:
            while len(open_sections) > 1 and open_sections[-1].end < following.end:
                open_sections.pop()
            open_sections.append(following)
            following = next(upcoming, None)
        if line.strip():
            yield Line(position, end, open_sections[-1])
        position = end + 1
