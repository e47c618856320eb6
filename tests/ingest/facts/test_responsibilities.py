"""Who sees to which task, in every form that policies write it."""

from __future__ import annotations

import pytest

from ingest.facts.units import read_charge, split_units
from tests.ingest.facts.conftest import facts_of
from vectorstore.model import Responsibility

Charged = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def rows(found: list[Responsibility]) -> list[Charged]:
    return [(fact.task, fact.lead, fact.units, fact.assisting) for fact in found]


ITEM = "三、重点任务\n(一)建设绿色工厂。支持企业改造，推广先进工艺。"


@pytest.mark.parametrize(
    ("bracket", "lead", "units", "assisting"),
    [
        ("(市科技局负责)", (), ("市科技局",), ()),
        ("（市科技局、市财政局按职责分工负责）", (), ("市科技局", "市财政局"), ()),
        ("(市科技局牵头,市财政局、市商务局配合)", ("市科技局",), (), ("市财政局", "市商务局")),
        ("（由市科技局牵头，市财政局按职责分工负责）", ("市科技局",), ("市财政局",), ()),
        ("（市科技局会同市财政局负责）", ("市科技局",), (), ("市财政局",)),
        ("(牵头单位:市科技局;责任单位:市财政局、市商务局)", ("市科技局",), ("市财政局", "市商务局"), ()),
        (
            "（牵头单位：市科技局；配合单位：市财政局；完成时限：2030年底）",
            ("市科技局",),
            (),
            ("市财政局",),
        ),
        ("（责任单位：市科技局，各县（市、区）人民政府）", (), ("市科技局", "各县（市、区）人民政府"), ()),
        (
            "（市工业和信息化局、市人力资源和社会保障局和市文化和旅游局负责）",
            (),
            ("市工业和信息化局", "市人力资源和社会保障局", "市文化和旅游局"),
            (),
        ),
        ("（市科技局、市财政局等有关部门负责）", (), ("市科技局", "市财政局"), ()),
    ],
)
def test_brackets_behind_an_item(
    bracket: str, lead: tuple[str, ...], units: tuple[str, ...], assisting: tuple[str, ...]
) -> None:
    (found,) = facts_of(Responsibility, ITEM + bracket)
    assert rows([found]) == [("建设绿色工厂", lead, units, assisting)]
    assert found.quote == bracket
    assert found.path[-1] == "(一)建设绿色工厂"


def test_labels_on_lines_of_their_own_are_one_statement() -> None:
    (found,) = facts_of(
        Responsibility,
        "三、重点任务\n1.建设绿色园区。开展循环化改造。\n牵头单位：市发展改革委\n责任单位：市生态环境局、市财政局\n"
        "2.开展宣传。营造氛围。",
    )
    assert rows([found]) == [("建设绿色园区", ("市发展改革委",), ("市生态环境局", "市财政局"), ())]
    assert found.quote == "牵头单位：市发展改革委\n责任单位：市生态环境局、市财政局"


def test_each_statement_of_an_item_has_its_own_task() -> None:
    found = facts_of(
        Responsibility,
        "三、重点任务\n(一)夯实基础。建立节能诊断制度，发布目录。（市科技局负责）建设监测平台。（市统计局负责）",
    )
    assert [(fact.task, fact.units) for fact in found] == [
        ("夯实基础", ("市科技局",)),
        ("建设监测平台", ("市统计局",)),
    ]


def test_the_first_unit_leads_where_the_document_says_so() -> None:
    found = facts_of(
        Responsibility,
        "一、夯实基础。建立制度。（市科技局、市财政局负责，列第一位者为牵头单位，下同）\n"
        "二、开展宣传。营造氛围。（市委宣传部、市科协负责）",
    )
    assert [(fact.lead, fact.units) for fact in found] == [
        (("市科技局",), ("市财政局",)),
        (("市委宣传部",), ("市科协",)),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "绿色制造评价工作由市工业和信息化局负责。",
            ("绿色制造评价工作", (), ("市工业和信息化局",), ()),
        ),
        (
            "节能诊断由市科技局牵头，市财政局、市统计局配合。",
            ("节能诊断", ("市科技局",), (), ("市财政局", "市统计局")),
        ),
        (
            "市工业和信息化局负责绿色工厂的评价和公布。",
            ("绿色工厂的评价和公布", (), ("市工业和信息化局",), ()),
        ),
    ],
)
def test_sentences(sentence: str, expected: Charged) -> None:
    assert rows(facts_of(Responsibility, f"四、保障措施\n{sentence}")) == [expected]


def test_a_table_of_tasks() -> None:
    found = facts_of(
        Responsibility,
        "附件\n序号\t重点任务\t牵头单位\t责任单位\n1\t建设绿色工厂\t市工业和信息化局\t市财政局、市科技局\n"
        "2\t建设绿色园区\t市发展改革委\t各县（市、区）人民政府\n本表由办公室解释。",
    )
    assert rows(found) == [
        ("建设绿色工厂", ("市工业和信息化局",), ("市财政局", "市科技局"), ()),
        ("建设绿色园区", ("市发展改革委",), ("各县（市、区）人民政府",), ()),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "（一）坚持企业负责。企业（含分支机构）对产品质量负责。",
        "各单位要压实责任（不得推诿）。",
        "实行主要负责人负责制。",
        "对玩忽职守的，由有关机关依法处理。",
        "成员单位：市科技局、市财政局。",
        "（见附件，自行负责）",
    ],
)
def test_what_names_nobody_in_charge(text: str) -> None:
    assert facts_of(Responsibility, f"四、保障措施\n{text}") == []


def test_units_are_not_cut_inside_their_names() -> None:
    assert split_units("市规划和自然资源局、市农业农村局和各县（市、区）人民政府，驻清单位") == [
        "市规划和自然资源局",
        "市农业农村局",
        "各县（市、区）人民政府",
        "驻清单位",
    ]


def test_a_statement_without_units_is_empty() -> None:
    assert not read_charge("各司其职负责")
    assert not read_charge("")
