"""Whether a figure, an office or a person in a clause is the one that the source's words there belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts
from bot.verification.names import Name, bare, offices, people
from bot.verification.values import Figure, figures
from bot.verification.wording import content

_ENDS = ",;。!?()"
LEAST_LIKE = 0.34
"""Share of the words before a figure in the source that must stand before it in the answer too, or some behind it."""


def figure_bound(figure: Figure, clause: str, said_before: str, source: str) -> bool:
    """Whether `source`, a `plain` sentence, gives `figure` of `clause` for what the clause gives it for.

    Of the source's figures with this unit the one behind the likest words, then the likest clause, must be the same
    figure, and some of the words before it in the source must stand in the clause or in `said_before`, what the
    answer's sentence said until there; of a figure without rivals all words of the clause may stand before it.
    """
    rivals = [other for other in figures(source) if other.unit == figure.unit or other.same(figure)]
    same = [other for other in rivals if other.same(figure)]
    if not same:
        return False
    words = _before(figure, clause)
    wide = words | frozenset(content(_clause_before(figure, f"{said_before}{clause}", len(said_before))))
    likeness = {
        other.start: (
            _dice(words, _before(other, source)),
            _share(wide, _clause_before(other, source) + source[_clause_start(source, other.start) : other.start]),
        )
        for other in rivals
    }
    if words and max(likeness[other.start] for other in same) < max(likeness.values()):
        return False
    said = said_before + clause[: figure.start]
    behind = _behind(figure, clause)
    return any(
        _share(_before(other, source), said) >= LEAST_LIKE
        or (words and len(same) == len(rivals) and words <= _before(other, source))
        or (behind and behind & _behind(other, source))
        for other in same
    )


def _before(figure: Figure, text: str) -> frozenset[str]:
    """The words of the clause before `figure`, from the figure before it on."""
    ends = [other.end for other in figures(text) if other.end <= figure.start]
    return frozenset(content(text[max([_clause_start(text, figure.start), *ends]) : figure.lead]))


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
    found: list[T] = []
    for n in same or counterparts(clause, source):
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
