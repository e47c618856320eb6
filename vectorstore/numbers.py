"""How document numbers (发文字号) are written, and misread by scanners: 国发〔2015〕71号, 国发〔20l5」7l号."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

OPENING: Final = r"〔﹝\[［(（【「『〖｛{<〈"
CLOSING: Final = r"〕﹞\]］)）】」』〗｝}>〉"
DIGIT: Final = r"[\dlIＩ|｜OoＯ○〇]"
"""A digit, or what is taken for one: l for 1, O for 0."""
YEAR_AND_FIGURE: Final = (
    rf"[{OPENING}]\s?(?P<year>[1lIＩ|｜2２１]{DIGIT}{{3}})\s?[{CLOSING}]\s?第?\s?(?P<figure>{DIGIT}{{1,5}})\s?号"
)
"""What every number with a year ends with, however badly it is read; `usual` and the groups tell which it is."""
_LOOKS: Final = str.maketrans("lIＩ|｜OoＯ○〇", "1111100000")
_BRACKETED: Final = re.compile(rf"[{OPENING}]({DIGIT}{{4}})[{CLOSING}]第?({DIGIT}{{1,5}})号")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_ORDER: Final = re.compile(r"^(?:中华人民共和国)?(?:国令|国务院令)")
_PLAIN: Final = re.compile(r"(?:〔\d{4}〕|\[\d{4}\]|\(\d{4}\)|【\d{4}】)第?\d{1,5}号")


def usual(number: str) -> str:
    """The number as official papers write it: 〔〕 around the year, plain digits, no blanks, no 第 before the figure.

    A number without a year in brackets (国务院令第707号) only loses its blanks.
    """
    return _BRACKETED.sub(
        lambda found: f"〔{digits(found[1])}〕{digits(found[2])}号" if is_year(found[1]) else found[0],
        re.sub(r"\s", "", number),
    )


def digits(text: str) -> str:
    """Plain digits for what stands in the place of a number: 20l5 → 2015, ２０１５ → 2015."""
    return unicodedata.normalize("NFKC", text.translate(_LOOKS))


def is_year(text: str) -> bool:
    """Whether what stands in the place of a year is one."""
    return _YEAR.fullmatch(digits(text)) is not None


def is_misread(written: str) -> bool:
    """Whether a number with a year is written as nobody writes it: brackets that don't belong together, letters."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\s", "", written))
    return _BRACKETED.search(plain) is not None and _PLAIN.search(plain) is None


def for_lookup(number: str) -> str:
    """A number for comparing: `usual`, half width, without 第, and an order (国令第707号) by its full name."""
    return _ORDER.sub("国务院令", unicodedata.normalize("NFKC", usual(number)).replace("第", ""))
