"""What the library has, who holds an office, from when a document holds, and goals and years side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Answer, ask
from bot.question.aliases import in_official_words
from bot.question.understand import understand
from bot.question.wording import kind_of
from bot.signals import fits
from tests.bot.conftest import LibraryOf
from vectorstore.regions import Gazetteer

_FARMING = """泸州市设施渔业发展行动方案

泸府办发〔2021〕7号

一、发展目标

到2023年，设施渔业产值达到12亿元，机械化率达到40%。

到2026年，设施渔业产值达到20亿元，机械化率达到65%。

二、重点任务

(一)建设良种基地

(二)推广循环养殖

三、组织实施

本方案自2021年5月1日起施行，由泸州市渔业局局长宋明远负责督导。

泸州市人民政府办公室

2021年4月6日
"""
_ROADS = """绵阳市设施渔业补助办法

绵农发〔2022〕15号

第一条 本办法所称设施渔业补助，包括池塘改造、尾水处理、良种引进、冷链建设等4类设施渔业补助。

第二条 申请补助的养殖主体应当具备下列条件：

（一）依法登记；

（二）水面不少于三十亩；

（三）无安全事故。

第三条 本办法自2022年9月1日起施行。

绵阳市农业农村局

2022年8月10日
"""


@pytest.fixture(scope="module")
def home(library_of: LibraryOf) -> Path:
    return library_of({"泸州": _FARMING, "绵阳": _ROADS})


def lines(answer: Answer) -> list[str]:
    return answer.text.splitlines()


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("哪些文件是2022年印发的", ["绵阳市设施渔业补助办法"]),
        ("2021年印发的文件有哪些", ["泸州市设施渔业发展行动方案"]),
        ("最新的文件是哪个", ["绵阳市设施渔业补助办法"]),
        ("最早的文件是哪份", ["泸州市设施渔业发展行动方案"]),
        ("哪些文件是绵阳市农业农村局发的", ["绵阳市设施渔业补助办法"]),
        ("有哪些文件", ["绵阳市设施渔业补助办法", "泸州市设施渔业发展行动方案"]),
    ],
)
def test_documents_are_sought_by_what_their_cards_say(home: Path, question: str, titles: list[str]) -> None:
    answer = ask(question, home=home)
    assert [c.document.title for c in answer.citations] == titles


@pytest.mark.parametrize("question", ["资料库里一共有几份文件", "库里收录了多少份文件", "一共有多少份文件"])
def test_how_many_documents_there_are_is_told_and_each_named(home: Path, question: str) -> None:
    answer = ask(question, home=home)
    assert answer.text.startswith("共2份：") and len(answer.citations) == 2


def test_documents_that_are_over_are_listed_with_the_reason(shelf_home: Path) -> None:
    listed = lines(ask("哪些文件已经过期了", home=shelf_home))
    assert any("标题写明的期限2019—2022年已过：临沂市" in line for line in listed)


@pytest.mark.parametrize(
    "question", ["哪些文件是为贯彻国发〔2015〕71号而制定的", "发展目标有哪些", "哪些城市提出建设良种基地"]
)
def test_a_question_for_what_documents_say_is_no_catalogue(question: str) -> None:
    assert kind_of(question) != "catalog"


@pytest.mark.parametrize("question", ["泸州市渔业局局长是谁", "谁是泸州市渔业局局长", "泸州渔业局局长叫什么"])
def test_who_holds_an_office_is_found_among_the_people_named(home: Path, question: str) -> None:
    assert "宋明远" in ask(question, home=home).text


@pytest.mark.parametrize("question", ["绵阳市渔业局局长是谁", "泸州市渔业局副局长是谁", "泸州市水务局局长是谁"])
def test_another_office_is_nobodys(home: Path, question: str) -> None:
    assert "宋明远" not in ask(question, home=home).text


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("绵阳市设施渔业补助办法什么时候施行", ["自2022年9月1日起施行"]),
        ("泸州市行动方案的文号和成文日期是什么", ["泸府办发〔2021〕7号", "2021年4月6日"]),
        ("绵阳市补助办法是谁发的，什么时候印发的", ["绵阳市农业农村局", "2022年8月10日"]),
        ("绵农发〔2022〕15号讲的是什么", ["绵阳市设施渔业补助办法"]),
    ],
)
def test_a_card_tells_all_that_is_asked_of_it(home: Path, question: str, parts: list[str]) -> None:
    text = ask(question, home=home).text
    assert all(part in text for part in parts)


def test_years_are_set_side_by_side(home: Path) -> None:
    answer = ask("比较泸州市2023年和2026年设施渔业产值的目标", home=home)
    assert [line.split("：")[0] for line in lines(answer)] == ["2023年", "2026年"]
    assert "12亿元" in lines(answer)[0] and "20亿元" in lines(answer)[1]


def test_a_sentence_that_names_the_regions_is_quoted_with_all_of_them(library_of: LibraryOf) -> None:
    text = "关于水网巡查试点的通知\n\n国水〔2020〕1号\n\n一、试点地区\n\n根据各地区工作进展和申报情况，确定北京、"
    text += (
        "吉林、安徽、山东、湖南和贵州省贵阳市作为水网巡查试点地区，试点期限两年。\n\n国家水网办公室\n\n2020年3月1日\n"
    )
    told = ask("哪些地区是水网巡查试点", home=library_of({"试点": text})).text
    assert all(place in told for place in ("北京", "吉林", "安徽", "山东", "湖南", "贵阳"))


def test_a_year_governs_its_paragraph_across_chunks(library_of: LibraryOf) -> None:
    filling = "".join(f"第{i}类设施更新改造稳步推进，各环节衔接更加顺畅，服务更加便捷。" for i in range(1, 30))
    text = (
        f"泸州市设施渔业规划\n\n泸府发〔2019〕2号\n\n一、目标\n\n到2020年，体系建成。{filling}养殖机械化率达到41%。\n\n"
    )
    text += f"到2025年，体系完善。{filling}养殖机械化率达到63%。\n\n泸州市人民政府\n\n2019年3月1日\n"
    home = library_of({"规划": text})
    assert "41%" in ask("泸州市2020年养殖机械化率目标是多少", home=home).text
    assert "63%" in ask("泸州市2025年养殖机械化率目标是多少", home=home).text


def test_the_goals_of_regions_are_given_whole(shelf_home: Path) -> None:
    answer = ask("比较绵阳市和临沂市的主要目标", home=shelf_home)
    assert all(part in answer.text for part in ("18名", "3.6亿元", "9名", "40家"))


@pytest.mark.parametrize("question", ["绵阳市的主要目标是什么", "绵阳市的发展目标是什么", "绵阳市的目标是什么"])
def test_goals_are_found_by_any_of_their_names(shelf_home: Path, question: str) -> None:
    assert all(part in ask(question, home=shelf_home).text for part in ("18名", "650项", "3.6亿元"))


def test_measures_of_regions_are_listed_side_by_side(shelf_home: Path) -> None:
    answer = ask("比较绵阳市和临沂市的主要任务", home=shelf_home)
    assert all(part in answer.text for part in ("推进数据运用", "强化数据保护", "组建数据产业联盟", "实施数据人才计划"))


def test_as_many_regions_as_a_question_counts_are_told(shelf_home: Path) -> None:
    answer = ask("绵阳、临沂两个城市每万人拥有数据工程师的目标分别是多少", home=shelf_home)
    assert [line.split("：")[0] for line in lines(answer)] == ["绵阳市", "临沂市"]


def test_what_is_counted_is_told_by_the_sentence_that_lists_it(home: Path) -> None:
    text = ask("设施渔业补助有哪几类", home=home).text
    assert all(part in text for part in ("池塘改造", "尾水处理", "良种引进", "冷链建设"))
    assert "第三条" not in text


def test_conditions_are_listed_where_they_are_asked_for_in_plain_words(home: Path) -> None:
    text = ask("申请补助的养殖主体需要什么条件", home=home).text
    assert all(part in text for part in ("依法登记", "三十亩", "无安全事故"))


@pytest.mark.parametrize(
    ("question", "passage", "suits"),
    [
        ("甲市专利拥有量是多少", "专利总量达5.2万件,每万人口专利拥有量达51件", True),
        ("甲市专利拥有量是多少", "每万人口专利拥有量达51件,注册商标43万件", False),
        ("甲市每万人口专利拥有量是多少", "每万人口专利拥有量达51件,注册商标43万件", True),
        ("甲市PCT申请量是多少", "每万人口专利拥有量超过25件,PCT年申请量超过1000件", True),
        ("登记费是多少", "1997年10月至1998年2月进行审查", False),
        ("项目投资多少钱", "建设年产800万吨的项目", False),
        ("项目投资多少钱", "拟投资400亿元", True),
    ],
)
def test_a_figure_of_another_kind_is_none(question: str, passage: str, suits: bool) -> None:
    assert (fits(understand(question, Gazetteer()), passage) >= 0.5) is suits


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("谁是全市政务平台的主管单位", "responsibility"),
        ("有哪几项任务由科技局牵头", "duties"),
        ("申请补助需要什么材料", "list"),
        ("泸府发〔2021〕3号主要内容是什么", "title"),
        ("实施意见由哪八个部分组成", "list"),
        ("试点地区有哪些", "list"),
        ("谁来培训数据专员", "responsibility"),
        ("三个试点城市里哪些提到了数据银行", "across"),
    ],
)
def test_what_kind_of_answer_is_asked_for(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_when_something_is_done_is_no_attribute() -> None:
    assert understand("需要新建的小区幼儿园什么时候竣工验收", Gazetteer()).focus is None
    assert understand("许可证的有效期是什么时候", Gazetteer()).focus == "有效期"


def known(*words: str):  # type: ignore[no-untyped-def]
    """The idf of a library whose documents have these words."""
    return lambda terms: {t: 1.0 if any(t in word for word in words) else 9.0 for t in terms}


@pytest.mark.parametrize(
    ("library", "question", "read"),
    [
        (("教师", "子女"), "老师的小孩怎么入园", "教师的子女怎么入园"),
        (("老师", "教师"), "老师怎么请假", "老师怎么请假"),
        ((), "老师怎么请假", "老师怎么请假"),
        (("劳动节",), "五一放几天假", "劳动节放几天假"),
        (("劳动节",), "五一村怎么走", "五一村怎么走"),
    ],
)
def test_everyday_words_give_way_to_those_the_documents_have(
    library: tuple[str, ...], question: str, read: str
) -> None:
    assert in_official_words(question, known(*library)) == read
