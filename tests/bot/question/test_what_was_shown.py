"""A turn that names nothing asks something of the passage just shown, and is answered from there or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import ask
from bot.question.leaning import asks_why, leaning
from tests.bot.conftest import LibraryOf
from tests.bot.question.talking import talk

_PLAN = """云溪市茶产业提升实施方案(2021-2024年)

云政发〔2021〕15号

一、工作目标

到2024年，建成全产业链的茶业体系。

(一)培育6家以上茶叶龙头企业，每家年销售收入不低于3000万元。

(二)改造低产茶园2万亩以上。2023年底前，建成茶园监测站12个。

二、主要任务

(一)培育茶叶龙头企业。引进和扶持一批龙头企业，确保6家企业年销售收入达到3000万元以上。由于采摘用工逐年短缺，对购置采茶机的企业给予补贴。
(牵头单位：市农业农村局；责任单位：市财政局、市商务局)

(二)建设茶文化街区。建设茶文化街区3条。
(牵头单位：市文化和旅游局；责任单位：市住房城乡建设局)

(三)开展质量抽检。抽检结果在作出之日起15个工作日内公开，农药残留不合格的抽检结果在作出之日起3个工作日内公开。
(牵头单位：市市场监督管理局；责任单位：市农业农村局)

(四)发展智慧茶园。市农业农村局建设智慧茶园数据平台，接入茶园20个。推广智慧茶园水肥设备。开展智慧茶园技术培训5000人次。
(牵头单位：市农业农村局；责任单位：市科技局)

三、保障措施

(一)组织保障。组长：市委书记何远志，市长陆明川。

(二)资金保障。茶叶商标奖励每件2万元。

云溪市人民政府

2021年4月8日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"茶业": _PLAN})


COMPANIES = "云溪市要培育多少家茶叶龙头企业？"


@pytest.mark.parametrize("question", ["到哪一年？", "什么时候实现", "哪年完成？", "最晚什么时候完成", "期限到什么时候"])
def test_by_when_is_told_by_what_leads_the_goal(home: Path, question: str) -> None:
    answer = talk(home, COMPANIES, question)
    assert answer.status == "answered" and "2024年" in answer.text


def test_the_day_of_the_very_measure_comes_before_that_of_all(home: Path) -> None:
    answer = talk(home, "云溪市要建多少个茶园监测站？", "什么时候完成？")
    assert "2023年底前" in answer.text and "2024年" not in answer.text


def test_a_task_without_a_day_has_that_of_the_whole_plan(home: Path) -> None:
    assert "2021-2024年" in talk(home, "云溪市要建设几条茶文化街区？", "到什么时候？").text


def test_who_sees_to_a_goal_is_who_sees_to_its_task(home: Path) -> None:
    assert "市农业农村局" in talk(home, COMPANIES, "由谁负责？").text


def test_who_sees_to_a_measure_stands_in_its_own_item(home: Path) -> None:
    answer = talk(home, "云溪市要建设几条茶文化街区？", "谁牵头？")
    assert "市文化和旅游局" in answer.text and "市农业农村局" not in answer.text


def test_a_task_that_only_has_the_word_is_nobodys_of_this(home: Path) -> None:
    answer = talk(home, "云溪市茶叶商标奖励多少？", "由谁负责？")
    assert answer.status == "not_found" and "茶叶商标奖励" in answer.text


def test_why_is_told_by_the_paragraph_or_not(home: Path) -> None:
    assert "用工逐年短缺" in talk(home, "对购置采茶机的企业给予什么？", "为什么？").text
    refused = talk(home, "云溪市要建设几条茶文化街区？", "为什么？")
    assert refused.status == "not_found" and "茶文化街区" in refused.text


def test_a_reason_asked_of_something_named_is_a_reason(home: Path) -> None:
    answer = talk(home, "云溪市要接入多少个智慧茶园？", "为什么要接入？")
    assert answer.status == "not_found"


def test_what_it_is_called_is_no_reason() -> None:
    assert asks_why("为什么要补贴？") and not asks_why("它被称为什么？") and not asks_why("为什么叫茶引？")


def test_more_is_what_was_not_shown_until_nothing_is_left(home: Path) -> None:
    questions = ["云溪市的智慧茶园有什么举措？"]
    seen = [talk(home, *questions).citations]
    while len(seen) < 6 and (answer := talk(home, *questions, *["还有吗？"] * len(seen))).status == "answered":
        seen.append(answer.citations)
    assert 1 < len(seen) < 6
    spans = [(c.start, c.end) for citations in seen for c in citations]
    assert all(a[1] <= b[0] or b[1] <= a[0] for i, a in enumerate(spans) for b in spans[i + 1 :])
    assert all("智慧茶园" in c.quote or "智慧茶园" in " ".join(c.path) for citations in seen for c in citations)


def test_after_a_list_that_is_whole_nothing_else_is_made_up(home: Path) -> None:
    answer = talk(home, "云溪市茶产业方案的主要任务有哪些？", "还有呢？")
    assert answer.status == "not_found" and "除了上面列出的" in answer.text


def test_the_others_are_told_by_the_rest_of_the_sentence(home: Path) -> None:
    answer = talk(home, "农药残留不合格的抽检结果几个工作日内公开？", "其他的抽检结果呢？")
    assert "15个工作日" in answer.text


def test_where_several_may_be_meant_who_asked_is_asked_back(home: Path) -> None:
    answer = talk(home, "云溪市茶产业工作的组长是谁？", "他是什么职务？")
    assert answer.status == "not_found" and "何远志、陆明川" in answer.text


@pytest.mark.parametrize("question", ["还有吗？", "继续", "他是谁？"])
def test_where_nothing_was_shown_the_whole_question_is_asked_for(home: Path, question: str) -> None:
    assert "请把问题写完整" in talk(home, "这个城市的地铁几点停运？", question).text


def test_nobody_is_made_of_a_figure(home: Path) -> None:
    assert "请把问题写完整" in talk(home, "云溪市要改造多少低产茶园？", "他是谁？").text


def test_a_document_that_is_gone_or_not_admitted_is_not_quoted(home: Path) -> None:
    first = ask(COMPANIES, home=home)
    assert ask("到哪一年？", history=[first], home=home).status == "answered"
    assert ask("到哪一年？", history=[first], regions=["福建省"], home=home).status == "not_found"
    cited = first.citations[0]
    changed = replace(first, citations=(replace(cited, document=replace(cited.document, id="gone")),))
    assert ask("由谁负责？", history=[changed], home=home).citations[:1] != changed.citations[:1]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("到哪一年", "when"),
        ("这些目标什么时候能实现？", "when"),
        ("完成时限呢", "when"),
        ("由哪些部门负责？", "who"),
        ("这项工作由谁牵头？", "who"),
        ("为什么要这样规定？", "why"),
        ("原因是什么", "why"),
        ("还有别的吗", "more"),
        ("继续", "more"),
        ("其他的呢？", "more"),
        # What names something of its own, or asks for the document.
        ("龙头企业由谁负责？", None),
        ("采茶机什么时候补贴？", None),
        ("技术上还有什么问题", None),
        ("这个文件什么时候发的？", None),
        ("什么时候施行？", None),
        ("为什么叫这个名字？", None),
        ("由谁验收？", None),
        ("多久开一次会？", None),
    ],
)
def test_what_names_nothing_leans_on_what_was_shown(question: str, asks: str | None) -> None:
    assert leaning(question) == asks
