"""Of what a source tells of several, parted by ；, whether a clause is told of another than there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts
from bot.verification.ground import Ground
from bot.verification.wording import stands

PLACE_IN_ORDER = re.compile(r"\d|第[一二三四五六七八九十百\d]")
"""A word that only says where something stands: 第二十条."""


def grouped_alike(clause: str, before: str, ground: Ground, source: str) -> bool:
    """Whether of what `source` tells of several, parted by ；, the clause isn't told of another than there; `before` is
    what the answer's sentence said until it."""
    groups = [clauses_of(group) for group in source.split(";")]
    mine = counterparts(clause, source)
    if len(groups) < 2 or not mine or (ground.in_charge(clause) and ":" not in clause):
        return True  # who is in charge is judged by what he is called there
    if _under_another(clause, before, ground, [group for group in groups if group]):
        return False
    opens = [_opening(ground.words(group[0])) if group else () for group in groups]
    of = [n for n, group in enumerate(groups) for _ in group]
    own, its = opens[of[mine[-1]]], "".join(groups[of[mine[-1]]])
    if not own or own[0] in before or (own[0] in clause and (not before or all(word in clause for word in own))):
        return True
    return not any(other and other[0] not in its and other[0] in before + clause for other in opens)


def _under_another(clause: str, before: str, ground: Ground, groups: Sequence[Sequence[str]]) -> bool:
    """Whether the clause stands in one group only, and behind what another group opens with.

    Of 高于标准的，超出部分自付；低于标准的，据实支付 it isn't told 低于标准的，超出部分自付.
    """
    last = clauses_of(before)[-1:]
    homes = [n for n, group in enumerate(groups) if _all_in(clause, "".join(group), ground)]
    heads = [n for n, group in enumerate(groups) if last and _all_in(last[0], group[0], ground)]
    if len(homes) != 1 or len(heads) != 1 or homes == heads:
        return False
    own, other = ground.words(groups[homes[0]][0]), ground.words(groups[heads[0]][0])
    telling = set(own) - set(other)
    return len(set(own) & set(other)) > 1 and bool(telling) and not any(stands(word, clause) for word in telling)


def _all_in(clause: str, text: str, ground: Ground) -> bool:
    words = ground.words(clause)
    return bool(words) and all(stands(word, text) for word in words)


def _opening(words: Sequence[str]) -> tuple[str, ...]:
    """The first words that tell what a clause is about, two at most."""
    return tuple(word for word in words if len(word) > 1 and not PLACE_IN_ORDER.match(word))[:2]
