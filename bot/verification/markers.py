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
    rf"(?:\[|【|［|〖)\s*{_CALLED}\s*[:：]?\s*(?P<inside>{_NUMBER}(?:\s*{_JOINED}\s*{_CALLED}\s*{_NUMBER})*)"
    r"(?:†[^\]】］]{0,40})?\s*(?:\]|】|］|〗)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?:\(|（)\s*(?:见|参见|详见)?\s*(?:(?:来源|出处|引自)\s*[:：]\s*)?"
    r"(?:资料|来源|段落|引用|参考|出处|passages?|sources?|ref)\s*[:：]?\s*"
    rf"(?P<inside>{_NUMBER}(?:\s*{_JOINED}\s*{_CALLED}\s*{_NUMBER})*)\s*(?:\)|）)",
    re.IGNORECASE,
)
"""In round brackets only what says that it is one: (来源1)."""
_LOOSE = re.compile(
    r"(?<=[\u4e00-\u9fff\d%％”》）)。①-⑳¹²³])"
    rf"(?:[(（〔]\s*(?P<inside>{_DIGITS}{{1,2}}(?:\s*{_JOINED}\s*{_DIGITS}{{1,2}})*)\s*[)）〕]|(?P<sign>[①-⑳]|[¹²³⁴-⁹]{{1,2}}))"
    r"(?=\s*(?:[。，；,;！？!?、\n\[［【〔（(①-⑳¹²³]|$))"
)
"""Round brackets and raised or circled numbers, only at the end of a clause."""
_SPOKEN = re.compile(
    r"(?<=资料|来源|段落)\s*(?P<inside>\d{1,2}(?:\s*[、和及]\s*(?:资料|来源|段落)?\s*\d{1,2})*)"
    r"\s*(?=(?:中|显示|指出|提到|可知|明确|规定|所述|说明|表明|介绍|[，,：:。]))"
)
"""根据资料1，… as part of the sentence, which goes on without the number."""
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
    found: list[Marker] = []
    spellings = (_MARKER, _IN_WORDS, _LOOSE, _SPOKEN)
    for match in sorted((m for spelling in spellings for m in spelling.finditer(draft)), key=re.Match.start):
        if found and match.start() < found[-1].end:
            continue
        inside = unicodedata.normalize("NFKC", match["inside"] or match["sign"])
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
    return any(spelling.search(text) for spelling in (_MARKER, _IN_WORDS, _LOOSE, _SPOKEN))


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
