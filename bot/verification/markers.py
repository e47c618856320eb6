"""Citation markers in a draft, in every spelling that chat models use, told from brackets that are text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_DIGITS = r"[0-9０-９]"
_NUMBER = rf"{_DIGITS}{{1,18}}"
_CALLED = r"(?:资料|来源|文件|段落|引用|材料|参考|出处|passage|source|document|doc|ref|\^|#)?"
_JOINED = r"(?:[,，、;；]|-|–|—|~|～|至|到|和)"
_MARKER = re.compile(
    rf"(?:\[|【|［)\s*{_CALLED}\s*[:：]?\s*(?P<inside>{_NUMBER}(?:\s*{_JOINED}\s*{_CALLED}\s*{_NUMBER})*)"
    r"(?:†[^\]】］]{0,40})?\s*(?:\]|】|］)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?:\(|（)\s*(?:见|参见|详见)?\s*(?:资料|来源|段落|引用|参考|出处|passages?|sources?|ref)\s*[:：]?\s*"
    rf"(?P<inside>{_NUMBER}(?:\s*{_JOINED}\s*{_CALLED}\s*{_NUMBER})*)\s*(?:\)|）)",
    re.IGNORECASE,
)
"""In round brackets only what says that it is one: (来源1)."""
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|—|~|～|至|到)\s*{_CALLED}\s*({_NUMBER})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEHIND_NUMBER = re.compile(r"\s*第?\s*\d{1,5}\s*号")
_BEFORE = 4
"""Characters before a bracket by which it is found again in a source."""


@dataclass(frozen=True, slots=True)
class Marker:
    """draft[start:end] is a marker; `numbers` are the passages it names, none when it names what isn't there."""

    start: int
    end: int
    numbers: tuple[int, ...]


def find_markers(draft: str, count: int, in_source: Callable[[str], bool]) -> list[Marker]:
    """The markers of `draft`, which may name the passages 1..`count`.

    A number that no passage has is left out, and so is a range that leaves 1..count: it is invented. Not markers are
    a year in brackets ([2023], 国发〔2020〕5号) and what stands in a source like this: `in_source` tells whether the
    few characters before the bracket with the bracket are a source's own.
    """
    found = []
    for match in sorted((*_MARKER.finditer(draft), *_IN_WORDS.finditer(draft)), key=re.Match.start):
        inside = unicodedata.normalize("NFKC", match["inside"])
        if _YEAR.fullmatch(inside) or _BEHIND_NUMBER.match(draft, match.end()):
            continue
        before = re.sub(
            r"\s", "", re.split(r"[\n。！？；\]】］]", draft[max(0, match.start() - 4 * _BEFORE) : match.start()])[-1]
        )[-_BEFORE:]
        if len(before) > 1 and in_source(before + match.group()):
            continue
        found.append(Marker(match.start(), match.end(), _numbers(inside, count)))
    return found


def has_markers(text: str) -> bool:
    """Whether a source has brackets that look like markers."""
    return _MARKER.search(text) is not None


def _numbers(inside: str, count: int) -> tuple[int, ...]:
    """The numbers 1..count that a marker names, in order, each once."""
    named: list[int] = []
    for first, last in _RANGE.findall(inside):
        if 1 <= int(first) <= int(last) <= count:
            named += range(int(first), int(last) + 1)
    named += (int(number) for number in re.findall(r"\d+", _RANGE.sub(" ", inside)))
    return tuple(dict.fromkeys(number for number in named if 1 <= number <= count))


def unlike_markers(text: str) -> str:
    """`text` with what a reader would take for a marker written in full width: [1] → ［1］."""
    return re.sub(r"\[(\d{1,3})\]", r"［\1］", text)
