"""Several documents asked of at once, and people whose names documents set wide."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from tests.bot.conftest import LibraryOf

DOCUMENTS = {
    "rule.txt": "清湖市节能监察办法\n\n清政发〔2021〕3号\n\n第一条 为了规范节能监察，制定本办法。\n"
    "第二条 监察员应当出示证件。\n第三条 本办法自2021年5月1日起施行。\n\n清湖市人民政府\n2021年4月2日\n",
    "order.txt": "明湖市夜间集市条例\n\n明政发〔2022〕8号\n\n第一条 为了规范夜间集市，制定本条例。\n"
    "第二条 摊位每晚十八时开放。\n第三条 本条例自2022年9月1日起施行。\n\n明湖市人民政府\n2022年7月5日\n",
    "goal-a.txt": "临沂市绿色制造实施方案\n\n一、目标\n"
    "到2030年，建成绿色工厂120家以上。\n\n临沂市人民政府\n2021年4月2日\n",
    "goal-b.txt": "绵阳市绿色制造实施方案\n\n一、目标\n"
    "到2030年，建成绿色工厂30家以上。\n\n绵阳市人民政府\n2022年4月2日\n",
    "roster.txt": "清湖市人民政府关于成立节能工作领导小组的通知\n\n清政发〔2021〕9号\n\n"
    "为了加强领导，成立节能工作领导小组，组成人员如下：\n组　长：李　牧　　清湖市副市长\n"
    "副组长：张望舒　　清湖市科技局局长\n成　员：杨国庆　　清湖市财政局局长\n\n清湖市人民政府\n2021年6月1日\n",
}


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of(DOCUMENTS)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("李牧担任什么职务？", "李　牧　　清湖市副市长"),
        ("请问杨国庆是谁", "杨国庆　　清湖市财政局局长"),
    ],
)
def test_a_name_is_one_however_wide_it_is_set(home: Path, question: str, quote: str) -> None:
    assert [citation.quote for citation in ask(question, home=home).citations] == [quote]


def test_nobody_is_given_an_office_of_another(home: Path) -> None:
    answer = ask("王沐阳担任什么职务？", home=home)
    assert "局长" not in answer.text and "市长" not in answer.text


def test_each_side_is_answered_by_the_document_it_names(home: Path) -> None:
    answer = ask("比较清湖市节能监察办法和明湖市夜间集市条例的施行日期", home=home)
    assert [citation.document.title for citation in answer.citations] == ["清湖市节能监察办法", "明湖市夜间集市条例"]
    assert "2021年5月1日" in answer.text and "2022年9月1日" in answer.text


def test_several_numbers_are_asked_of_one_by_one(home: Path) -> None:
    answer = ask("清政发〔2021〕3号和明政发〔2022〕8号分别是什么文件？", home=home)
    assert [citation.quote for citation in answer.citations] == ["清湖市节能监察办法", "明湖市夜间集市条例"]


@pytest.mark.parametrize("question", ["各市的绿色工厂目标分别是多少？", "各市到2030年的绿色工厂目标分别是多少？"])
def test_the_figure_of_each_city_that_has_one(home: Path, question: str) -> None:
    answer = ask(question, home=home)
    assert {citation.quote for citation in answer.citations} == {"建成绿色工厂120家以上", "建成绿色工厂30家以上"}
    assert "临沂市：" in answer.text and "绵阳市：" in answer.text


def test_which_of_two_numbers_is_earlier_is_told_by_both_days(home: Path) -> None:
    answer = ask("清政发〔2021〕3号和明政发〔2022〕8号哪个印发得更早？", home=home)
    assert "2021年4月2日" in answer.text and "2022年7月5日" in answer.text
