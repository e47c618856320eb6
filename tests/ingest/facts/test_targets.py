"""Targets and reported figures in every form that policies write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ingest.facts.conftest import facts_of
from vectorstore.model import Document, Target

GOALS = "二、发展目标\n"
Row = tuple[str, str, float, str]


def rows(found: list[Target]) -> list[Row]:
    return [(fact.indicator, fact.comparator, fact.value, fact.unit) for fact in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2030年，规模以上工业企业达到120家。", [("规模以上工业企业", "达到", 120, "家")]),
        ("到2030年，森林覆盖率不低于43.5%。", [("森林覆盖率", "不低于", 43.5, "%")]),
        ("到２０３０年，森林覆盖率达到４３．５％以上。", [("森林覆盖率", "不低于", 43.5, "%")]),
        ("到2030年,绿色产业产值突破1,200亿元。", [("绿色产业产值", "超过", 1200, "亿元")]),
        ("到2030年，绿色工厂数量超过三十家以上。", [("绿色工厂数量", "超过", 30, "家")]),
        ("到2030年，单位产品能耗控制在0.5吨标准煤/万元以内。", [("单位产品能耗", "不超过", 0.5, "吨标准煤/万元")]),
        ("到2030年，每万人口高价值专利拥有量达到12件。", [("每万人口高价值专利拥有量", "达到", 12, "件")]),
        ("到2030年，高价值专利密度达到12件/万人。", [("高价值专利密度", "达到", 12, "件/万人")]),
        ("到2030年，研发投入占比达到百分之三以上。", [("研发投入占比", "不低于", 3, "%")]),
        ("到2030年，回收网点达到500个左右。", [("回收网点", "左右", 500, "个")]),
        ("到2030年，引进团队约20个。", [("引进团队", "左右", 20, "个")]),
        ("到2030年，人均预期寿命提高到81岁。", [("人均预期寿命", "达到", 81, "岁")]),
    ],
)
def test_one_target(text: str, expected: list[Row]) -> None:
    found = facts_of(Target, GOALS + text)
    assert rows(found) == expected
    assert all(fact.planned and fact.kind == "target" and fact.year == 2030 for fact in found)


@pytest.mark.parametrize(
    ("text", "change", "value", "upper", "unit", "comparator"),
    [
        ("绿色产业产值年均增长15%以上", "年均增长", 15, None, "%", "不低于"),
        ("绿色产业产值年均增长10%—15%", "年均增长", 10, 15, "%", "达到"),
        ("绿色产业产值年均增长10至15%", "年均增长", 10, 15, "%", "达到"),
        ("绿色产业产值年均增幅达到8%", "年均增长", 8, None, "%", "达到"),
        ("绿色产业产值增长20%", "增长", 20, None, "%", "达到"),
        ("绿色产业产值占比提高5个百分点", "增长", 5, None, "个百分点", "达到"),
        ("绿色产业产值能耗每年下降3%", "年均下降", 3, None, "%", "达到"),
        ("绿色产业产值翻两番", "翻番", 2, None, "番", "达到"),
        ("绿色产业产值翻一番", "翻番", 1, None, "番", "达到"),
        ("绿色产业产值增长到300亿元", None, 300, None, "亿元", "达到"),
        ("绿色产业产值达到280—300亿元", None, 280, 300, "亿元", "达到"),
        ("绿色产业产值由2025年的100亿元提高到200亿元", None, 200, None, "亿元", "达到"),
    ],
)
def test_changes_levels_and_ranges(
    text: str, change: str | None, value: float, upper: float | None, unit: str, comparator: str
) -> None:
    (found,) = facts_of(Target, f"{GOALS}到2030年，{text}。")
    assert (found.change, found.value, found.upper, found.unit, found.comparator) == (
        change,
        value,
        upper,
        unit,
        comparator,
    )
    assert found.indicator.startswith("绿色产业产值") and not found.indicator[-2:].isdigit()


def test_a_chain_of_figures_is_one_target_each() -> None:
    found = facts_of(
        Target,
        GOALS + "到2028年，绿色工厂达到60家，绿色园区超过5个，固废综合利用率不低于80%；其中工业固废利用率达到95%。",
    )
    assert rows(found) == [
        ("绿色工厂", "达到", 60, "家"),
        ("绿色园区", "超过", 5, "个"),
        ("固废综合利用率", "不低于", 80, "%"),
        ("工业固废利用率", "达到", 95, "%"),
    ]
    assert {fact.year for fact in found} == {2028}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年产值达5亿元、利税达7000万元。", [("年产值", 5), ("利税", 7000)]),
        ("组建5个以上产业联盟及3个以上专利池。", [("组建产业联盟", 5), ("专利池", 3)]),
        ("建设50所特色学校和150个骨干专业。", [("建设特色学校", 50), ("骨干专业", 150)]),
        ("绿色工厂数量稳步增长，达到60家。", [("绿色工厂数量", 60)]),
        ("培训人员不少于2000人次，年均增长10%以上。", [("培训人员", 2000), ("培训人员", 10)]),
        ("贷款金额，保险金额，以及交易次数年均增长20%以上。", [("贷款金额，保险金额，以及交易次数", 20)]),
        ("面向至少800家企业开展诊断服务。", [("面向企业开展诊断服务", 800)]),
        ("每年为100家以上企业提供诊断服务。", [("每年为企业提供诊断服务", 100)]),
        ("甲产量、乙产量分别达到50吨和30吨。", [("甲产量", 50), ("乙产量", 30)]),
        ("花生种植、收获机械化率分别达到65%和55%。", [("花生种植机械化率", 65), ("花生收获机械化率", 55)]),
        (
            "申请商标80件，注册商标60件，分别增长20%、10%。",
            [("申请商标", 80), ("注册商标", 60), ("申请商标", 20), ("注册商标", 10)],
        ),
        ("80%以上的企业通过能源管理体系认证。", [("企业通过能源管理体系认证", 80)]),
    ],
)
def test_what_a_figure_measures(text: str, expected: list[tuple[str, float]]) -> None:
    found = facts_of(Target, GOALS + text)
    assert [(fact.indicator, fact.value) for fact in found] == expected
    assert all(fact.planned for fact in found)


def test_the_year_of_a_section_holds_for_its_items() -> None:
    found = facts_of(
        Target,
        "二、工作目标\n到2029年，基本建成绿色制造体系。\n(一)培育绿色工厂50家以上。\n(二)绿色产值年均增长12%。\n"
        "三、主要任务\n(一)开展诊断。开展节能诊断200家以上。",
        title="清湖市绿色制造三年行动方案（2027-2030年）",
    )
    assert [(fact.value, fact.year) for fact in found] == [(50, 2029), (12, 2029), (200, 2030)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026年，全市绿色工厂达到36家，同比增长20%。", 2026),
        ("截至2026年底，全市绿色工厂达到36家。", 2026),
        ("“十三五”期间，全市建成绿色工厂36家。", 2020),
        ("目前，全市累计建成绿色工厂36家。", None),
        ("去年，全市绿色工厂达到36家。", 2026),
    ],
)
def test_a_figure_already_reached_is_no_target(text: str, year: int | None) -> None:
    found = facts_of(Target, f"一、发展基础\n{text}\n清湖市人民政府\n2027年3月1日")
    assert found and found[0].value == 36
    assert all(not fact.planned and fact.kind == "figure" for fact in found)
    assert found[0].year == year


def test_past_and_future_in_one_sentence() -> None:
    found = facts_of(Target, f"{GOALS}绿色工厂2026年为36家，到2030年达到120家。\n清湖市人民政府\n2027年3月1日")
    assert [(fact.value, fact.year) for fact in found][-1] == (120, 2030)


@pytest.mark.parametrize(
    "text",
    [
        "第五条 对违反本办法的，处1000元以上5万元以下罚款。",
        "申请人应当具有5年以上工作经历。",
        "对年产值2亿元以上的企业，按政策给予支持。",
        "对认定的绿色工厂，给予最高50万元奖励。",
        "受理机关应当自收到申请之日起20日内作出决定。",
        "自2026年1月1日起至2028年12月31日，减半征收，降低成本30%。",
        "会议于2026年3月5日上午9时30分召开。",
        "联系电话：0537-2345678，邮编272000。",
        "按照4:3:2:1的比例分担风险。",
        "根据清政发〔2026〕15号文件精神，制定本意见。",
        "见附表3，第2页第15行。",
    ],
)
def test_rules_dates_and_numbers_are_no_targets(text: str) -> None:
    assert facts_of(Target, f"三、有关事项\n{text}") == []


def test_the_region_is_that_of_the_heading() -> None:
    found = facts_of(
        Target,
        "一、青岛市\n到2030年，绿色工厂达到60家。\n二、济宁市\n到2030年，绿色工厂达到40家。",
        title="山东省绿色制造目标分解方案",
    )
    assert [(fact.region, fact.value) for fact in found] == [("山东省青岛市", 60), ("山东省济宁市", 40)]


def test_numbers_are_whole_where_they_are_written_so() -> None:
    found = facts_of(Target, f"{GOALS}到2030年，甲类企业达到12家，乙类企业达到1.5万家。")
    assert [(fact.value, type(fact.value)) for fact in found] == [(12, int), (1.5, float)]


DATED = "清湖市人民政府\n2027年3月1日"


def told(body: str) -> list[tuple[str, int | None, str | None]]:
    return [(fact.kind, fact.year, fact.year_words) for fact in facts_of(Target, body)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到今年底，全市建成绿色工厂120家以上。", ("target", 2027, "今年底")),
        ("明年底前建成绿色工厂120家以上。", ("target", 2028, "明年底前")),
        ("到年底，建成绿色工厂120家以上。", ("target", 2027, "年底")),
        ("去年，全市绿色工厂达到120家。", ("figure", 2026, "去年")),
        ("今年以来，全市已建成绿色工厂120家。", ("figure", 2027, "今年")),
        ("2025年启动建设，当年已建成绿色工厂120家。", ("figure", 2025, None)),
        ("今后年均新增绿色工厂120家以上。", ("target", None, None)),
    ],
)
def test_years_that_count_from_the_day_of_writing(text: str, expected: tuple[str, int | None, str | None]) -> None:
    assert told(f"一、工作\n{text}\n{DATED}") == [expected]


def test_no_year_is_counted_from_an_unknown_day() -> None:
    assert [(year, words) for _, year, words in told("一、工作\n去年，全市已建成绿色工厂120家。")] == [(None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "到2030年，绿色产业产值有望突破500亿元。",
        "预计到2030年，绿色产业产值将达到500亿元。",
        "预计今年绿色产业产值达到500亿元。",
    ],
)
def test_a_forecast_is_no_goal_and_nothing_reached(text: str) -> None:
    assert [kind for kind, _, _ in told(f"一、形势\n{text}\n{DATED}")] == ["forecast"]


@pytest.mark.parametrize("text", ["到2020年，绿色产业产值有望突破500亿元。", "截至2020年底，全市已建成绿色工厂120家。"])
def test_the_year_of_a_forecast_or_report_ends_no_document(policy: Callable[..., Document], text: str) -> None:
    read = policy(f"一、形势\n{text}\n{DATED}")
    assert (read.target_year, read.status) == (None, "未知")
