"""A figure or date is quoted with what says of what and when it is, and without the rest of its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ask
from tests.bot.conftest import LibraryOf

_TEXT = """云湖市人民政府关于发展林下经济的意见
云政发〔2021〕9号
一、发展目标
市林业局会同有关部门组织实施林下种植提升行动，优化布局，完善服务体系，建成林下种植基地36个。
为方便林农申报，各乡镇设立受理窗口，简化申报材料，实行一次告知，每户最高补助8000元。
到2025年，培育龙头企业12家，林下经济总产值达到45亿元。
2021年6月18日，市林业局在青石镇组织召开林下经济现场推进会，总结前期工作，部署下一步任务。
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"意见": _TEXT})


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("林下种植基地建成了多少个？", "建成林下种植基地36个", "会同有关部门"),
        ("林农每户最高补助多少？", "每户最高补助8000元", "设立受理窗口"),
        ("林下经济现场推进会是哪天召开的？", "2021年6月18日", "部署下一步任务"),
    ],
)
def test_the_rest_of_the_sentence_is_left_out(home: Path, question: str, told: str, left_out: str) -> None:
    text = ask(question, home=home).text
    assert told in text
    assert left_out not in text


def test_when_a_figure_holds_is_left_out_only_where_the_question_says_it(home: Path) -> None:
    assert "到2025年" in ask("林下经济总产值的目标是多少？", home=home).text


_NOTICE = """青禾区关于清明节祭扫服务的公告
为方便市民祭扫，现将有关安排公告如下：
祭扫期间陵园每日七时开放，十八时关闭。市民须提前一日预约，凭预约码入园。园内禁止焚烧纸钱，可以鲜花祭扫。

青禾区问答
市民如何预约祭扫？
答：登录区民政局网站，填写姓名和入园时段，收到预约码即为成功。
"""


def test_what_only_says_that_something_follows_is_quoted_with_it(library_of: LibraryOf) -> None:
    home = library_of({"公告": _NOTICE})
    for question in ("清明节祭扫有哪些安排？", "为方便市民祭扫作了什么安排？"):
        assert "凭预约码入园" in ask(question, home=home).text
    assert ask("市民如何预约祭扫？", home=home).text.startswith("登录区民政局网站")


_LISTS = """云湖市人民政府关于发展夜间经济的意见
一、经营主体
夜市经营者包括餐饮、零售、文创、演艺等各类商户，由各区统一登记。
夜市经营者应当具备营业执照、健康证明、摊位合同等材料。
二、扶持
对夜市经营者免收半年摊位费，水费减半收取。（责任单位：市商务局、市水务局）
三、环境
夜市巡查分为登记、评估、派单、回访等环节。
为改善夜市环境，市城管局在八条街道设立清洁岗，每晚冲洗路面，油烟由专人检测。
"""


@pytest.fixture(scope="module")
def market(library_of: LibraryOf) -> Path:
    return library_of({"意见": _LISTS})


@pytest.mark.parametrize(
    ("question", "told", "another"),
    [
        ("云湖市对夜市经营者有哪些扶持措施？", "免收半年摊位费", "营业执照"),
        ("云湖市为改善夜市环境采取了哪些措施？", "设立清洁岗", "派单"),
    ],
)
def test_what_enumerates_doesnt_push_aside_what_answers(market: Path, question: str, told: str, another: str) -> None:
    text = ask(question, home=market).text
    assert told in text
    assert another not in text


def test_who_is_in_charge_is_quoted_only_where_it_is_asked(market: Path) -> None:
    measures = ask("云湖市对夜市经营者有哪些扶持措施？", home=market).text
    assert "水费减半收取" in measures
    assert "责任单位" not in measures
    assert "市水务局" in ask("夜市经营者免收半年摊位费由哪些部门负责？", home=market).text


_RATES = """梅岭市供热工作方案
一、热价改革
居民供热实行阶梯热价：第一级每季600度以内，每度0.2元；第二级600至900度，每度0.35元；第三级900度以上，每度0.5元。
二、站点管理
热力站按规模分级管理。
第一级站点由市供热办管理，补助每年8万元。
第二级站点由区供热所管理，补助每年3万元。
"""


@pytest.mark.parametrize(
    ("question", "told", "others"),
    [
        ("居民热价第二级是多少钱一度？", "0.35元", ["0.5元"]),
        ("第三级热价多少钱？", "0.5元", ["0.2元", "0.35元"]),
        ("第二级热力站点补助每年多少钱？", "3万元", ["8万元"]),
    ],
)
def test_of_several_steps_of_a_scale_the_one_asked_for_is_quoted(
    library_of: LibraryOf, question: str, told: str, others: list[str]
) -> None:
    text = ask(question, home=library_of({"办法": _RATES, "意见": _TEXT})).text
    assert told in text and not any(other in text for other in others)


_MEALS = """梅岭市老年助餐实施意见
一、助餐补贴
对60周岁以上老年人到社区食堂就餐的，每餐补贴3元；80周岁以上老年人每餐补贴5元。
二、建设补助
新建食堂的，一次性补助20万元；改建食堂面积不少于100平方米。
"""


def test_a_figure_that_is_one_of_several_cases_is_quoted_with_the_others(library_of: LibraryOf) -> None:
    home = library_of({"助餐": _MEALS, "供热": _RATES})
    told = ask("助餐补贴每餐多少钱？", home=home).text
    assert all(part in told for part in ("60周岁以上", "3元", "80周岁以上", "5元"))
    assert all(part in ask("居民热价是多少？", home=home).text for part in ("第一级", "0.2元", "第三级", "0.5元"))


def test_the_case_that_is_asked_about_is_quoted_alone(library_of: LibraryOf) -> None:
    home = library_of({"助餐": _MEALS, "供热": _RATES})
    told = ask("80周岁以上老年人每餐补贴多少？", home=home).text
    assert "5元" in told and "3元" not in told
    told = ask("新建食堂一次性补助多少钱？", home=home).text  # what stands beside it is no other case of it
    assert "20万元" in told and "100平方米" not in told


@pytest.mark.parametrize("question", ["80周岁的老人到社区食堂就餐有补贴吗？", "80岁老人去社区食堂就餐补不补贴？"])
def test_an_age_says_whose_case_is_asked_about(library_of: LibraryOf, question: str) -> None:
    answer = ask(question, home=library_of({"助餐": _MEALS, "供热": _RATES}))
    assert "80周岁以上老年人每餐补贴5元" in answer.text


def test_what_a_question_supposes_is_still_not_confirmed_by_another_figure(library_of: LibraryOf) -> None:
    answer = ask("80周岁以上老年人每餐补贴8元吗？", home=library_of({"助餐": _MEALS, "供热": _RATES}))
    assert answer.status == "not_found"
