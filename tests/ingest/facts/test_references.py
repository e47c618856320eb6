"""Documents that a document names: by number, by title, by both, and what it says of them."""

from __future__ import annotations

import pytest

from tests.ingest.facts.conftest import TITLE, facts_of
from vectorstore.model import Reference

Named = tuple[str | None, str | None, str | None]


def rows(found: list[Reference]) -> list[Named]:
    return [(fact.number, fact.title, fact.relation) for fact in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《绿色制造促进条例》，制定本意见。", [(None, "绿色制造促进条例", "依据")]),
        (
            "为贯彻落实《东省人民政府关于绿色制造的意见》(东政发〔2026〕8号)精神，提出如下意见。",
            [("东政发〔2026〕8号", "东省人民政府关于绿色制造的意见", "贯彻")],
        ),
        ("按照东政发［２０２６］8号要求执行。".replace("２０２６", "2026"), [("东政发〔2026〕8号", None, "依据")]),
        ("按照东政发(2026)8号文件要求执行。", [("东政发〔2026〕8号", None, "依据")]),
        ("按照东政发[2026]第8号文件要求执行。", [("东政发〔2026〕8号", None, "依据")]),
        (
            "《清湖市节能奖励办法》（清政发〔2019〕3号）同时废止。",
            [("清政发〔2019〕3号", "清湖市节能奖励办法", "废止")],
        ),
        ("参照《绿色园区评价规范》执行。", [(None, "绿色园区评价规范", "参照")]),
        ("修订《清湖市节能奖励办法》。", [(None, "清湖市节能奖励办法", "修订")]),
        ("现将《绿色工厂管理细则》印发给你们。", [(None, "绿色工厂管理细则", "印发")]),
        ("依照国务院令第706号有关规定办理。", [("国务院令第706号", None, "依据")]),
        (
            "落实《关于印发〈绿色工厂名单〉的通知》。",
            [(None, "关于印发〈绿色工厂名单〉的通知", "落实")],
        ),
    ],
)
def test_forms(text: str, expected: list[Named]) -> None:
    assert rows(facts_of(Reference, text)) == expected


def test_what_is_said_of_the_first_holds_for_the_others_of_a_list() -> None:
    found = facts_of(
        Reference, "根据《甲省节能条例》、《乙市节能规定》(乙政发〔2025〕1号)和《丙县节能办法》，制定本意见。"
    )
    assert [(fact.title, fact.relation) for fact in found] == [
        ("甲省节能条例", "依据"),
        ("乙市节能规定", "依据"),
        ("丙县节能办法", "依据"),
    ]


def test_each_document_is_named_once_where_most_is_said_of_it() -> None:
    found = facts_of(
        Reference,
        "对照《清湖市节能奖励办法》自查。\n《清湖市节能奖励办法》（清政发〔2019〕3号）自本意见印发之日起废止。\n"
        "清政发〔2019〕3号不再适用。",
    )
    assert rows(found) == [("清政发〔2019〕3号", "清湖市节能奖励办法", "废止")]


def test_short_names_given_to_documents_are_not_documents() -> None:
    found = facts_of(
        Reference, "根据《绿色制造促进条例》（以下简称《条例》），制定本意见。《条例》另有规定的，从其规定。"
    )
    assert rows(found) == [(None, "绿色制造促进条例", "依据")]


@pytest.mark.parametrize(
    "text",
    [
        "据《清湖日报》报道。",
        "学习《论语》等经典。",
        f"《{TITLE}》已经印发。",
        "邮编〔2026〕",
        "第3号通道",
        "《》",
        "》《",
    ],
)
def test_what_is_no_reference(text: str) -> None:
    assert facts_of(Reference, text) == []


A = "《清湖市甲办法》（清政发〔2015〕7号）"
B = "《清湖市乙办法》（清政发〔2016〕8号）"
C = "《清湖市丙规定》"


def repealed(body: str, *, title: str = TITLE) -> list[str | None]:
    found = facts_of(Reference, body, title=title)
    return [fact.number or fact.title for fact in found if fact.relation == "废止"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"第九条 本办法自2021年5月1日起施行。{A}同时废止。", ["清政发〔2015〕7号"]),
        (
            f"第九条 自公布之日起施行，{A}、{B}和{C}同时废止。",
            ["清政发〔2015〕7号", "清政发〔2016〕8号", "清湖市丙规定"],
        ),
        (f"第九条 {A}及其实施细则自2021年5月1日起废止。", ["清政发〔2015〕7号"]),
        ("第九条 清政发〔2015〕7号文件同时废止。", ["清政发〔2015〕7号"]),
        (f"第九条 {A}第三条、第五条同时废止。", []),
        (f"第九条 {A}继续有效，{B}不再执行。", ["清政发〔2016〕8号"]),
        (f"第九条 违反{A}规定的，由发证机关废止其许可证。", []),
        (f"根据{A}，决定废止以下文件。", []),
    ],
)
def test_what_is_repealed_and_what_is_not(text: str, expected: list[str]) -> None:
    assert repealed(text) == expected


def test_lists_of_repealed_documents() -> None:
    body = (
        f"根据{A}，对文件进行了清理。\n附件1\n保留的文件目录\n1.{B}\n附件2\n宣布失效的文件目录\n1.{C}\n"
        "2.清湖市人民政府关于印发丁方案的通知（清政发〔2014〕3号）"
    )
    assert repealed(body, title="清湖市人民政府关于公布文件清理结果的通知") == ["清湖市丙规定", "清政发〔2014〕3号"]
    table = "序号\t文件名称\t文号\n1\t关于印发甲办法的通知\t清政发〔2015〕7号"
    assert repealed(table, title="清湖市人民政府关于宣布失效一批文件的决定") == ["清政发〔2015〕7号"]
    assert repealed(table, title="清湖市人民政府关于修改一批文件的决定") == []
