"""People named with an office."""

from __future__ import annotations

import pytest

from tests.ingest.facts.conftest import facts_of
from vectorstore.model import Person


def rows(found: list[Person]) -> list[tuple[str, str]]:
    return [(fact.name, fact.office) for fact in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清湖市科技局局长张望舒介绍了情况。", [("张望舒", "清湖市科技局局长")]),
        ("我们邀请到了清湖市科技局张望舒局长。", [("张望舒", "清湖市科技局局长")]),
        ("清湖市科技局张望舒副局长出席。", [("张望舒", "清湖市科技局副局长")]),
        ("组 长:区委书记李牧原，区委副书记、区长陈明哲", [("李牧原", "区委书记"), ("陈明哲", "区委副书记、区长")]),
        ("组　长：李　牧　　清湖市副市长", [("李牧", "清湖市副市长")]),
        ("成　员：郭望京　　清湖市科技局副局长", [("郭望京", "清湖市科技局副局长")]),
        ("张望舒 清湖市科技局党组书记、局长", [("张望舒", "清湖市科技局党组书记、局长")]),
        ("副总理韩　正、市长李　牧。", [("韩正", "副总理"), ("李牧", "市长")]),
        # A dictionary has the second's name; the lines around say that it is one.
        (
            "张望舒　　清湖市科技局局长\n杨国庆　　清湖市财政局局长",
            [("张望舒", "清湖市科技局局长"), ("杨国庆", "清湖市财政局局长")],
        ),
        ("联系人：王沐阳，电话：0537-1234567", [("王沐阳", "联系人")]),
        ("清湖市人力资源和社会保障局局长欧阳望京表示。", [("欧阳望京", "清湖市人力资源和社会保障局局长")]),
        ("集团公司总经理赵望山、董事长钱望水", [("赵望山", "集团公司总经理"), ("钱望水", "董事长")]),
    ],
)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert rows(facts_of(Person, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全国知识产权局局长高级研修班开班。",
        "由杨局长向大家通报。",
        "组长由副市长担任，办公室设在市科技局。",
        "局长办公会议研究决定。",
        "实行厂长负责制。",
        "各县（市、区）长任组长。",
        "院长、书记要亲自抓。",
    ],
)
def test_offices_without_a_name(text: str) -> None:
    assert facts_of(Person, text) == []
