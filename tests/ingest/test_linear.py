"""Reading what is made to be slow takes time in proportion to its length, and bounded memory.

With ZHENGWEN_SLOW_TESTS set, all shapes are also read at the size of 50 MB (an hour's work for a laptop).
"""

from __future__ import annotations

import os
import resource
import sys
import time
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from ingest.document import read_document
from ingest.doubts import find_doubts
from ingest.errors import UnreadableFile
from ingest.facts import find_facts

SMALL, TIMES = 20_000, 10
"""Bytes of the smaller of two texts, and how many times as long the other is."""
SLACK = 2.5
"""How many times its share of time the longer text may take; what is quadratic takes ten times its share."""
UNIT = {
    "levels from the outermost to the innermost": (
        "第一编 总则\n第一章 总则\n第一节 总则\n第一条 总则\n"
        "一、总则\n（一）总则\n1.总则\n(1)总则\n①总则\n1.1.1.1总则\n"
    ),
    "one line": "甲乙丙丁戊己庚辛",
    "short lines": "甲\n",
    "lines alike": "这是同一行重复的文字而已\n",
    "open brackets": "(",
    "open wide brackets": "（",
    "numbers of items on one line": "一、",
    "bracketed numbers on one line": "（一）",
    "articles on one line": "第一条",
    "blanks and digits": "　 1 ",
    "digits": "1234567890",
    "thousands": "1,",
    "decimals": "1.1.",
    "open titles": "《",
    "titles and half numbers": "《甲》（乙〔2019〕",
    "half numbers": "国发〔2019",
    "figures": "到2020年，达到5家、",
    "shares": "分别5%和",
    "units in charge": "由市财政局、",
    "labels of units": "牵头单位：市财政局、责任单位：",
    "people": "局长王",
    "people set apart": "局 长 ",
    "sentences and blanks": "甲。 ",
    "dates": "2019年1月1日",
    "repeals": "《甲办法》、",
    "lists of repeals": "废止的文件目录\n1.《甲办法》\n",
    "tables": "责任单位\t任务\n",
    "rosters": "张　三　　市财政局局长\n",
    "turns": "记者：问题\n王某：答案\n",
    "annexes": "附件1\n",
    "contents": "第一章 总则\n第二章 分则\n第三章 细则\n第四章 附则\n",
    "misread numbers": "清政发〔20l9」5号",
    "validity": "有效期为自",
}


def headings(size: int) -> bytes:
    """As many headings as fit, counted through: a million in 14 MB."""
    lines, length = [], 0
    for number in count(1):
        lines.append(f"{number % 900 + 1}.任务\n")
        length += len(lines[-1].encode())
        if length >= size:
            return "".join(lines).encode()
    raise AssertionError


def text(shape: str, size: int) -> bytes:
    title = "清湖市节能条例\n".encode()
    if shape == "headings":
        return title + headings(size)
    unit = UNIT[shape].encode()
    return title + unit * (size // len(unit))


def seconds(data: bytes) -> float:
    """CPU time of reading a file with these bytes: its structure, metadata, chunks, slips and facts."""
    started = time.process_time()
    try:
        document, chunks = read_document(Path("/政策/a.txt"), data, today=date(2026, 1, 1))
    except UnreadableFile:
        return time.process_time() - started
    find_doubts(document)
    find_facts(document)
    assert all(document.text[chunk.start : chunk.end] == chunk.text for chunk in chunks[:: len(chunks) // 100 + 1])
    return time.process_time() - started


@pytest.mark.parametrize("shape", ["headings", *UNIT])
def test_time_grows_as_the_text_does(shape: str) -> None:
    short, long = text(shape, SMALL), text(shape, SMALL * TIMES)
    allowed = SLACK * TIMES * max(seconds(short), 0.01)
    took = seconds(long)
    assert took <= allowed or seconds(long) <= allowed  # once more: other work on the machine may have slowed it


def _peak() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def test_a_line_of_fifty_megabytes_is_read_in_bounded_memory() -> None:
    data = text("one line", 50_000_000)
    before = _peak()
    seconds(data)
    assert _peak() - before < 30 * len(data)


@pytest.mark.skipif("ZHENGWEN_SLOW_TESTS" not in os.environ, reason="takes an hour; set ZHENGWEN_SLOW_TESTS to run it")
@pytest.mark.parametrize("shape", ["headings", *UNIT])
def test_fifty_megabytes_of_each_shape(shape: str) -> None:
    assert seconds(text(shape, 50_000_000)) <= SLACK * 10 * max(seconds(text(shape, 5_000_000)), 0.1)
