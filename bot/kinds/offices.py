"""Answers to what office somebody holds, and who holds one (某某是谁, 某市财政局局长是谁), from the people named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.compose import Piece, named
from bot.kinds.stating import StatesFacts
from bot.passages import placed
from bot.question.office import DEPUTY, HELD
from bot.question.understand import Query, fold
from vectorstore.errors import FactsNotRead
from vectorstore.model import Document, Fact, FactKind, Filters, Person

MOST = 5
"""Offices shown, of as many documents."""
_PEOPLE: tuple[FactKind, ...] = ("person",)
_ASKS = re.compile(
    r"(?:担任|出任|任|兼任|当|是|有)(?:的是|了|过)?(?:什么|哪些?|何|啥|其他|别的)*(?:的)?(?:职务|职位|官职|职)(?!责|能|称|业|工|权)|的?(?:职务|职位)(?:是|为)?(?:什么|啥|呢)|是谁[?？。]?$|是什么人"
)


_HELD_BY = r"(?:现在|目前|现任)?(?:是谁|叫什么|是哪位|是哪一位|由谁|为谁|姓名|的名字)"
_OFFICE = rf"(?:{DEPUTY})?{HELD}"
_WHO_HOLDS = re.compile(
    rf"^(?:请问)?(?:现任)?(?P<body>[\u4e00-\u9fff]{{2,24}}?)的?(?:现任)?(?P<office>{_OFFICE}){_HELD_BY}"
    rf"|谁(?:是|担任|任)(?P<body_>[\u4e00-\u9fff]{{2,24}}?)的?(?P<office_>{_OFFICE})[?？。]?$"
)


def offices(library: StatesFacts, query: Query, filters: Filters) -> list[Piece]:
    """Where documents name the person asked after, or who holds the office asked for; [] for any other question.

    A name is one however wide it is set: 李　牧 answers for 李牧. Several documents may name several holders of an
    office, one after the other: each is shown under its document, at most MOST.
    """
    held = _WHO_HOLDS.search(query.text)
    if not held and not _ASKS.search(query.text):
        return []
    asked = fold(query.text)
    try:
        people = library.facts(
            kinds=_PEOPLE, regions=filters.regions, documents=filters.documents, current=not filters.documents
        )
    except FactsNotRead:  # The next ingest reads them; the passages are searched instead.
        return []
    if held:
        return _holders(library, people, query, held["body"] or held["body_"], held["office"] or held["office_"])
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


def _holders(library: StatesFacts, people: Iterable[Fact], query: Query, body: str, office: str) -> list[Piece]:
    """Who holds `office` in `body`, one a document."""
    for region in query.regions:
        for name in sorted({region.name, region.local, region.short}, key=len, reverse=True):
            body = body.replace(name, "", 1)
    title = re.compile(rf"(?<!副){office}$")
    shown: dict[str, Piece] = {}
    for fact in people:
        if not isinstance(fact, Person) or not title.search(fact.office) or fact.doc_id in shown:
            continue
        document = library.document(fact.doc_id)
        if _is_of(fact.office.removesuffix(office), body, query, document):
            shown[fact.doc_id] = Piece(document, fact.path, fact.start, fact.end, named(document))
    return list(shown.values())[:MOST]


def _is_of(organisation: str, body: str, query: Query, document: Document) -> bool:
    """Whether an office in `organisation` is one in `body`, in the region asked about."""
    if not query.regions:
        return len(body) > 1 and organisation.startswith(body)
    place = placed(document.region or "")
    here = any(
        r.short in organisation or (organisation[:1] in "省市区县州" and place is not None and r.covers(place))
        for r in query.regions
    )
    rest = organisation.lstrip("省市区县州")
    for region in query.regions:
        for name in sorted({region.name, region.local, region.short}, key=len, reverse=True):
            rest = rest.removeprefix(name)
    return here and (rest.startswith(body) if body else not re.match(r"[\u4e00-\u9fff]*[局委办厅部院会]", rest))
