"""Answers to what office somebody holds (某某担任什么职务, 某某是谁), from the people that documents name."""

from __future__ import annotations

import re

from bot.compose import Piece, named
from bot.stating import StatesFacts
from bot.understand import Query, fold
from vectorstore.errors import FactsNotRead
from vectorstore.model import FactKind, Filters, Person

MOST = 5
"""Offices shown, of as many documents."""
_PEOPLE: tuple[FactKind, ...] = ("person",)
_ASKS = re.compile(
    r"(?:担任|出任|任|兼任|当|是)(?:的是|了)?(?:什么|哪些?|何|啥)?(?:职务|职位|官职|职)|是谁[?？。]?$|是什么人"
)


def offices(library: StatesFacts, query: Query, filters: Filters) -> list[Piece]:
    """Where documents name the person that the question asks after, with an office each; [] for any other question.

    A name is one however wide it is set: 李　牧 answers for 李牧.
    """
    if not _ASKS.search(query.text):
        return []
    asked = fold(query.text)
    try:
        people = library.facts(
            kinds=_PEOPLE, regions=filters.regions, documents=filters.documents, current=not filters.documents
        )
    except FactsNotRead:  # The next ingest reads them; the passages are searched instead.
        return []
    # The question begins with the name; one inside it (…局长张望舒是谁) is found by search.
    meant = [
        fact for fact in people if isinstance(fact, Person) and re.match(rf"(?:请问)?{re.escape(fact.name)}", asked)
    ]
    longest = max((len(fact.name) for fact in meant), default=0)
    shown = {fact.doc_id: fact for fact in reversed(meant) if len(fact.name) == longest}
    pieces = []
    for doc_id, fact in list(shown.items())[::-1][:MOST]:
        document = library.document(doc_id)
        pieces.append(Piece(document, fact.path, fact.start, fact.end, named(document)))
    return pieces
