"""What an answer to a follow-up must have and must not: the words that the follow-up adds, nothing shown before."""

from __future__ import annotations

from dataclasses import replace

from bot.compose import Piece
from bot.passages import TITLE_CREDIT, Passage
from bot.question.stopwords import GENERIC, RELATIVE
from bot.question.terms import Terms
from bot.question.understand import Query, fold
from bot.question.wording import IN_FORCE, ISSUING

SAYS_OWN = 0.6
"""Share of the words that a follow-up adds which a figure or date must have beside it."""
BEFORE = 40
"""Characters before an answer's words that may say what they are of (办公室：\n主任：…)."""
TASK = 600
"""Characters before the units in charge that may say of what."""
LEAST_LEFT = 6
"""Characters of a quotation that say something."""
_LED_ON = "。；;，,、 \n"


def is_new(passage: Passage, query: Query) -> bool:
    """Whether nothing of it was shown before."""
    return not any(
        passage.document.id == i and passage.start < end and start < passage.end for i, start, end in query.besides
    )


def unshown(piece: Piece, query: Query) -> Piece | None:
    """The longest part of `piece` of which nothing was shown before; None where nothing is left but marks."""
    if not query.besides:
        return piece
    parts = [(piece.start, piece.end)]
    for shown in (span for span in query.besides if span[0] == piece.document.id):
        parts = [part for a, b in parts for part in ((a, min(b, shown[1])), (max(a, shown[2]), b)) if part[0] < part[1]]
    if not parts:
        return None
    start, end = max(parts, key=lambda part: part[1] - part[0])
    said = piece.document.text[start:end].lstrip(_LED_ON)
    return replace(piece, start=end - len(said), end=end) if len(said.strip(_LED_ON)) >= LEAST_LEFT else None


def own_terms(terms: Terms) -> Terms:
    """Those of a follow-up's terms that its answer must have: a figure, a day or an office tells the others itself."""
    told = RELATIVE | GENERIC
    return Terms(
        tuple(
            t for t in terms.weights if t[0] not in told and not IN_FORCE.search(t[0]) and not ISSUING.fullmatch(t[0])
        )
    )


def speaks_of(piece: Piece, own: Terms, far: int = BEFORE) -> bool:
    """Whether a follow-up's answer is about what the follow-up names itself, not only about what it takes over."""
    before = fold(piece.document.text[max(0, piece.start - far) : piece.start] + piece.document.title)
    said = fold(piece.document.text[piece.start : piece.end] + "".join(piece.path))
    return not own.weights or own.coverage((said, 1.0), (before, TITLE_CREDIT)) >= SAYS_OWN
