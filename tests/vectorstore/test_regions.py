"""Regions: parsing names, what lies in what, and finding mentions without being taken in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.places import PROVINCES, SHORT
from vectorstore.regions import Gazetteer, Region


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("青岛", "山东省青岛市", "青岛"),
        ("青岛市", "山东省青岛市", "青岛"),
        ("山东省青岛市", "山东省青岛市", "青岛"),
        ("山东青岛", "山东省青岛市", "青岛"),
        ("山东", "山东省", "山东"),
        ("北京", "北京市", "北京"),
        ("天津市东丽区", "天津市东丽区", "东丽"),
        ("吉林", "吉林省", "吉林"),
        ("吉林市", "吉林省吉林市", "吉林"),
        ("吉林省吉林市", "吉林省吉林市", "吉林"),
        ("海南", "海南省", "海南"),
        ("青海省海南藏族自治州", "青海省海南藏族自治州", "海南"),
        ("恩施州", "湖北省恩施土家族苗族自治州", "恩施"),
        ("内蒙古", "内蒙古自治区", "内蒙古"),
        ("广西", "广西壮族自治区", "广西"),
        ("济宁市曲阜市", "山东省济宁市曲阜市", "曲阜"),
        ("徐州市沛县", "江苏省徐州市沛县", "沛县"),
        ("上海市浦东新区", "上海市浦东新区", "浦东"),
    ],
)
def test_parse(name: str, full: str, short: str) -> None:
    region = Region.parse(name)
    assert region.name == full
    assert region.short == short
    assert Region.parse(full) == region


@pytest.mark.parametrize("name", ["", "全国", "国务院", "国家", "东丽区", "青岛市政府", "高新区", "火星"])
def test_parse_refuses_what_is_no_region(name: str) -> None:
    with pytest.raises(ValueError, match="行政区划"):
        Region.parse(name)


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        ("山东", "青岛", True),
        ("青岛", "青岛", True),
        ("青岛", "青岛市崂山区", True),
        ("天津", "天津市东丽区", True),
        ("青岛", "山东", False),
        ("山东", "济南市", True),
        ("青岛", "济南", False),
        ("天津市东丽区", "天津市河西区", False),
        ("江苏", "山东", False),
    ],
)
def test_covers(outer: str, inner: str, covers: bool) -> None:
    assert Region.parse(outer).covers(Region.parse(inner)) is covers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青岛市到2025年的目标", ["山东省青岛市"]),
        ("比较青岛和济宁的目标", ["山东省青岛市", "山东省济宁市"]),
        ("四川省巴中市印发", ["四川省巴中市"]),
        ("立足滨海、辐射天津", ["天津市"]),
        ("天津市和平区与天津市河西区", ["天津市和平区", "天津市河西区"]),
        ("湖南省新晃侗族自治县", ["湖南省新晃侗族自治县"]),
        ("国务院关于全国的部署，国家标准", []),
        ("形成都市圈，确保定期检查，推广安全生产", []),
        ("创新乡村治理，扩大连片种植，巩固原有成果", []),
        ("经济源头活水，传承德育，重大庆典", []),
        ("世界大同，来宾请登记，日照时数，东方红", []),
        ("中山路上的白银交易", []),
        ("渤海南部、太湖南岸、黄河北岸", []),
        ("青海南部牧区", ["青海省"]),
        ("吉林大学", ["吉林省"]),
        ("重庆市高新区、重庆市各区县、重庆市辖区", ["重庆市", "重庆市", "重庆市"]),
        ("北京市场活跃", ["北京市"]),
        ("江苏贫困县", ["江苏省"]),
        ("江苏省如何评定县（市、区）等级", ["江苏省"]),
        ("江西省实行县长负责制", ["江西省"]),
        ("山东省支持县区办学", ["山东省"]),
        ("湖南省哪些县有补贴", ["湖南省"]),
        ("青岛市景区、园区和开发区", ["山东省青岛市"]),
        ("", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    assert [mention.region.name for mention in Gazetteer().find(text)] == found


def test_counties_of_the_library_are_found_without_their_city() -> None:
    text = "东丽要培育机构，东丽区牵头"
    assert Gazetteer().find(text) == []
    mentions = Gazetteer(["天津市东丽区"]).find(text)
    assert [text[mention.start : mention.end] for mention in mentions] == ["东丽", "东丽区"]
    assert {mention.region.name for mention in mentions} == {"天津市东丽区"}


def test_an_ambiguous_short_name_counts_beside_its_province_or_when_the_library_holds_it() -> None:
    assert Gazetteer().find("中山的做法") == []
    assert [mention.region.name for mention in Gazetteer().find("广东中山的做法")] == ["广东省中山市"]
    trusting = Gazetteer(["广东省中山市"])
    assert [mention.region.name for mention in trusting.find("中山的做法")] == ["广东省中山市"]
    assert trusting.find("中山路") == []


@given(
    st.sampled_from([Region(province, city) for province, cities in PROVINCES.items() for city in (None, *cities)]),
    st.sampled_from(["，", "。", "（", ""]),
)
def test_every_full_name_parses_and_is_found_as_itself(region: Region, before: str) -> None:
    assert Region.parse(region.name) == region
    [mention] = Gazetteer().find(f"{before}{region.name}，")
    assert mention.region == region
    assert (mention.start, mention.end) == (len(before), len(before) + len(region.name))


def test_the_table_is_whole() -> None:
    assert len(PROVINCES) == 35  # 34, and 新疆生产建设兵团, which issues documents of its own
    cities = [city for of_province in PROVINCES.values() for city in of_province]
    assert len(cities) == len(set(cities))
    assert all(len(short) >= 2 for short in SHORT.values())


@given(st.text(alphabet="青岛市山东省天津东丽区海南北京大连的各县，1\n", max_size=60))
def test_mentions_are_ordered_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in Gazetteer(["天津市东丽区"]).find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
