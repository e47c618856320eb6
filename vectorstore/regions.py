"""Regions of China: their names, which lies in which, and where a text names one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vectorstore.places import AMBIGUOUS, PROVINCES, SHORT, shorten
from vectorstore.tokens import words

# A county stands directly behind its province or city. What ends in 区, 县 or 市 and is no county is kept out by its
# last two characters, by function words inside it, and by what follows.
_COUNTY: Final = re.compile(
    r"[\u4e00-\u9fff]{2,7}?自治[县旗]|[\u4e00-\u9fff]{1,4}?县(?![域级乡城际委])|[\u4e00-\u9fff]{2,3}?区(?![域间块别分位划级县])"
    r"|(?:[\u4e00-\u9fff]{2,3}?|..浩特|额尔古纳)市(?![场民区级县值])|[\u4e00-\u9fff]{2,5}?旗(?![帜舰下])"
)
_NO_COUNTY: Final = re.compile(
    r"^[一二两三四五六七八九十多]+.$|[个几各所辖的与及等在是级该我每某跨至到了省]|如何|怎|哪|什么|和(?![平静顺田布龙硕政林])|全(?![州椒南])|内(?![黄乡])|本(?!溪)|高新|贫困|知识|人民|政府|沿海"
    r"|^(?:实[行施]|支持|推[进动行]|鼓励|扶持|帮助|加[强快]|开展|取消|撤[销并]|设[立置]|组织|要求|允许|禁止|规定|选择|确定|改革)"
    r"|(?:^[城市小山]|[新地园景社街库片校灾牧厂营淹]|开发|经开|试点|示范|保税|自贸|试验|先行|实验|合作|[聚集]{2}|功能|核心|监管|口岸|大湾"
    r"|建成|主城|老城|中心城?)区$|(?:[城都超股楼门上县]|^[大地]?)市$|^[大小强]县$|红旗$"
)
_NEW_DISTRICTS: Final = frozenset({"浦东新区", "滨海新区"})
# 渤海南部, 太湖南岸, 泰山东麓 name no province.
_BY_WATER: Final = {
    "河": "黄淮运辽渭漳海",
    "湖": "太西洞庭鄱阳巢",
    "海": "渤黄东南沿临近",
    "江": "长珠沿嫩",
    "山": "泰黄华嵩衡行燕",
}
_SIDE: Final = re.compile(r"部(?![分门署])|[岸麓侧坡]")


@dataclass(frozen=True, slots=True)
class Region:
    """A province, a city in it or a county in either, by full names.

    A county of a municipality has no city; a county named without its city has none either.
    """

    province: str
    city: str | None = None
    county: str | None = None

    @property
    def name(self) -> str:
        """Full name from the province down, e.g. 山东省青岛市, 天津市东丽区."""
        return self.province + (self.city or "") + (self.county or "")

    @property
    def local(self) -> str:
        """Full name of the innermost level alone, e.g. 青岛市, 东丽区."""
        return self.county or self.city or self.province

    @property
    def short(self) -> str:
        """Short name of the innermost level, e.g. 青岛, 东丽, 四川."""
        if self.county:
            return shorten(self.county)
        return SHORT[self.city or self.province]

    def covers(self, other: Region) -> bool:
        """Whether `other` is this region or lies in it."""
        return (
            self.province == other.province
            and self.city in (None, other.city)
            and (self.county == other.county or self.county is None)
        )

    @classmethod
    def parse(cls, name: str) -> Region:
        """The region that the whole of `name` is, by full or short names: 青岛, 青岛市, 山东省青岛市, 天津市东丽区.

        A county needs its province or city before it. Raises ValueError for anything else.
        """
        name = name.strip()
        found = _whole(name)
        if found is None:
            raise ValueError(f"不认识的行政区划: {name!r}。请写省、市的名称,或“省市+区县”,如 天津市东丽区")
        return found


@lru_cache(maxsize=4096)
def _whole(name: str) -> Region | None:
    """The region that the whole of `name` is; a library's few regions are looked up for every question."""
    found = _match(name, 0, _NAMES)
    return found.region if found is not None and found.end == len(name) else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a region: `text[start:end]`."""

    region: Region
    start: int
    end: int


def _table() -> dict[str, Region]:
    names: dict[str, Region] = {}
    for province, cities in PROVINCES.items():
        for city in cities:
            region = Region(province, city)
            names[city] = region
            names[SHORT[city]] = region
            if city.endswith("自治州"):
                names[SHORT[city] + "州"] = region
    for province in PROVINCES:  # after the cities: 吉林 and 海南 are provinces first
        names[province] = names[SHORT[province]] = Region(province)
    return names


_NAMES: Final = _table()
_BEGINNINGS: Final = frozenset(name[:2] for name in _NAMES)


def _longest(text: str, start: int, names: dict[str, Region], inside: Region | None = None) -> Mention | None:
    for length in range(min(12, len(text) - start), 1, -1):
        region = names.get(text[start : start + length])
        if region is not None and (inside is None or (inside != region and inside.covers(region))):
            return Mention(region, start, start + length)
    return None


def _match(text: str, start: int, names: dict[str, Region]) -> Mention | None:
    """The region named from `start` on, with every lower level written directly behind it."""
    found = _longest(text, start, names)
    while found is not None:
        inner = _longest(text, found.end, _inside(found.region, names), found.region)
        if inner is None:
            break
        found = Mention(inner.region, start, inner.end)
    if found is None or found.region.county:
        return found
    county = _COUNTY.match(text, found.end)
    if county is None or not _is_county(county[0], found.region):
        return found
    return Mention(Region(found.region.province, found.region.city, county[0]), start, county.end())


def _inside(region: Region, names: dict[str, Region]) -> dict[str, Region]:
    """Names to look for behind `region`: 海南 behind 青海省 and 吉林 behind 吉林省 are the city."""
    cities = {SHORT[city]: Region(region.province, city) for city in PROVINCES[region.province]}
    return names if region.city else names | cities


def _is_county(name: str, parent: Region) -> bool:
    if name in _NEW_DISTRICTS:
        return True
    if name.endswith("市") and parent.city is None:
        return False  # behind a province stands a city of the table; anything else is chance
    inner = (name[i:j] for i in range(len(name)) for j in range(i + 2, len(name) + 1))
    return _NO_COUNTY.search(name) is None and not any(part in _NAMES for part in inner)


class Gazetteer:
    """Finds regions in texts: provinces and cities of the table, counties behind them, and the regions it is told of.

    `known` are full names of regions that matter here (those of a library's documents): their counties are found
    without the province too (东丽, 东丽区), and their ambiguous short names (中山) are trusted.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._names = _NAMES
        self._trusted: set[str] = set()
        counties: dict[str, Region] = {}
        for name in known:
            region = Region.parse(name)
            self._trusted.add(region.short)
            if region.county:
                counties.setdefault(region.county, region)
                counties.setdefault(region.short, region)
        if counties:  # every document read makes a gazetteer or two, few of which know a county
            self._names = counties | _NAMES
        self._beginnings = _BEGINNINGS | {name[:2] for name in counties}

    def find(self, text: str) -> list[Mention]:
        """All mentions in order, the longest at each place, none overlapping; 全国 and 国家 are no regions."""
        mentions: list[Mention] = []
        position = 0
        while position < len(text):
            begun = text[position : position + 2] in self._beginnings
            found = _match(text, position, self._names) if begun else None
            if found is not None and self._is_meant(text, found):
                mentions.append(found)
                position = found.end
            else:
                position += 1
        return mentions

    def _is_meant(self, text: str, mention: Mention) -> bool:
        name = text[mention.start : mention.end]
        if name[-1] in "东南西北":
            before = text[max(mention.start - 1, 0) : mention.start]
            if (before and before in _BY_WATER.get(name[0], "")) or _SIDE.match(text, mention.end):
                return False
        word = _word_at(text, mention.start)
        if name in AMBIGUOUS:
            return name in self._trusted and word == name
        return word is not None


def _word_at(text: str, position: int) -> str | None:
    """The word that begins at `position`, if one does: the 保定 of 确保定期 and the 成都市 of 形成都市圈 begin none."""
    start = position
    while start > 0 and position - start < 12 and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    end = position
    while end < len(text) and end - position < 12 and "\u4e00" <= text[end] <= "\u9fff":
        end += 1
    at = start
    for word in words(text[start:end]):
        if at >= position:
            return word if at == position else None
        at += len(word)
    return None
