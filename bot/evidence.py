"""Decides whether the passages found are enough to answer from; when they aren't, no writer is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.passages import Passage
from bot.question.stopwords import GENERIC
from bot.question.terms import Terms
from bot.question.understand import Query, fold, stated_figures
from bot.signals import SAYS_YES_OR_NO
from vectorstore.regions import Gazetteer, Region

ENOUGH = 0.45
"""Share of the question's terms that the best passage and its context must cover."""
ENOUGH_FOCUS = 0.5
"""Share of the attribute asked for (…的利率是多少) that a passage and its context must show."""
SAYS_ITSELF = 0.05
"""Share of the terms that a sentence with a date must hold itself: beside nothing that was asked it dates nothing."""
SAYS_THE_POINT = 0.4
"""Share that a sentence must hold itself to say yes or no."""
_NOT = re.compile(r"(?<!包括)(?<!含)非([\u4e00-\u9fff]{2})")
"""What is excluded, unless it is told as included too: 患者（包括非武汉市户籍人员）."""
_OFFICE_DOES = re.compile(
    r"([\u4e00-\u9fff]{2}(?:局|委|厅|部|院|办))(?:来)?(?:牵头|负责|承担|主管|印发|发布|制定|出台)"
)
_STATES = re.compile(rf"[。！!；;，,：:）)]|{SAYS_YES_OR_NO}")
"""What a heading, which says neither yes nor no, hasn't: a mark behind it or within, or a word that decides."""
_FIGURES_SAY_IT = {"%": ("占比", "比重", "比例", "份额", "比率", "百分比"), "元": ("金额", "数额", "价钱", "钱数")}
"""What an attribute may be called that a figure of its unit tells by itself (…占比要达到多少: 50%以上)."""
_RATES = ("标准", "额度", "限额")
_AT_A_RATE = re.compile(
    r"(?:每[^，,。；;\d]{1,8}|按照?|按[^，,。；;\d]{1,8})\s*\d[\d,.万千]*\s*元|元\s*[/／]|定额|封顶|最高"
)
"""An amount that is one of so much for each, which is a standard without the word (每月400元)."""
_MEASURE = re.compile(r"[费率价]$|(?<![资基现黄合五])金$")
_AMOUNT = re.compile(r"[费率额价款金量]$")
_LEAD_UNIT = re.compile(r"(?:牵头|主办)(?:单位|部门)\s*[:：]([^;；)）]*)")
KINDS_THAT_MUST_FIT = ("number", "date", "person")
"""Kinds whose answer has a form: without a figure, a date or a name a passage isn't one."""


def usable(passages: Sequence[Passage], query: Query, terms: Terms) -> list[Passage]:
    """Those of `passages` an answer may rest on, in the given order; none means the documents don't tell."""
    return [p for p in passages if is_enough(p, query, terms)]


def is_enough(passage: Passage, query: Query, terms: Terms) -> bool:
    """Whether `passage` covers the question, in its region and year, with the attribute and the form asked for."""
    if passage.coverage < ENOUGH or not passage.in_place or not terms.weights:
        return False
    if is_the_opposite(query.text, passage.text):
        return False
    if query.kind in KINDS_THAT_MUST_FIT and passage.fit < 0.5:
        return False
    if query.kind == "number" and not all(shows(measure, passage) for measure in measures(query)):
        return False
    if query.kind in ("general", "yes_no") and not passage.fit:
        return False  # It lacks what any answer has: a penalty, a colour.
    if query.kind == "date" and passage.own < SAYS_ITSELF:
        return False
    if query.kind == "yes_no" and (passage.own < SAYS_THE_POINT or not _STATES.search(passage.text)):
        return False
    if query.kind == "yes_no" and not (holds_figures(query.figures, passage.text) and holds_units(query, passage)):
        return False
    return says_attribute(query, passage)


def says_attribute(query: Query, passage: Passage) -> bool:
    """Whether `passage` names the attribute asked for, if one is, or has a figure that tells it by itself."""
    if query.focus is None or query.focus in _FIGURES_SAY_IT.get(query.unit or "", ()):
        return True
    if query.unit in (None, "元") and query.focus in _RATES and _AT_A_RATE.search(passage.text):
        return True
    return shows(query.focus, passage)


def is_the_opposite(question: str, text: str) -> bool:
    """Whether one of them speaks of 非独生子女 and the other of 独生子女 only."""
    if any("非" + word not in text for word in _NOT.findall(question) if word in text):
        return True
    return any(
        word in question and "非" + word not in question and not re.search(rf"(?<!非){word}", text)
        for word in _NOT.findall(text)
    )


def speaks_of_another(text: str, asked: Sequence[Region]) -> bool:
    """Whether `text` names regions, and none that is, holds or lies in one asked about."""
    named = [m.region for m in Gazetteer(r.name for r in asked).find(text)] if asked else []
    return bool(named) and not any(a.covers(n) or n.covers(a) for a in asked for n in named)


def holds_figures(figures: Sequence[str], text: str) -> bool:
    """Whether `text` has every one of `figures`: what a question supposes, only such a text can confirm."""
    stated = set(stated_figures(text))
    return all(figure in stated for figure in figures)


def supposes_units(query: Query) -> bool:
    """Whether a question names an office and supposes what it does (由财政局牵头吗)."""
    return bool(_OFFICE_DOES.search(query.text))


def holds_units(query: Query, passage: Passage) -> bool:
    """Whether `passage` names every office that the question supposes to do something (由财政局牵头吗)."""
    led = _LEAD_UNIT.search(passage.text) if "牵头" in query.text else None
    return all(unit in (led[1] if led else passage.text) for unit in _OFFICE_DOES.findall(query.text))


def measures(query: Query) -> list[str]:
    """What a question names that figures are told of (费率, 工本费): documents and talk have one name for it."""
    return [word for word in query.words if len(word) > 1 and _MEASURE.search(word) and word not in GENERIC]


def amounts(query: Query) -> list[str]:
    """The same with amounts (贷款, 授权量), which a figure's unit may tell as well."""
    return [word for word in query.words if len(word) > 1 and _AMOUNT.search(word)]


def shows(focus: str, passage: Passage) -> bool:
    """Whether the attribute stands in the passage, its headings or its immediate surroundings."""
    around = passage.document.text[max(0, passage.start - 60) : passage.end + 60]
    text = fold(around + " ".join(passage.chunk.path))
    head = fold(focus)
    pairs = [head[i : i + 2] for i in range(len(head) - 1)] or [head]
    return head in text or (len(head) > 2 and sum(p in text for p in pairs) / len(pairs) >= ENOUGH_FOCUS)
