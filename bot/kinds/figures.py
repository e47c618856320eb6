"""Answers that give a figure for each of several regions (各市的…目标分别是多少), from what documents state."""

from __future__ import annotations

from bot.compose import Piece
from bot.kinds.aims import is_aimed
from bot.kinds.stating import StatesFacts
from bot.passages import placed
from bot.question.aim import aim_of
from bot.question.stopwords import GENERIC
from bot.question.understand import Query, fold
from bot.signals import asks_figure
from vectorstore.errors import FactsNotRead
from vectorstore.model import FactKind, Filters, Target

FEWEST = 2
"""Regions with a figure from which on it is the facts that answer; for one alone its passages do."""
MOST = 20
_FIGURES: tuple[FactKind, ...] = ("target", "figure")


def figures(library: StatesFacts, query: Query, filters: Filters) -> list[Piece]:
    """A figure of each region that has one of what the question asks after, in the order of the documents; else [].

    All words that say what is measured stand in the indicator; of several figures a goal is shown before a report,
    unless the question says which of them it is after, and the one whose indicator says least besides. A year asked
    for must be the figure's.
    """
    # 现有 says which figure is meant, not what is counted.
    asked = [fold(word) for word in query.words if word not in GENERIC and len(word) > 1 and aim_of(word) is None]
    if query.kind != "across" or not asks_figure(query.text) or not asked or query.doc_numbers:
        return []
    aim = aim_of(query.text)
    regions = filters.regions or tuple(region.name for region in query.regions)
    try:
        stated = library.facts(
            kinds=_FIGURES, regions=regions, documents=filters.documents, current=not filters.documents
        )
    except FactsNotRead:  # The next ingest reads them; the passages are searched instead.
        return []
    best: dict[str, Target] = {}
    for fact in stated:
        if not isinstance(fact, Target) or fact.region is None or (query.years and fact.year not in query.years):
            continue
        if not is_aimed(fact, aim):
            continue
        if all(word in fold(fact.indicator) for word in asked):
            held = best.get(fact.region)
            if held is None or _rank(fact) < _rank(held):
                best[fact.region] = fact
    if len(best) < FEWEST:
        return []
    return [
        Piece(library.document(fact.doc_id), fact.path, fact.start, fact.end, place.local if place else region)
        for region, fact in list(best.items())[:MOST]
        for place in [placed(region)]
    ]


def _rank(fact: Target) -> tuple[bool, int]:
    return not fact.planned, len(fact.indicator)
