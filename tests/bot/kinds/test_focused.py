"""A question in everyday words is answered where nearly all that is found is of one document, in the form asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from bot.kinds.focused import met
from bot.measures import states
from bot.question.understand import understand
from bot.signals import calls_them, fits
from tests.bot.conftest import LibraryOf
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.regions import Gazetteer

_DUTY = "市场管理方应当把摊位的面积、位置、租期和缴费情况逐户登记，按月核对，向摊位承租人公示，并接受查询和监督。"
_TEXTS = {
    "rent": "云岭市物业管理局关于减免摊位租金的通知\n\n"
    + "".join(
        f"{number}、{head}。\n{_DUTY * 5}{rule}\n\n"
        for number, head, rule in (
            ("一", "减免对象", "承租市属市场摊位的个体经营者可以减免摊位租金。"),
            ("二", "减免标准", "摊位租金按三个月减免，每户不超过6000元。"),
            ("三", "办理时限", "经营者应当于2031年9月底前向所在市场提出摊位租金减免申请。"),
            ("四", "摊位使用", "摊位不得转租他人。"),
            ("五", "摊位监督", "摊位租金减免情况由市场管理方公布。"),
        )
    ),
    "herbs": "云岭市林业局关于野生药材采挖的公告\n\n一、采挖野生药材实行许可制度。\n二、采挖季为每年九月至十一月。\n"
    "三、采挖人应当携带许可证并回填土坑。\n四、保护区内禁止采挖。\n",
    "boats": "云岭市交通局关于渡船检验的通知\n\n一、渡船每年检验一次。\n二、检验由船舶检验机构实施。\n"
    "三、检验不合格的渡船停止营运。\n四、检验结果在渡口公示。\n",
}


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of(_TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [("困难户摊位租金顶天能少交多少钱?", "6000元"), ("摊位偷偷转租赚差价行吗?", "不得转租")],
)
def test_everyday_words_are_answered_from_the_document_they_meet(home: Path, question: str, said: str) -> None:
    answer = ask(question, home=home)
    assert answer.status == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    "question", ["摊位押金是多少元?", "摊位租金减免的手续费收多少元?", "主要任务第20项的牵头单位是谁?"]
)
def test_a_measure_or_item_that_the_document_lacks_is_refused(home: Path, question: str) -> None:
    assert ask(question, home=home).status == "not_found"


def test_the_document_that_is_met(home: Path) -> None:
    with Library.open(home) as library:
        hits = library.search("摊位租金减免", k=20, filters=Filters())
        assert met([]) is None
        one = [hit for hit in hits if "租金" in hit.document.title]
        assert met(one) == one[0].document
        others = [hit for hit in hits if hit.document.id != one[0].document.id]
        assert met([one[0], *others]) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [("产能恢复到六成以上", 1.0), ("恢复到四成，", 1.0), ("三成立了小组", 0.0), ("十成果然", 0.0), ("增长15%", 1.0)],
)
def test_tenths_are_shares(text: str, share: float) -> None:
    assert states(text, "%") == share


def test_what_says_when() -> None:
    query = understand("这项工作什么时候前完成?", Gazetteer([]))
    day, month, after, same = (
        fits(query, text)
        for text in ("于2031年9月12日完成。", "应当于2031年9月底前完成。", "延长至解除后两个月内。", "计入当年总量。")
    )
    assert day > month > after > same == 0.0


def test_a_list_may_be_called_by_its_last_word() -> None:
    query = understand("抽查可以采取哪些检查方式?", Gazetteer([]))
    assert calls_them("抽查采取现场核查、网上监测等方式。", query)
    assert not calls_them("抽查采取现场核查、网上监测等手段。", query)


def test_many_are_not_how_many() -> None:
    assert understand("怎么避免好几个部门查同一家店?", Gazetteer([])).kind != "number"
    assert understand("有几个部门查同一家店?", Gazetteer([])).kind == "number"


def test_a_rate_is_told_by_a_passage_that_names_it(home: Path) -> None:
    assert ask("摊位租金减免的利率是多少?", home=home).status == "not_found"


def test_who_published_a_document_that_is_only_spoken_of(library_of: LibraryOf) -> None:
    text = "云岭日报讯\n\n摊主常问的事，都可在市工商联、市司法局3月7日联合发布的《摊位经营服务指引》里找到答案。\n"
    answer = ask("《摊位经营服务指引》是哪些单位发布的?", home=library_of({"news": text}))
    assert "市工商联、市司法局" in answer.text
    assert "都可在" not in answer.text


def test_another_of_a_row_is_refused(home: Path) -> None:
    assert ask("困难户第三批摊位租金顶天能少交多少钱?", home=home).status == "not_found"
