"""How alike two documents are, and the keys by which those that may be alike are found without comparing all."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from vectorstore.model import Document

ENOUGH_LETTERS: Final = 200
"""A shorter text, such as a single article, is only ever compared as a whole: its sentences stand in many others."""
_SENTENCE_END: Final = re.compile(r"[。！？!?；;\n]")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_SHORTEST_SENTENCE: Final = 10
_LONG_NAME: Final = 6
"""Letters of a name that may be one document's only."""
_SMALLEST: Final = 16
"""Sentences, by hash, of which a document's keys are made. Of two texts that share a tenth of theirs, four pairs
in five have one of these in common; of two that share nine tenths, nearly all have two that follow each other."""
_SHINGLE: Final = 6
_WHOLE: Final = 20_000
"""Letters from which on only a sample of the shingles is compared."""
# Not (二) or (第三批): that is the second or third of a series, not an edition of one document.
_EDITION: Final = re.compile(
    r"[(（\[【〔](?!第?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[批期号次辑部]?[)）\]】〕])[^()（）\[\]【】〔〕]{1,30}[)）\]】〕]$"
)
_SITE: Final = re.compile(r"[_|｜].*$")


def letters(text: str) -> str:
    """The text without all that copies differ in: blanks, punctuation, width and case."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).lower())


def stem(title: str) -> str:
    """What editions of a document are called alike: the title without its site, its country and “(2018年修正)”."""
    title = _SITE.sub("", title).strip()
    while (shorter := _EDITION.sub("", title).strip()) != title and shorter:
        title = shorter
    return letters(title).removeprefix("中华人民共和国")


def keys(document: Document) -> set[int]:
    """Numbers of which a document has at least one in common with every copy, and most likely with every edition."""
    # Every document goes through here, so width and case, which few differ in, are left as they are.
    whole = _NO_LETTER.sub("", document.text)
    found = {_number("=", whole)}
    name = stem(document.title)
    if len(whole) < ENOUGH_LETTERS:
        # A short rule is a version of another by its name alone; a single article doesn't begin with it.
        own = len(name) >= _LONG_NAME and letters(document.text).removeprefix("中华人民共和国").startswith(name)
        return found | {_number("~", name)} if own else found
    found.add(_number("~", name))
    if document.doc_number:
        found.add(_number("#", letters(document.doc_number)))
    sentences = {_NO_LETTER.sub("", part) for part in _SENTENCE_END.split(document.text)}
    smallest = sorted(_number("", part) for part in sentences if len(part) >= _SHORTEST_SENTENCE)[:_SMALLEST]
    found.update(_number(name, str(number)) for number in smallest)
    found.update(_number(str(first), str(second)) for first, second in pairwise(smallest[: _SMALLEST // 2 + 1]))
    return found


def shingles(text: str) -> set[str]:
    """Every run of six letters that the text holds; of a very long text about every eighth, by its first letter."""
    whole = letters(text)
    runs = range(max(len(whole) - _SHINGLE + 1, 1))
    if len(whole) > _WHOLE:
        return {whole[i : i + _SHINGLE] for i in runs if ord(whole[i]) % 8 == 0}
    return {whole[i : i + _SHINGLE] for i in runs}


def likeness(a: set[str], b: set[str]) -> tuple[float, float]:
    """Of two texts' shingles: the share that both have of all, and of those of the shorter."""
    if not a or not b:
        return 0.0, 0.0
    both = len(a & b)
    return both / (len(a) + len(b) - both), both / min(len(a), len(b))


def _number(kind: str, text: str) -> int:
    digest = blake2b(f"{kind}\0{text}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
