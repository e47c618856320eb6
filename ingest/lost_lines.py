"""Gives a text its lines back where it was saved with a blank for every line break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.dates import DATE
from ingest.loaders.block import Block
from ingest.markers import find_marker
from ingest.numbers import find_numbers

LONG: Final = 150
"""Characters of a line that may have been several; a shorter one is left alone."""
_BLANKS: Final = re.compile(r"[^\S\n]+")
_SENTENCE_END: Final = "。！？!?；;"
_CLOSED: Final = re.compile(r"[。！？!?；;：:][”’」』）)】]*$")
_WIDE: Final = re.compile(r"[\u3000\xa0\u2002\u2003].*[\u3000\xa0\u2002\u2003 ]|[\u3000\u2003]|\s{3,}")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff《》“”（）【】]")
_CLOSING: Final = re.compile(r"[”’」』）)】》、，。；：！？]")
_PARAGRAPH: Final = 30
"""Characters without a blank that are no word of a line but a text of their own."""
_SHORT_WORD: Final = 4
"""Characters of a name or an office, which stand beside a blank within a line: 财政部 税务总局, 记者 王小明."""
_LOOK_BACK: Final = 400
"""Characters before a blank that are looked at: a bracket open for longer was never closed."""
_PAIRS: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】", "「": "」"}


def with_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that were several lines cut into these; headings stay whole."""
    return [
        part
        for block in blocks
        for part in ([block] if block.level else [Block(line) for line in restored(block.text)])
    ]


def restored(line: str) -> list[str]:
    """The lines that `line` was made of; itself where nothing says that it was more than one.

    What says so is a long line with a blank behind the end of a sentence, where Chinese has none. Then a blank is a
    break behind the end of a sentence or a salutation, before a numbered item, a document number or a date, where it
    is wide, and between two long words; never within brackets or quotation marks.
    """
    if len(line) < LONG or "\t" in line or not _has_blank_behind_sentence(line):
        return [line]
    return [part for part in _parts(line) if part]


def _has_blank_behind_sentence(line: str) -> bool:
    return any(gap.start() and line[gap.start() - 1] in _SENTENCE_END for gap in _BLANKS.finditer(line))


def _parts(line: str) -> Iterator[str]:
    gaps = list(_BLANKS.finditer(line))
    start = 0
    for i, gap in enumerate(gaps):
        before = line[max(start, gap.start() - _LOOK_BACK) : gap.start()]
        word = line[gaps[i - 1].end() if i else 0 : gap.start()]
        after = line[gap.end() : gaps[i + 1].start() if i + 1 < len(gaps) else len(line)]
        if before and after and _is_break(before, word, after, blank=gap[0]):
            yield line[start : gap.start()].strip()
            start = gap.end()
    yield line[start:].strip()


def _is_break(before: str, word: str, after: str, *, blank: str) -> bool:
    """Whether the `blank` between the words `word` and `after` was a line's end; `before` is what of it is known."""
    if _CLOSING.match(after):
        return False
    if _CLOSED.search(before):
        return True
    if _is_open(before):
        return False
    if find_marker(after) is not None or DATE.match(after) or _is_number(after):
        return True
    if len(word) == 1 or len(after) == 1:
        return False  # 时 间, 李 明
    if not (_CHINESE.match(before[-1]) and (_CHINESE.match(after) or len(after) > _PARAGRAPH)):
        return False
    return bool(_WIDE.search(blank)) or (len(word) > _SHORT_WORD and len(after) > _SHORT_WORD)


def _is_number(text: str) -> bool:
    return any(text.startswith(number[:2]) and len(text) < 40 for number in find_numbers(text[:40]))


def _is_open(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS.items())
