"""What may be a slip in a document, and what is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import read_document
from ingest.errors import UnreadableFile
from vectorstore.model import Document

BODY = "各有关单位要抓好落实，确保任务按时完成。"


def read(*lines: str, title: str = "清湖市人民政府关于推进绿色制造的实施意见") -> Document:
    text = "\n".join([title, *lines]) + "\n"
    return read_document(Path("/政策/a.txt"), text.encode("utf-8", "surrogatepass"), today=date(2026, 1, 1))[0]


def items(*headings: str) -> list[str]:
    return [line for heading in headings for line in (heading, BODY)]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("一、总体要求", "三、保障措施"), "编号不连续：“一、总体要求”之后是“三、保障措施”"),
        (("二、重点任务", "三、保障措施"), "编号不连续：从“二、重点任务”开始"),
        (
            ("一、重点任务", "（一）建工厂", "（二）建园区", "（二）建平台", "二、保障措施"),
            "编号重复或倒退：“（二）建平台”",
        ),
        (("第一节 组织", "第二节 经费"), "缺少上一级标题：“第一节 组织”、“第二节 经费”"),
    ],
)
def test_numbers_that_contradict_one_another_are_told(headings: tuple[str, ...], expected: str) -> None:
    assert read(*items(*headings)).warnings == (expected,)


@pytest.mark.parametrize(
    "lines",
    [
        items("一、总体要求", "（一）思想", "（二）目标", "二、重点任务", "（一）建工厂", "（二）建园区"),
        items("一、总体要求", "（一）思想", "二、重点任务", "（二）建工厂", "（三）建园区"),  # counted through
        items("一、总体要求", "1.思想", "2.目标", "二、重点任务", "（一）建工厂", "1.选址", "2.动工"),
        [
            "第一条 为了绿色制造，制定本办法。",
            "第二条 本办法适用于本市。",
            "第二条之一 另有规定的除外。",
            "第三条 施行。",
        ],
        [BODY, "附件：1.任务分工表", "2.考核办法"],
        [BODY, "2019年，全市有3家工厂。", "名称\t单位", "3\t家"],
    ],
)
def test_numbers_that_follow_one_another_are_no_slip(lines: list[str]) -> None:
    assert read(*lines).warnings == ()


def test_articles_of_another_law_need_not_follow_one_another() -> None:
    lines = items("第三条 修改为：“企业应当节能。”", "第九条 修改为：“企业应当报告。”")
    assert read(*lines, title="清湖市人大常委会关于修改《清湖市节能条例》的决定").warnings == ()


def test_a_misread_number_is_told_and_looked_up_as_what_it_must_have_been() -> None:
    document = read("清政发〔20l9」12号", *items("一、总体要求", "二、保障措施"))
    assert document.doc_number == "清政发〔2019〕12号"
    assert document.warnings == ("文号写法有误，可能是扫描识别的错字：“清政发〔20l9」12号”按“清政发〔2019〕12号”识别",)
    assert "清政发〔20l9」12号" in document.text


def test_many_slips_are_counted_and_a_few_shown() -> None:
    (warning,) = read(*items(*(f"{n}、任务" for n in "一三五七九"))).warnings or ()
    assert warning.endswith(" 等 4 处") and warning.count("之后是") == 3


_LINE = st.sampled_from(
    [
        "一、",
        "三、甲",
        "（二）乙",
        "(2)丙",
        "1.1.3 丁",
        "第五条 戊",
        "第四章",
        "第二节",
        "①",
        "〔20l9」5号",
        BODY,
        "附件",
    ]
)


@given(st.lists(_LINE, max_size=30))
def test_whatever_is_wrong_the_document_is_read(lines: list[str]) -> None:
    try:
        document = read(*lines)
    except UnreadableFile:
        return
    for section in document.sections:
        assert 0 <= section.start <= section.end <= len(document.text)
    assert all(warning.count("\n") == 0 for warning in document.warnings or ())
