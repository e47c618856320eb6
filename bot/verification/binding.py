"""Whether a figure, an office or a person in a clause is the one that the source's words there belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts
from bot.verification.dates import days
from bot.verification.names import Name, bare, offices, people
from bot.verification.numerals import HAN
from bot.verification.relations import is_condition
from bot.verification.values import Figure, figures
from bot.verification.wording import content

_ENDS = ",;。!?()"
_HELPS = re.compile(r"(?:会同|协同)[^,;。]{0,4}$")
_CHANGE = "增长 提高 降低 缩短 延长 扩大 比 较 上年 上年同期 去年 同期 同比 环比 比上年同期"
_OF_CHANGE = frozenset(_CHANGE.split())
"""Words that tell how a figure changed, not which."""
LEAST_LIKE = 0.34
"""Share of the words before a figure in the source that must stand before it in the answer too, or some behind it."""


def figure_bound(figure: Figure, clause: str, said_before: str, source: str) -> bool:
    """Whether `source`, a `plain` sentence, gives `figure` of `clause` for what the clause gives it for.

    Of the source's figures with this unit the one behind the likest words, then the likest clause, must be the same
    figure, and some of the words before it in the source must stand in the clause or in `said_before`, what the
    answer's sentence said until there; of a figure without rivals all words of the clause may stand before it.
    """
    goes = _goes_from(figure, clause)
    dated = any(day.year for day in days(clause[: figure.start]))
    rivals = [other for other in figures(source) if other.unit == figure.unit or other.same(figure)]
    same = [
        other
        for other in rivals
        if says(other, figure, dated=dated)
        and _changes_alike(figure, said_before, clause, other, source)
        and (not goes or any(start.same(goes) for start in (_goes_from(other, source),) if start))
    ]
    if not same:
        return False
    words = _before(figure, clause, back=not goes)
    its = {other.start: _before(other, source, back=not goes) for other in figures(source)}
    wide = words | frozenset(content(_clause_before(figure, f"{said_before}{clause}", len(said_before))))
    likeness = {
        other.start: (
            _likeness(words, its[other.start], _clause_before(other, source)),
            _share(wide, _clause_before(head, source) + source[_clause_start(source, head.start) : head.start]),
        )
        for other in rivals
        for head in (_head(other, source),)
    }
    if words and max(likeness[other.start] for other in same) < max(likeness.values()):
        return False
    said = said_before + clause[: figure.start]
    of_others = [its[o.start] for o in figures(source) if o not in same and o.turn == figure.turn]
    if words and words in of_others and not any(all(word in said for word in its[other.start]) for other in same):
        return False  # 审评时限由90日, where 审评时限 is 由120个工作日 and 检验时限 is 由90日
    if (
        words
        and figures(said_before)
        and all(_of_its_own(other, words, its[other.start], source, said) for other in same)
    ):
        return False  # 床位达到5200张，占比65%, where 护理型床位 is what 占比 is of
    behind = _behind(figure, clause)
    if (
        behind
        and any(_behind(other, source) == behind for other in rivals if other not in same)
        and not any(behind <= _behind(other, source) for other in same)
    ):
        return False  # 9个竞赛场馆, where 9个 are 场馆 and 4个 are 竞赛场馆
    return any(
        _share(its[other.start], said) >= LEAST_LIKE
        or (words and len(same) == len(rivals) and words <= its[other.start] | _behind(other, source))
        or (behind and behind & _behind(other, source))
        for other in same
    )


def _of_its_own(figure: Figure, words: frozenset[str], its: frozenset[str], source: str, said: str) -> bool:
    """Whether the source's clause has a subject of its own before `figure`, which the answer left out."""
    clause = source[_clause_start(source, figure.start) : figure.lead].rpartition(":")[2]
    opening = next((word for word in content(clause) if len(word) > 1 and word[0] not in HAN), "")
    return words < its and opening in its and opening not in said


def _likeness(words: frozenset[str], its: frozenset[str], before: str) -> float:
    """How like the words before two figures are; one with no subject of its own (累计达到47家) has that of the clause
    `before`."""
    like = _dice(words, its)
    return max(like, _dice(words, its | frozenset(content(before)))) if its and its < words else like


def _goes_from(figure: Figure, text: str) -> Figure | None:
    """Where in its clause the level comes from that goes to `figure`: 90天 of 由90天缩短到45天."""
    if figure.turn not in ("upto", "downto"):
        return None
    start = _clause_start(text, figure.start)
    earlier = [other for other in figures(text) if start <= other.start and other.end <= figure.start]
    return earlier[-1] if earlier and earlier[-1].turn == "from" else None


def says(other: Figure, figure: Figure, *, dated: bool = False) -> bool:
    """Whether the source's `other` is the answer's `figure`, or ends at it, or began at it where that is `dated`."""
    return other.same(figure) or figure.reached_by(other) or (dated and figure.left_by(other))


def _changes_alike(figure: Figure, said_before: str, clause: str, other: Figure, source: str) -> bool:
    """Whether a change told without what changes (比上年增长5家) is one of the figure before it in both."""
    if figure.turn not in ("up", "down") or not _mere_change(other, source) or not _mere_change(figure, clause):
        return True
    mine = [*figures(said_before), *(f for f in figures(clause) if f.end <= figure.start)]
    its = [f for f in figures(source) if f.end <= other.start]
    return not mine or not its or says(its[-1], mine[-1])


def _mere_change(figure: Figure, text: str) -> bool:
    return {word for word in _before(figure, text) if not word.isdigit()} <= _OF_CHANGE


def _before(figure: Figure, text: str, *, back: bool = True) -> frozenset[str]:
    """The words of the clause before `figure`, from the figure before it on.

    With `back`, of what a level goes to (由90天缩短到45天) those before where it comes from; of a mere bound
    (不足50件的) those before the same unit's figure before it.
    """
    start = _clause_start(text, figure.start)
    earlier = [other for other in figures(text) if other.end <= figure.start]
    here = [other for other in earlier if other.start >= start]
    if back and here and here[-1].turn == "from" and figure.turn in ("upto", "downto"):
        here.pop()
    start = max([start, *(other.end for other in here)])
    goes = figure.turn in ("upto", "downto")
    taken = [other for other in earlier if other.start >= start] if goes else []
    words = {word for word in content(_without(text, start, figure.lead, taken)) if not word.isdigit()}
    if goes:
        words -= _OF_CHANGE
    head = figure if words else _head(figure, text)
    return frozenset(words) if head is figure else _before(head, text)


def _head(figure: Figure, text: str) -> Figure:
    """The figure itself; of a mere bound (50件以上的，…；不足50件的，…) the one with its unit before it."""
    bare = not content(text[_clause_start(text, figure.start) : figure.lead])
    alike = [other for other in figures(text) if other.end <= figure.start and other.unit == figure.unit]
    return alike[-1] if bare and alike and figure.how and text[figure.end : figure.end + 1] == "的" else figure


def _without(text: str, start: int, end: int, taken: Sequence[Figure]) -> str:
    """text[start:end] without the figures."""
    kept = ""
    for figure in taken:
        kept += text[start : figure.lead] + " "
        start = figure.end
    return kept + text[start:end]


def _behind(figure: Figure, text: str) -> frozenset[str]:
    """The words behind `figure`, up to the next figure or the end of the clause."""
    starts = [other.lead for other in figures(text) if other.lead >= figure.end]
    end = next((i for i in range(figure.end, len(text)) if text[i] in _ENDS and not _inside(text, i)), len(text))
    return frozenset(content(text[figure.end : min([end, *starts])]))


def _clause_before(figure: Figure, text: str, offset: int = 0) -> str:
    """The clause before the one that `figure` stands in; `offset` is where the figure's own text begins in `text`."""
    end = max(0, _clause_start(text, figure.start + offset) - 1)
    return text[_clause_start(text, end) : end]


def _clause_start(text: str, at: int) -> int:
    """Where the clause that holds text[at] begins."""
    for i in range(at - 1, -1, -1):
        if text[i] in _ENDS and not _inside(text, i):
            return i + 1
    return 0


def _inside(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()


def _share(wanted: frozenset[str], text: str) -> float:
    """The share of the words that stand in `text`; 1 for none."""
    return sum(word in text for word in wanted) / len(wanted) if wanted else 1.0


T = TypeVar("T")


def governing(clause: str, source: str, named: Callable[[str], Sequence[T]]) -> list[T]:
    """What `named` finds in those clauses of `source` that `clause` is made of; for one that has none, in the nearest
    before it that has."""
    parts = clauses_of(source)
    wanted = figures(clause)
    same = [n for n, part in enumerate(parts) if wanted and any(f.same(w) for f in figures(part) for w in wanted)]
    mine = same or counterparts(clause, source)
    # A condition is told before what holds then, and has no time of its own.
    mine = [n for n in mine if not is_condition(parts[n])] or mine
    found: list[T] = []
    for n in mine:
        found += next((there for at in range(n, -1, -1) if (there := named(parts[at]))), ())
    return found


def offices_bound(clause: str, source: str) -> bool:
    """Whether every office of `clause` stands in `source`, in the clause of it that is likest, if any is like."""
    said = offices(clause)
    if not said:
        return True
    names = {name.text for name in said} | {bare(name.text) for name in said}
    words = frozenset(word for word in content(clause) if not any(word in name for name in names))
    there = [part for part in clauses_of(source) if offices(part)]
    scores = [_dice(words, _apart_from_names(part, offices(part))) for part in there]
    best = max(scores, default=0.0)
    likest = [part for part, score in zip(there, scores, strict=True) if score == best]
    return all(_named(name, source) and (best == 0 or any(_named(name, part) for part in likest)) for name in said)


def helpers(source: str) -> list[str]:
    """The offices of `source` that only take part in what another does: 会同市财政局."""
    return [name.text for name in offices(source) if _HELPS.search(source[: name.start])]


def people_bound(clause: str, source: str) -> bool:
    """Whether every person of `clause` stands in `source`, beside the words that are likest."""
    said, there = people(clause), people(source)
    for person in said:
        if person.text not in source:
            return False
        words = _around(person, said, clause)
        scores = {other.text: _dice(words, _around(other, there, source)) for other in there}
        if scores and max(scores.values()) > scores.get(person.text, max(scores.values())):
            return False
    return True


def _named(name: Name, text: str) -> bool:
    """Whether `text` names the office: with its level, or without where it gives none."""
    if name.text in text:
        return True
    core = bare(name.text)
    at = text.find(core)
    return at >= 0 and text[at - 1 : at] not in tuple("省市区县州旗镇乡家国")


def _around(name: Name, all_names: Sequence[Name], text: str) -> frozenset[str]:
    """The words beside `name`, up to the next name on either side."""
    start = max([0, *(other.end for other in all_names if other.end <= name.start)])
    end = min([len(text), *(other.start for other in all_names if other.start >= name.end)])
    return frozenset(content(text[start : name.start])) | frozenset(content(text[name.end : end]))


def _apart_from_names(text: str, names: Iterable[Name]) -> frozenset[str]:
    named = [name.text for name in names]
    return frozenset(word for word in content(text) if not any(word in name for name in named))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two sets of words are, 0…1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
