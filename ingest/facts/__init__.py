"""Reads what a document states that can be tabulated: targets and figures, units in charge, references, people."""

from __future__ import annotations

from ingest.facts.persons import find_persons
from ingest.facts.references import find_references
from ingest.facts.responsibilities import find_responsibilities
from ingest.facts.source import Source
from ingest.facts.targets import find_targets
from vectorstore.model import Document, Fact

__all__ = ["find_facts"]


def find_facts(document: Document) -> tuple[Fact, ...]:
    """The facts that a document states, in the order of its text; pure."""
    source = Source(document)
    found: list[Fact] = [
        *find_targets(source),
        *find_responsibilities(source),
        *find_references(source),
        *find_persons(source),
    ]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind)))
