"""What the reader sees of one text: its pieces, figures and marks in order, and the form of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vectorstore.pieces import embedded_pieces

Numbers = NDArray[np.float32]

NO_PIECE: Final = -1
"""The number of a figure or mark, which the embedded model has no vector for."""
MARK: Final = "\0"
"""The surface of every mark: none is like another."""
MARKS = "，。；：、（）《》“”！？%·-—…/"
_MARKS = {mark: place for place, mark in enumerate(MARKS)}
_MARKS |= {
    char: _MARKS[like] for char, like in zip(",;:()!?％\n「」『』〔〕[]", "，；：（）！？%。“”“”（）（）", strict=True)
}
_FIGURE = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿零两几")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_LAST = tuple(
    map(
        frozenset,
        (
            "市省县区州国镇乡村岛", "局委部厅院办会府署处科站所", "率额数量值价费款金", "长员家人记理任手者师",
            "年月日时天周季", "元个名家项辆架吨里米次场台套岁倍万亿", "馆场园宫厅城广路街", "法例定法则案见知告",
            "是为指即叫称", "由在于对从至到自",
        ),
    )
)  # fmt: skip
"""Last characters of places, offices, measures, persons, times, units, sites and documents, and of 是 and 在 words."""
_OF_FIGURE = len(MARKS) + 1
FORMS = _OF_FIGURE + 6 + len(_LAST) + 2
"""Columns of a token's form: which mark it is, what kind of figure, and how a word begins and ends."""
OF_FIGURES = 0.6
"""How rare a figure is said to be."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as a row of tokens; each array has one entry or row for each."""

    numbers: NDArray[np.int64]
    """Of the embedded model's pieces, or NO_PIECE."""
    forms: Numbers
    rarity: Numbers
    surfaces: tuple[str, ...]
    spans: NDArray[np.int64]
    """Where each begins and ends in the text."""


def tokens(text: str, *, limit: int) -> Tokens:
    """The first `limit` tokens of `text`."""
    found = _cut(text)[:limit]
    pieces = embedded_pieces()
    numbers = np.array([number for number, _, _ in found], dtype=np.int64)
    rarity = np.zeros(len(found), dtype=np.float32)
    words = numbers >= 0
    rarity[words] = pieces.rarity(numbers[words])
    forms = np.zeros((len(found), FORMS), dtype=np.float32)
    surfaces = []
    for row, (number, start, end) in enumerate(found):
        if number != NO_PIECE:
            said, form = _word(text[start:end])
        elif text[start].isdigit():
            said, form = _figure(text[start:end])
            rarity[row] = OF_FIGURES
        else:
            said, form = MARK, (_MARKS[text[start]],)
        surfaces.append(said)
        forms[row, form] = 1
    spans = np.array([(start, end) for _, start, end in found], dtype=np.int64).reshape(-1, 2)
    return Tokens(numbers, forms, rarity, tuple(surfaces), spans)


def _cut(text: str) -> list[tuple[int, int, int]]:
    """Pieces, figures (which pieces would cut anywhere) and marks, in order."""
    figures = [(NO_PIECE, *found.span()) for found in _FIGURE.finditer(text)]
    taken = bytearray(len(text))
    for _, start, end in figures:
        taken[start:end] = b"\1" * (end - start)
    words = [piece for piece in embedded_pieces().cut(text) if not any(taken[piece[1] : piece[2]])]
    marks = [(NO_PIECE, at, at + 1) for at, char in enumerate(text) if char in _MARKS and not taken[at]]
    found: list[tuple[int, int, int]] = []
    for piece in sorted([*figures, *words, *marks], key=lambda piece: (piece[1], piece[0] == NO_PIECE)):
        if piece[2] > piece[1] and (not found or piece[1] >= found[-1][2]):
            found.append(piece)
    return found


def _figure(text: str) -> tuple[str, tuple[int, ...]]:
    """A figure as it is compared, and the columns of its form."""
    figure = unicodedata.normalize("NFKC", text).rstrip(".,")
    if _YEAR.fullmatch(figure):
        return figure, (_OF_FIGURE, _OF_FIGURE + 1)
    if "." in figure:
        return figure, (_OF_FIGURE, _OF_FIGURE + 2)
    return figure, (_OF_FIGURE, _OF_FIGURE + 3) if len(figure) <= 2 else (_OF_FIGURE,)


@lru_cache(maxsize=50_000)
def _word(text: str) -> tuple[str, tuple[int, ...]]:
    """A piece as it is compared, and the columns of its form."""
    word = unicodedata.normalize("NFKC", text).lower() or MARK
    last = word[-1]
    told = (last.isascii(), word[0] in _SURNAMES, all(char in _NUMERALS for char in word), *(last in s for s in _LAST))
    return word, tuple(_OF_FIGURE + 4 + place for place, holds in enumerate((*told, len(word) == 1)) if holds)
