"""What a sentence is headed by: the name before its colon (发明专利：到2020年…), which says what the rest is of."""

from __future__ import annotations

import re

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts
from bot.verification.dates import days
from bot.verification.values import figures
from bot.verification.wording import content, stands

_LABEL = re.compile(r"^(?:\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[)、.])?\s*([\u4e00-\u9fff]{2,10}):(?=.)")
_ONLY_A_DAY = re.compile(r"[\d年月日至到-]+")
_OF_TIME = re.compile("时|期|日|年|届")
"""What a label that heads a date alone must say it is."""


def without_label(text: str) -> str:
    """A `plain` sentence without a label that it says again: 商标：有效注册商标达到3件."""
    label = _LABEL.match(text)
    return text[label.end() :] if label and label[1] in text[label.end() :] else text


def labelled_alike(clause: str, whole: str, source: str, context: str) -> bool:
    """Whether `clause` and the `plain` sentence `source` begin with the same name, if both begin with one; where only
    the answer's sentence `whole` does, whether it names what `source` gives the clause's figure of, or a heading."""
    mine, its = _LABEL.match(clause), _LABEL.match(source)
    if mine and _ONLY_A_DAY.fullmatch(clause, mine.end()) and not _OF_TIME.search(mine[1]):
        return False
    its = its if its is None or content(its[1]) else None  # 主要目标: heads whatever follows
    if mine and its:
        return mine[1] in its[1] or its[1] in mine[1]
    label, told = _LABEL.match(whole), figures(clause)
    if not label or its or not (told or days(clause)):
        return True
    parts = clauses_of(source)
    of = [n for n, part in enumerate(parts) if any(f.same(mine) for f in figures(part) for mine in told)]
    of = of or list(counterparts(clause.removeprefix(label.group()), source))
    said = "".join(parts[n] for n in of) + context
    return all(stands(word, said) for word in content(label[1]))
