"""How quoted pieces are put together: in a row with our marks between them, on lines with the documents' own."""

from __future__ import annotations

import re

from bot.compose import Piece, compose
from vectorstore.model import Document

TEXT = "（一）加强领导。\n（二）加大投入；\n（三）严格考核。\n"
PLAN = Document(id="plan", title="湖光市方案", text=TEXT, source="plan.txt", sha256="0" * 64)
PIECES = [Piece(PLAN, (), line.start(), line.end()) for line in re.finditer(r".+\n", TEXT)]


def test_in_a_row_no_two_marks_meet() -> None:
    text, citations = compose(PIECES, joiner="；")
    assert text == "（一）加强领导[1]；（二）加大投入[2]；（三）严格考核[3]。"
    assert all(TEXT[c.start : c.end] == c.quote for c in citations)


def test_on_lines_of_their_own_sentences_keep_their_ends() -> None:
    text, citations = compose(PIECES)
    assert text == "（一）加强领导。[1]\n（二）加大投入[2]。\n（三）严格考核。[3]"
    assert all(TEXT[c.start : c.end] == c.quote for c in citations)


def test_what_is_nothing_but_a_mark_stays() -> None:
    text, (citation,) = compose([Piece(PLAN, (), 7, 8)], joiner="；")
    assert TEXT[7:8] == "。" == citation.quote and text == "。[1]"
