"""Finds who sees to which task: brackets behind an item, labelled lists, sentences (由…负责) and tables of tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from ingest.facts.source import Line, Source
from ingest.facts.units import LABEL, Charge, is_unit, read_charge, says_first_leads, split_units
from ingest.markers import find_marker
from vectorstore.model import Responsibility

_TOLD: Final = re.compile(r"负责|牵头|配合|落实|承担|(?:责任|主办|协办|参与|参加|实施|承办|主管)(?:单位|部门)")
_BRACKET: Final = re.compile(r"[(（]((?:[^（()）]|[(（][^（()）]{0,40}[)）]){2,600})[)）]")
_IN_SENTENCE: Final = re.compile(
    r"由(?P<who>[^,，。；;、:：]{2,30}(?:、[^,，。；;、:：]{2,30}){0,12}?)(?P<how>(?:共同|分别|具体|统一|按职责分工)*(?:负责|牵头))"
    r"(?P<rest>[^。；;\n]{0,80})"
)
_UNIT_SEES: Final = re.compile(
    r"(?:(?<=[\n。；;])|\A)\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．])?(?P<who>[\u4e00-\u9fff]{3,24}?)(?:具体|统一|全面|统筹|主要)?负责(?P<task>(?!人|同志|的|制|任)[\u4e00-\u9fff][^，,。；;\n]{2,60})"
)
_ASSISTING: Final = re.compile(
    r"[,，](?P<who>[^,，。；;]{2,80}?)(?:等)?(?:予以|给予|积极|密切)?(?:配合|参与|协助|参加)"
)
_TASK_COLUMN: Final = re.compile(r"任务|内容|事项|措施|举措|项目|工作")
_UNIT_COLUMN: Final = re.compile(r"(牵头|主办|责任|负责|实施|承办|配合|协办|参与|参加|主管)(?:责任)?(?:单位|部门)")
_LONGEST_TASK: Final = 60
_NUMBERED: Final = re.compile(r"^\s*[一二三四五六七八九十]+是|^\s*第[一二三四五六七八九十]+[,，]")


def find_responsibilities(source: Source) -> Iterator[Responsibility]:
    """The document's tasks with the units in charge, in order."""
    first_leads = says_first_leads(source.text)
    yield from _tables(source)
    for section, group in groupby(source.lines, key=lambda line: line.section):
        lines = [
            line
            for line in group
            if _TOLD.search(source.text, line.start, line.end) and "\t" not in source.text[line.start : line.end]
        ]
        stated = [found for line in lines for found in _stated(source, line, first_leads=first_leads)]
        before = section.start if section.path else None
        for line, start, end, charge, task in _joined(stated, source):
            yield Responsibility(
                doc_id=source.document.id,
                start=start,
                end=end,
                quote=source.text[start:end],
                path=line.path,
                region=source.region(line.path),
                task=task or _task(source, line, start, before, alone=len(stated) == 1),
                lead=charge.lead,
                units=charge.units,
                assisting=charge.assisting,
            )
            before = end


_Stated = tuple[Line, int, int, Charge, str]  # line, start, end, units, and the task where the words themselves name it


def _stated(source: Source, line: Line, *, first_leads: bool) -> Iterator[_Stated]:
    """What one line states."""
    text, end = source.text, line.end
    taken = line.start
    for match in _BRACKET.finditer(text, line.start, end):
        if _TOLD.search(match[1]) and (charge := read_charge(match[1], first_leads=first_leads)):
            yield line, match.start(), match.end(), charge, ""
            taken = match.end()
    label = LABEL.search(text, taken, end)
    if label is not None:
        charge = read_charge(text[label.start() : end])
        if charge:
            yield line, label.start(), label.start() + len(text[label.start() : end].rstrip()), charge, ""
        end = label.start()
    yield from _sentences(source, line, taken if taken > line.start else line.start, end)


def _sentences(source: Source, line: Line, start: int, end: int) -> Iterator[_Stated]:
    text = source.text
    position = start
    while (match := _IN_SENTENCE.search(text, position, end)) is not None:
        position = match.end("how")
        units = split_units(match["who"].removesuffix("等"))
        if not units or not all(map(is_unit, units)):
            continue
        helping = _ASSISTING.search(match["rest"])
        helpers = split_units(helping["who"]) if helping else []
        helpers = helpers if all(map(is_unit, helpers)) else []
        lead = "牵头" in match["how"]
        charge = Charge(tuple(units) if lead else (), () if lead else tuple(units), tuple(helpers))
        stop = match.start("rest") + helping.end() if helping and helpers else match.end("how")
        yield line, match.start(), stop, charge, _clause_before(text, start, match.start()) or _object(match["rest"])
        position = stop
    for match in _UNIT_SEES.finditer(text, start, end):
        who = split_units(match["who"])
        if all(map(is_unit, who)) and "由" not in match["who"]:
            yield line, match.start("who"), match.end(), Charge(units=tuple(who)), match["task"][:_LONGEST_TASK]


def _joined(stated: Sequence[_Stated], source: Source) -> Iterator[_Stated]:
    """The statements in order; labels on lines of their own (牵头单位：… below 责任单位：…) are one."""
    kept: _Stated | None = None
    for found in sorted(stated, key=lambda one: one[1]):
        labelled = LABEL.match(source.text, found[1]) is not None
        if (
            kept is not None
            and labelled
            and LABEL.match(source.text, kept[1])
            and not source.text[kept[2] : found[1]].strip()
        ):
            old, new = kept[3], found[3]
            merged = Charge(old.lead + new.lead, old.units + new.units, old.assisting + new.assisting)
            kept = (kept[0], kept[1], found[2], merged, "")
            continue
        if kept is not None:
            yield kept
        kept = found
    if kept is not None:
        yield kept


def _task(source: Source, line: Line, start: int, before: int | None, *, alone: bool) -> str:
    """The heading of the section, or the first words since the last statement where the section has several."""
    if alone and line.path:
        return _bare(line.path[-1])
    begin = max(before or 0, line.start)
    words = source.text[begin:start].strip(" 。；;、,，")
    if not words and line.path:  # the units stand on a line of their own
        words = source.text[before if before is not None else line.section.start : start].strip(" \n。；;")
    return _own_words(_bare(words)) or (_bare(line.path[-1]) if line.path else "")


def _own_words(words: str) -> str:
    first = re.split(r"[。！？；;\n]", words.strip())[0].strip(" ,，、：:")
    if len(first) > _LONGEST_TASK:
        cut = max(first.rfind(mark, 8, _LONGEST_TASK) for mark in ",，、")
        first = first[: cut if cut > 0 else _LONGEST_TASK]
    return first


def _object(rest: str) -> str:
    """What follows 由…负责 up to the clause's end; "" where that names no task (统筹, 落实)."""
    words = re.split(r"[，,。；;]", rest)[0].strip()
    return words if 6 <= len(words) <= _LONGEST_TASK else ""


def _clause_before(text: str, start: int, at: int) -> str:
    """The words of the same clause before a 由…负责."""
    near = max(start, at - 4 * _LONGEST_TASK)  # further back it would be too long in any case
    begin = max(text.rfind(mark, near, at) for mark in "。；;，,：:\n") + 1
    words = _bare(text[max(begin, start) : at]).strip(" 、")
    return words if 4 <= len(words) <= _LONGEST_TASK else ""


def _bare(heading: str) -> str:
    """A heading without its number."""
    heading = heading.strip()
    marker = find_marker(heading)
    if marker is not None:
        heading = re.sub(
            r"^\s*(?:第[^\s]{1,8}[编章节条部分]+|[(（]?\s*[\d一二三四五六七八九十百.．]{1,7}\s*[)）]?\s*[、.．]?|[①-⑳])\s*",
            "",
            heading,
        )
    return _NUMBERED.sub("", heading).strip()


def _tables(source: Source) -> Iterator[Responsibility]:
    """The rows below a header that names columns of tasks and of units."""
    columns: dict[int, str] = {}
    tasks: list[int] = []
    for line in source.lines:
        cells = _cells(source.text, line)
        if len(cells) < 2:
            columns = {}
            continue
        names = [re.sub(r"\s", "", source.text[start:end]) for start, end in cells]
        heads = {
            i: match[1] for i, name in enumerate(names) if len(name) <= 12 and (match := _UNIT_COLUMN.search(name))
        }
        if heads:
            columns = heads
            tasks = [i for i, name in enumerate(names) if i not in heads and _TASK_COLUMN.search(name)]
            continue
        wanted = [cells[i] for i in tasks if i < len(cells) and cells[i][0] < cells[i][1]]
        if not columns or not wanted or max(columns) >= len(cells):
            continue
        text = "；".join(f"{role}单位：{source.text[slice(*cells[i])]}" for i, role in columns.items())
        charge = read_charge(text.replace("主管单位", "责任单位"))
        if not charge:
            continue
        used = [*wanted, *(cells[i] for i in columns)]
        start, end = min(cell[0] for cell in used), max(cell[1] for cell in used)
        yield Responsibility(
            doc_id=source.document.id,
            start=start,
            end=end,
            quote=source.text[start:end],
            path=line.path,
            region=source.region(line.path),
            task=_bare(source.text[slice(*wanted[-1])]),
            lead=charge.lead,
            units=charge.units,
            assisting=charge.assisting,
        )


def _cells(text: str, line: Line) -> list[tuple[int, int]]:
    """The spans of a table row's cells."""
    spans, position = [], line.start
    for cell in text[line.start : line.end].split("\t"):
        lead = len(cell) - len(cell.lstrip())
        spans.append((position + lead, max(position + lead, position + len(cell.rstrip()))))
        position += len(cell) + 1
    return spans
