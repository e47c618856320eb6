"""Answers to how one applies (怎么申请): a step that a document tells, where what is quoted of the thing has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose import Piece
from bot.evidence import usable
from bot.passages import Passage
from bot.question.shape import asks_steps, tells_step
from bot.question.terms import Terms
from bot.question.understand import Query
from bot.quoting import quote
from bot.tree import without_label

AS_MUCH = 0.75
"""Share of what the best sentence holds of the question that another with a step must hold to be of the same thing."""
NEAR = 600
"""Characters from where the thing is named to the step: further on the application is of something else."""
_GOES_ON = re.compile(
    r"(?:拟|凡|经|需|要)?(?:申请|申报|办理|报名|申领)(?:人|者|单位|企业|主体|材料|表)?(?=[由向应经须需可在时后，,])"
)
"""How a sentence opens that goes on with an application spoken of before it (申请由某局受理, 申请人应当…)."""


def lacks_step(found: Sequence[Piece], query: Query) -> bool:
    """Whether `query` asks how one applies, and `found`, which is something, tells no step of it."""
    told = [piece.document.text[piece.start : piece.end] for piece in found]
    return bool(told) and asks_steps(query.text) and not any(map(tells_step, told))


def step(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Piece]:
    """The best of `passages` (best first) that tells a step of what is applied for; [] where none does."""
    good = usable(passages, query, terms)
    least = AS_MUCH * max((passage.own for passage in good), default=0.0)
    named = [passage for passage in good if passage.own >= least and tells_step(passage.text)]
    # A step is understood by its whole sentence: who hands in what, and not only by when it is decided on.
    return [quote(passage, query, terms) for passage in (named or _going_on(passages))[:1]]


def _going_on(passages: Sequence[Passage]) -> list[Passage]:
    """Those that go on with the application of what the best of `passages` names by a step, the nearest first."""
    named = passages[0]
    found = [
        passage
        for passage in passages
        if passage.document.id == named.document.id
        and passage.in_place
        and tells_step(passage.text)
        and _GOES_ON.match(without_label(passage.text))
        and abs(passage.start - named.start) <= NEAR
    ]
    return sorted(found, key=lambda passage: abs(passage.start - named.start))
