"""What a document says as a whole, told by its headings; what it says of one thing is another question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer, ask
from tests.bot.conftest import LibraryOf

PLAN = """青禾市推进屋顶绿化实施意见
青政发〔2024〕7号
为美化市容，现提出如下意见。
一、总体目标
到2027年，全市屋顶绿化面积达到30万平方米。
二、重点任务
（一）普查适宜屋顶。市园林局对公共建筑屋顶逐一登记。
（二）开展种植示范。每个街道选三处屋顶种植耐旱草本。
三、保障措施
市财政每年安排专项资金600万元，对验收合格的屋顶绿化项目每平方米补助80元。
青禾市人民政府
2024年3月5日
"""
RULE = """青禾市夜市摊位管理办法
第一章 总则
第一条 为规范夜市摊位，制定本办法。
第二章 经营
第二条 夜市经营时间为每日十七时至二十三时。
第三条 摊位费每月不超过300元。
第三章 罚则
第四条 占道经营的，由市城管局处200元罚款。
"""
ARTICLES = """青禾市河灯燃放规定
第一条 为保障安全，制定本规定。
第二条 河灯应当使用可降解材料。
第三条 本规定自2024年5月1日起施行。
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"意见": PLAN, "办法": RULE, "规定": ARTICLES})


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    "question",
    [
        "屋顶绿化的意见主要讲了什么？",
        "《青禾市推进屋顶绿化实施意见》的主要内容有哪些？",
        "概括一下青禾市推进屋顶绿化实施意见",
        "屋顶绿化那份文件说了些什么",
        "青政发〔2024〕7号有哪些内容？",
    ],
)
def test_a_document_as_a_whole_is_told_by_its_headings(home: Path, question: str) -> None:
    told = ["一、总体目标", "二、重点任务", "（一）普查适宜屋顶", "（二）开展种植示范", "三、保障措施"]
    assert quotes(ask(question, home=home)) == told


def test_its_parts_are_the_main_headings_and_articles_are_none(home: Path) -> None:
    assert quotes(ask("屋顶绿化意见分几个部分？", home=home)) == ["一、总体目标", "二、重点任务", "三、保障措施"]
    assert quotes(ask("夜市摊位管理办法包括哪些内容？", home=home)) == ["第一章 总则", "第二章 经营", "第三章 罚则"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("屋顶绿化的意见对补助规定了什么？", "每平方米补助80元"),
        ("夜市摊位管理办法第二条规定了什么？", "每日十七时至二十三时"),
        ("屋顶绿化有哪些重点任务？", "普查适宜屋顶"),
    ],
)
def test_what_it_says_of_one_thing_is_no_question_for_the_whole(home: Path, question: str, told: str) -> None:
    answer = ask(question, home=home)
    assert told in answer.text and "保障措施" not in answer.text and "罚则" not in answer.text


def test_where_several_may_be_meant_or_none_has_headings_no_outline_is_given(home: Path) -> None:
    assert not {"第一条", "第二条"} & set(quotes(ask("河灯燃放规定讲了什么？", home=home)))
    assert not {"一、总体目标", "第一章 总则"} & set(quotes(ask("青禾市的文件讲了什么？", home=home)))
