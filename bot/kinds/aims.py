"""Passages by what their figures are, as facts tell: goals for who asks for goals, else reports of what was reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.kinds.stating import StatesFacts
from bot.passages import Passage
from bot.question.aim import Aim, aim_of, says_which
from bot.question.understand import Query
from vectorstore.errors import FactsNotRead
from vectorstore.model import Fact, FactKind, Target

OTHER_AIM = 0.7
"""What a passage keeps of its score whose figures are all of the other kind."""
_FIGURES: tuple[FactKind, ...] = ("target", "figure", "forecast")
_OF_FIGURES = ("number", "compare", "across", "general", "list", "yes_no")


def by_aim(library: StatesFacts, passages: Sequence[Passage], query: Query) -> list[Passage]:
    """`passages`, best first, those with figures of the other kind than the question is after further down.

    Where the question says in so many words which of the two it is after, the other is out of place.
    """
    aim = aim_of(query.text) if query.kind in _OF_FIGURES else None
    documents = tuple(dict.fromkeys(passage.document.id for passage in passages))
    if aim is None or not documents:
        return [*passages]
    try:
        facts = library.facts(kinds=_FIGURES, documents=documents, current=False)
    except FactsNotRead:  # The next ingest reads them; the passages are taken as they are.
        return [*passages]
    stated = _by_document(facts)
    judged = [_judged(passage, stated.get(passage.document.id, ()), aim, query) for passage in passages]
    return sorted(judged, key=lambda passage: passage.score, reverse=True)


def is_aimed(target: Target, aim: Aim | None) -> bool:
    """Whether the figure is of the kind asked for: a goal, or what was reached."""
    return aim is None or target.kind == ("target" if aim == "goal" else "figure")


def _judged(passage: Passage, targets: Iterable[Target], aim: Aim, query: Query) -> Passage:
    inside = [t for t in targets if passage.start <= t.start < passage.end]
    if not inside or any(is_aimed(target, aim) for target in inside):
        return passage
    out = says_which(query.text)
    return passage._replace(score=passage.score * OTHER_AIM, in_place=passage.in_place and not out)


def _by_document(facts: Iterable[Fact]) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for fact in facts:
        if isinstance(fact, Target):
            found.setdefault(fact.doc_id, []).append(fact)
    return found
