"""What people ask first: a greeting, who sits on a committee, how often it meets, a document by its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer, ask
from bot.kinds.courtesy import courtesy
from tests.bot.conftest import LibraryOf

COMMITTEE = """桐川市人民政府办公室关于成立水网建设领导小组的通知
桐政办发〔2021〕8号

为加强水网建设的组织领导，市政府决定成立水网建设领导小组。现将名单通知如下：
组　长：甘　露　　市长
副组长：史文涛　　副市长
吉　安　　市水务局局长
文　森　　市财政局局长
成　员：
（一）部门成员
屈　原野　市林业局副局长
尚　可　　市气象局副局长
领导小组会议每季度召开一次，由组长主持。领导小组办公室设在市水务局。
三、水网巡查由市水务局负责。

桐川市人民政府办公室
2021年3月2日
"""
RULES = """桐川市人民政府关于印发取水管理规定的通知
桐政发〔2019〕12号

第一条 取水单位应当安装计量设施。
第二条 取水许可申请自受理之日起15个工作日内作出决定。
第三条 取水许可证有效期为5年。

桐川市人民政府
2019年5月6日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"领导小组": COMMITTEE, "取水": RULES})


def told(home: Path, question: str) -> Answer:
    answer = ask(question, home=home)
    assert all(c.document.text[c.start : c.end] == c.quote for c in answer.citations)
    return answer


def test_a_roster_is_told_to_its_end_with_names_closed_up(home: Path) -> None:
    deputies = told(home, "水网建设领导小组副组长是谁")
    assert [line.split("[")[0] for line in deputies.text.splitlines()] == [
        "副组长：史文涛 副市长",
        "吉安 市水务局局长",
        "文森 市财政局局长",
    ]
    assert "甘露" not in deputies.text and "屈" not in deputies.text
    assert "组长：甘露 市长" in told(home, "水网建设领导小组组长是谁").text


def test_members_under_subheadings_are_members(home: Path) -> None:
    members = told(home, "水网建设领导小组成员有哪些").text
    assert "尚可 市气象局副局长" in members
    assert "文森" not in members


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("水网建设领导小组会议多久召开一次", "每季度召开一次"),
        ("取水许可申请多久作出决定", "15个工作日"),
        ("桐政发〔2019〕12号第三条", "取水许可证有效期为5年"),
        ("桐政发[2019]12号里计量设施由谁安装", "取水单位应当安装计量设施"),
        ("桐川市人民政府2019年发了哪些文件", "取水管理规定"),
        ("水网巡查由谁负责", "市水务局"),
    ],
)
def test_what_is_asked_is_found(home: Path, question: str, answer: str) -> None:
    assert answer in told(home, question).text


def test_a_task_of_which_no_document_speaks_is_nobodys(home: Path) -> None:
    assert told(home, "犬只管理由谁负责").status == "not_found"


@pytest.mark.parametrize("said", ["谢谢", "你好！", "您好，在吗？", "谢谢你啊", "再见", "你是谁？"])
def test_courtesy_is_answered_with_a_sentence_and_no_citation(home: Path, said: str) -> None:
    answer = told(home, said)
    assert (answer.status, answer.citations, answer.nearest) == ("courtesy", (), ())
    assert answer.text == courtesy(said)
    assert "资料库中的文件没有" not in answer.text


@pytest.mark.parametrize("asked", ["谢谢，青岛呢", "好的政策有哪些", "你好社区是什么", "取水许可证有效期多久"])
def test_a_question_is_no_courtesy(asked: str) -> None:
    assert courtesy(asked) is None
