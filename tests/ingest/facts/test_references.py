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
