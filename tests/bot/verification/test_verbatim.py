"""An extractive answer stands only if every sentence is the words of the passage it cites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Citation
from bot.compose import Piece, compose
from bot.verification.verbatim import problems
from vectorstore.model import Document

TEXT = "到2021年,数据交易额突破3.6亿元。\n见附件[1]和[2023]。\n处置周期从15天缩短到4天;"
DOCUMENT = Document(id="d", title="绵阳市数据意见", text=TEXT, source="/d.txt", sha256="0" * 64, region="四川省绵阳市")


def piece(quote: str, label: str | None = None) -> Piece:
    start = TEXT.index(quote)
    return Piece(DOCUMENT, (), start, start + len(quote), label)


def test_what_compose_writes_stands() -> None:
    text, citations = compose([piece("到2021年,数据交易额突破3.6亿元。"), piece("处置周期从15天缩短到4天", "绵阳市")])
    assert text == "到2021年,数据交易额突破3.6亿元。[1]\n绵阳市：处置周期从15天缩短到4天[2]。"
    assert problems(text, citations) == []


def test_a_label_may_name_in_full_the_region_that_the_text_names_for_short() -> None:
    text = "绵阳临港签下十二个项目。总投资18亿元。"
    document = replace(DOCUMENT, title="签约", text=text, region=None)
    where = text.index("总投资")
    answer, citations = compose([Piece(document, (), where, len(text), "绵阳市")])
    assert problems(answer, citations) == []
    answer, citations = compose([Piece(document, (), where, len(text), "德阳市")])
    assert problems(answer, citations)


def test_brackets_of_the_source_are_not_markers() -> None:
    text, citations = compose([piece("见附件[1]和[2023]。")])
    assert "［1］" in text
    assert problems(text, citations) == []


def test_a_closing_semicolon_of_the_source_is_part_of_the_quote() -> None:
    text, citations = compose([piece("处置周期从15天缩短到4天;")])
    assert problems(text, citations) == []


@pytest.mark.parametrize(
    "text",
    [
        "到2021年,数据交易额突破4.6亿元。[1]",
        "数据交易额突破3.6亿元。[1]另外还有许多好处。",
        "到2021年,数据交易额突破3.6亿元。[0]",
        "到2021年,数据交易额突破3.6亿元。[2]",
        "到2021年,数据交易额突破3.6亿元。[1][1]",
        "到2021年,数据交易额突破3.6亿元。",
        "广元市：到2021年,数据交易额突破3.6亿元。[1]",
        "到2021年,数据交易额突破3.6亿元。[9999]",
        "",
    ],
)
def test_what_the_passage_does_not_say_is_a_problem(text: str) -> None:
    _, citations = compose([piece("到2021年,数据交易额突破3.6亿元。")])
    assert problems(text, citations)


def test_a_quote_that_is_not_the_documents_own_characters_is_a_problem() -> None:
    _, (citation,) = compose([piece("到2021年,数据交易额突破3.6亿元。")])
    shifted = replace(citation, start=citation.start + 1)
    assert problems("到2021年,数据交易额突破3.6亿元。[1]", [shifted])


@given(
    st.text(alphabet="数据银行12[]。；;,\n 《》：:", min_size=1, max_size=60),
    st.integers(0, 59),
    st.integers(1, 60),
    st.booleans(),
)
def test_every_span_of_every_text_composes_to_an_answer_that_stands(
    text: str, start: int, length: int, labelled: bool
) -> None:
    document = replace(DOCUMENT, text=text)
    quote = text[start : start + length]
    if not any(char.isalnum() for char in quote):
        return
    answer, citations = compose([Piece(document, (), start, start + len(quote), "绵阳市" if labelled else None)])
    assert problems(answer, citations) == []
    assert [c.quote for c in citations] == [quote.rstrip("；;，,、 \n")]


def test_citations_keep_their_numbers() -> None:
    _, citations = compose([piece("到2021年"), piece("3.6亿元")], joiner="；")
    assert [(c.number, c.quote) for c in citations] == [(1, "到2021年"), (2, "3.6亿元")]
    assert all(isinstance(c, Citation) for c in citations)


TABLE = "区县\t2030年新建（个）\t2031年计划（个）\n东湖区\t1200\t1500\n西山县\t460\t700"


@pytest.mark.parametrize(
    ("label", "stands"),
    [
        ("东湖区，2031年计划（个）", True),
        ("东湖区", True),
        ("东湖区，2030年新建（个）", False),
        ("西山县，2031年计划（个）", False),
        ("东湖区，2032年计划（个）", False),
    ],
)
def test_a_cell_is_told_under_its_own_row_and_column(label: str, stands: bool) -> None:
    document = replace(DOCUMENT, text=TABLE)
    start = TABLE.index("1500")
    text, citations = compose([Piece(document, (), start, start + 4, label)])
    assert (problems(text, citations) == []) == stands
