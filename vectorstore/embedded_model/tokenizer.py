"""The embedded model's vocabulary: the words and characters of the training texts, as a Unigram tokenizer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from vectorstore.tokens import words

UNKNOWN = "[UNK]"
LONGEST_WORD = 8
"""Characters; longer words are rare names, and better cut into the words they are made of."""


def build_tokenizer(texts: Iterable[str], *, pieces: int) -> Tokenizer:
    """A tokenizer of `pieces` pieces: every character seen at least twice, then the most frequent words.

    A piece's score is the logarithm of its relative frequency, so that the Viterbi path of the Unigram model is a
    dictionary segmenter's most probable one, and nothing but the tokenizers library is needed to read it back.
    Punctuation and blanks are dropped, letters lower-cased, full-width forms made ordinary. Piece 0 stands for
    every unknown character.
    """
    of_words: Counter[str] = Counter()
    of_characters: Counter[str] = Counter()
    for text in texts:
        found = words(text)
        of_words.update(word for word in found if 1 < len(word) <= LONGEST_WORD)
        of_characters.update("".join(found))
    chosen = [(character, count) for character, count in of_characters.most_common(pieces - 1) if count > 1]
    chosen += of_words.most_common(pieces - 1 - len(chosen))
    total = sum(of_words.values()) + sum(of_characters.values())
    scored = [(piece, math.log(count / total)) for piece, count in chosen]
    rarest = min(score for _, score in scored)
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, rarest - 10.0), *scored], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\p{P}\p{Z}\p{C}]+"), behavior="removed")
    return tokenizer
