"""Numbers written in either script: 1,200.5, 三百二十, 两千万, 十五点六."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

HAN: Final = "零〇一二两三四五六七八九十百千"
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def scaled(scale: str) -> int:
    """The value of what stands behind a number: 万 is 10000."""
    value = 1
    for sign in scale:
        value *= _SCALES[sign]
    return value


def number(digits: str) -> Fraction:
    """A number in either script: 1,200.5, 三百二十, 两千万, 十五点六."""
    if digits[0].isdigit() and digits[0] in "0123456789":
        return Fraction(digits.replace(",", ""))
    integer, _, decimals = digits.partition("点")
    value = Fraction(whole(integer))
    if decimals:
        value += Fraction(int("".join(str(_DIGIT[sign]) for sign in decimals if sign in _DIGIT)), 10 ** len(decimals))
    return value


_DIGIT: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}


def whole(text: str) -> int:
    """A whole number in either script; a row of digits (二〇一七) is read digit by digit."""
    if text.isdecimal():
        return int(text)
    if not any(sign in _SCALES for sign in text):
        return int("".join(str(_DIGIT[sign]) if sign in _DIGIT else sign for sign in text))
    total = part = digit = 0
    for sign in text:
        if sign in "万亿":
            total = (
                (total + part + digit) * _SCALES[sign] if sign == "亿" else total + (part + digit or 1) * _SCALES[sign]
            )
            part = digit = 0
        elif sign in _SCALES:
            part, digit = part + (digit or 1) * _SCALES[sign], 0
        else:
            digit = _DIGIT.get(sign, 0)
    return total + part + digit
