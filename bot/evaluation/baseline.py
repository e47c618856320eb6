"""Compares an evaluation with an earlier one over the questions they share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.evaluation.bootstrap import Interval, paired_interval
from bot.evaluation.lines import BadFile
from bot.evaluation.measures import MEASURES, METHODS
from bot.evaluation.outcome import Outcome
from vectorstore.trouble import in_words

Verdict = Literal["better", "worse", "even"]
PREFERRED = ("right", "hit@5")
"""By which a question counts as won or lost: the first that both evaluations know of."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is kept of a question's earlier outcome."""

    question: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure then and now, over the `questions` that both evaluations have a value for."""

    key: str
    before: float
    after: float
    interval: Interval
    questions: int
    verdict: Verdict
    """"even" when the interval holds zero."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What got better or worse."""

    shared: int
    changes: tuple[Change, ...]
    won: tuple[str, ...]
    """Ids of the questions that went wrong then and go well now."""
    lost: tuple[str, ...]


def read_baseline(path: Path) -> dict[str, Earlier]:
    """The questions of a document that `zhengwen eval --json` wrote, by id. Raises BadFile."""
    try:
        held = json.loads(path.read_text(encoding="utf-8-sig"))
        return {
            item["id"]: Earlier(item["question"], {key: float(value) for key, value in item["values"].items()})
            for item in held["outcomes"]
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, OSError):
            raise BadFile(f"{path} 读不出来（{in_words(error)}）。请检查路径。") from error
        raise BadFile(f"{path} 不是 zhengwen eval --json 写的结果。先用 --json 存下一次的结果再比较。") from error


def compare(before: Mapping[str, Earlier], after: tuple[Outcome, ...]) -> Comparison:
    """The changes between two evaluations, questions paired by id and wording. Raises BadFile when they share none."""
    pairs = [
        (before[outcome.id].values, outcome)
        for outcome in after
        if outcome.id in before and before[outcome.id].question == outcome.question
    ]
    if not pairs:
        raise BadFile("这两次的题没有一道相同，不能比较。--baseline 要用同一份题集的结果。")
    keys = [prefix + key for prefix in METHODS for key in MEASURES]
    changes = tuple(change for key in keys if (change := _change(key, pairs)) is not None)
    decisive = next((key for key in PREFERRED if any(c.key == key for c in changes)), None)
    won: list[str] = []
    lost: list[str] = []
    for old, outcome in pairs:
        then, now = old.get(decisive or ""), outcome.values.get(decisive or "")
        if then is not None and now is not None and (then > 0.5) != (now > 0.5):
            (won if now > 0.5 else lost).append(outcome.id)
    return Comparison(len(pairs), changes, tuple(won), tuple(lost))


def _change(key: str, pairs: list[tuple[Mapping[str, float], Outcome]]) -> Change | None:
    both = [(old[key], outcome.values[key]) for old, outcome in pairs if key in old and key in outcome.values]
    if not both:
        return None
    then, now = [a for a, _ in both], [b for _, b in both]
    interval = paired_interval(then, now)
    better = MEASURES[key.split(":")[-1]].better
    verdict: Verdict = "even"
    if interval.certain and better != "neither":
        verdict = "better" if (interval.mean > 0) == (better == "higher") else "worse"
    return Change(key, sum(then) / len(then), sum(now) / len(now), interval, len(both), verdict)
