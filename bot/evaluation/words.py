"""How near an answer's words come to a reference: shared characters, longest common subsequence, containment. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict

_MARKER = re.compile(r"\[\d{1,4}\]")


def squash(text: str) -> str:
    """The letters, digits and Chinese characters of a text, in their ordinary width and lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def bare(answer: str) -> str:
    """The text of an answer without its markers [1], [2], …"""
    return _MARKER.sub("", answer)


def character_f1(said: str, reference: str) -> float:
    """Harmonic mean of precision and recall over the characters of two squashed texts, order aside: 0…1."""
    return _f1((Counter(said) & Counter(reference)).total(), len(said), len(reference))


def rouge_l(said: str, reference: str) -> float:
    """ROUGE-L (Lin 2004, β = 1) over characters: F1 of the longest common subsequence of two squashed texts."""
    return _f1(common_subsequence(said, reference), len(said), len(reference))


def common_subsequence(one: str, other: str) -> int:
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004): a row of the table is one integer."""
    places: defaultdict[str, int] = defaultdict(int)
    for place, character in enumerate(one):
        places[character] |= 1 << place
    every = (1 << len(one)) - 1
    row = every
    for character in other:
        matched = row & places.get(character, 0)
        row = ((row + matched) | (row - matched)) & every
    return len(one) - row.bit_count()


def _f1(common: int, said: int, reference: int) -> float:
    return 2 * common / (said + reference) if said + reference else 0.0
