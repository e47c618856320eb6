"""Cuts text into the words and character pairs that BM25 counts."""

from __future__ import annotations

import re
import unicodedata

_CJK_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def words(text: str) -> list[str]:
    """Words of the text in order, NFKC-normalised and lower-cased, without punctuation and blanks."""
    return _words(_normalise(text))


def is_word(text: str) -> bool:
    """Whether the dictionary has `text` as a word; a person's name it mostly has not."""
    import rjieba

    return bool(rjieba.has_word(text))


def terms(text: str) -> list[str]:
    """What is indexed and queried: the words, then the character pairs of every Chinese run.

    A two-character word therefore counts twice, once as a word and once as a pair. Latin words and numbers stay whole.
    """
    normal = _normalise(text)
    return _words(normal) + _pairs(normal)


def pairs(text: str) -> list[str]:
    """The character pairs of every Chinese run of the text."""
    return _pairs(_normalise(text))


def _words(normal: str) -> list[str]:
    import rjieba

    cut: list[str] = rjieba.cut(normal)
    # Most words are letters throughout or a single mark, which is quickly seen.
    return [w for w in cut if w.isalnum() or (len(w) > 1 and any(char.isalnum() for char in w))]


def _pairs(normal: str) -> list[str]:
    return [run[i : i + 2] for run in _CJK_RUN.findall(normal) for i in range(len(run) - 1)]


def _normalise(text: str) -> str:
    # A lone surrogate has no UTF-8 form, and the segmenter is Rust.
    return replace_surrogates(unicodedata.normalize("NFKC", text)).lower()


def replace_surrogates(text: str) -> str:
    """The text with every lone surrogate replaced by U+FFFD, so that it can be encoded; the length stays."""
    return _SURROGATE.sub("\ufffd", text)


_SURROGATE = re.compile("[\ud800-\udfff]")
