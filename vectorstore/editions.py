"""Which of a library's documents are copies of one another, which are versions, and which of them is current."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from vectorstore.likeness import ENOUGH_LETTERS, letters, stem
from vectorstore.model import Document

Pair = tuple[str, str]
"""Ids of two documents, the smaller first."""
_SAME: Final = 0.9
_WITHIN: Final = 0.97
_MOSTLY: Final = 0.7
"""Share in common of two copies; or, with the same number or date, of one that lies within the other, and of both."""
_RULE: Final = re.compile(r"(?:法|条例|办法|规定|细则|规则|规程|准则|标准|章程|制度|预案|解释|目录|清单)$")
_RULE_REVISED: Final = 0.08
"""A rule that is made anew keeps its name and may keep little else; nothing, where the name says whose rule it is."""
_REVISED: Final = 0.4
"""Other papers of one name, such as a notice every year, are versions only if most of the text is kept."""
_NATIONAL: Final = re.compile(r"^中华人民共和国|国务院|最高人民|全国人民代表大会")
_ACT: Final = re.compile(r"(?<!办)法$")
_SHORTEST_NAME: Final = 6
"""Letters of a name that tells more than 管理办法; an act's, or a national rule's, may be shorter (公司法)."""
_SAME_TIME: Final = 60
"""Days: two dates so near are read off two places of one document, if the texts are practically equal."""
_EQUAL: Final = 0.98
_OPENING: Final = 300
_NEXT: Final = re.compile(r"第?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[批期号次辑部]?")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a document decides which edition of what it is."""

    doc_id: str
    name: str
    """Stem of the title."""
    number: str
    issuer: str
    region: str
    made: date | None
    """成文日期; None where only a day of publication is known."""
    when: date | None
    """When it was made, else published, else came into force, else the year its title names in brackets."""
    national: bool
    """Whether the title says that it is the whole country's."""
    length: int
    """Letters of the text."""
    opening: str
    known: int
    """How much it states of itself."""
    source: str

    @classmethod
    def of(cls, document: Document) -> Profile:
        name, whole = stem(document.title), letters(document.text)
        years = _YEAR.findall(document.title[-20:]) if name != letters(document.title) else []
        stated = (document.doc_number, document.issuer, document.region, document.date, document.kind, document.origin)
        return cls(
            document.id,
            name,
            letters(document.doc_number or ""),
            letters(document.issuer or ""),
            document.region or "",
            document.date if document.date != document.published else None,
            document.date or document.effective or (date(int(years[-1]), 1, 1) if years else None),
            bool(_NATIONAL.search(document.title)),
            len(whole),
            whole[:_OPENING],
            sum(value is not None for value in stated),
            document.source,
        )


def relate(a: Profile, b: Profile, alike: tuple[float, float]) -> Literal["copy", "version"] | None:
    """Whether two documents are the same one, or versions of one, given the shares that `likeness` found in common."""
    jaccard, contained = alike
    if _differ(a.region, b.region) or _differ(a.issuer, b.issuer):
        return None
    same_name = a.name == b.name
    apart = abs((a.made - b.made).days) if a.made and b.made else 0
    dated_apart = apart > (_SAME_TIME if jaccard >= _EQUAL else 0)
    short = min(a.length, b.length) < ENOUGH_LETTERS
    if not dated_apart and not _differ(a.number, b.number):
        same_number = bool(a.number) and a.number == b.number
        named_alike = same_name or same_number or _named_in(a, b) or _named_in(b, a)
        same_paper = same_number or (a.when is not None and a.when == b.when)
        same_text = jaccard >= _SAME or (same_paper and contained >= _WITHIN and jaccard >= _MOSTLY)
        if named_alike and (jaccard == 1.0 if short else same_text):
            return "copy"
    tells = len(a.name) >= _SHORTEST_NAME or bool(_ACT.search(a.name)) or (a.national and b.national)
    if not (same_name and tells) or a.when is None or b.when is None or a.when == b.when:
        return None
    rule = _RULE.search(a.name) is not None
    # A short text may be a single article, or part of the other; a whole rule begins with its name.
    whole = rule and 2 * min(a.length, b.length) > max(a.length, b.length) and all(map(_begins_with_name, (a, b)))
    if short and not whole:
        return None
    whose = (a.national and b.national) or (a.region and a.region == b.region)
    needed = _REVISED if not rule else 0.0 if whose and not short else _RULE_REVISED
    return "version" if jaccard >= needed else None


def superseded(
    profiles: Mapping[str, Profile], related: Iterable[tuple[Pair, Literal["copy", "version"]]]
) -> dict[str, tuple[Literal["copy", "older"], str]]:
    """Each document that isn't current → why not, and the id of the one that is; the order of nothing plays a part."""
    pairs = sorted(related)
    edition = _joined(profiles, (pair for pair, kind in pairs if kind == "copy"))
    work = _joined(profiles, (pair for pair, _ in pairs))
    latest: dict[str, tuple[date, str]] = {}  # work → when its newest edition was made, and that edition
    newest: dict[str, date] = {}  # edition → when it was made
    for doc_id, profile in profiles.items():
        newest[edition[doc_id]] = max(newest.get(edition[doc_id], date.min), profile.when or date.min)
    for doc_id in profiles:
        candidate = newest[edition[doc_id]], edition[doc_id]
        latest[work[doc_id]] = max(latest.get(work[doc_id], candidate), candidate)
    shown: dict[str, str] = {}  # edition → the copy of it that is kept
    for profile in sorted(profiles.values(), key=lambda found: (-found.known, found.source, found.doc_id)):
        shown.setdefault(edition[profile.doc_id], profile.doc_id)
    found: dict[str, tuple[Literal["copy", "older"], str]] = {}
    for doc_id in profiles:
        current = latest[work[doc_id]][1]
        if edition[doc_id] != current:
            found[doc_id] = "older", shown[current]
        elif shown[current] != doc_id:
            found[doc_id] = "copy", shown[current]
    return found


def _differ(a: str, b: str) -> bool:
    """Whether both are stated and neither is part of the other."""
    return bool(a and b) and a not in b and b not in a


def _named_in(a: Profile, b: Profile) -> bool:
    """Whether the name of one stands in the name or the opening of the other, which isn't the next of a series."""
    if len(a.name) < _SHORTEST_NAME or _NEXT.fullmatch(b.name.replace(a.name, "", 1)):
        return False
    return a.name in b.name or a.name in b.opening


def _begins_with_name(a: Profile) -> bool:
    return a.opening.removeprefix("中华人民共和国").startswith(a.name)


def _joined(ids: Iterable[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """Each id → the smallest of those that pairs join it to."""
    root = {doc_id: doc_id for doc_id in ids}

    def top(doc_id: str) -> str:
        while root[doc_id] != doc_id:
            root[doc_id] = root[root[doc_id]]
            doc_id = root[doc_id]
        return doc_id

    for a, b in pairs:
        first, second = sorted((top(a), top(b)))
        root[second] = first
    return {doc_id: top(doc_id) for doc_id in root}
