"""Reads a statement of who is in charge: 市科技局牵头，市财政局配合; 责任单位：市科技局; 市科技局负责."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["lead", "units", "assisting"]
_ROLES: Final[dict[str, Role]] = {
    "牵头": "lead",
    "主办": "lead",
    "责任": "units",
    "负责": "units",
    "实施": "units",
    "承办": "units",
    "落实": "units",
    "配合": "assisting",
    "协办": "assisting",
    "协作": "assisting",
    "协助": "assisting",
    "参与": "assisting",
    "参加": "assisting",
}
LABEL: Final = re.compile(
    r"(?P<role>牵头|主办|责任|负责|实施|承办|配合|协办|协作|参与|参加)(?:责任)?(?:单位|部门|处室|科室)\s*(?:[:：]|为|是|有|包括)"
)
_OTHER_LABEL: Final = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")
_UNIT: Final = (
    r"(?:局|委|办|部|厅|院|行|府|会|署|中心|公司|分局|社|处|队|团|校|所|集团|企业|大学|学院|单位|部门|海关|党组|园区|机关|机构|办公室|台|馆|站|组"
    r"|[省市区县]|街道|[乡镇]|行业协会|科协|妇联|工会|残联|文联|关工委)"
)
_IS_UNIT: Final = re.compile(rf"[\u4e00-\u9fffA-Z（()）“”]{{0,28}}{_UNIT}(?:[（(][^（()）]*[)）])?(?:党组|党委)?")
_NO_UNIT: Final = re.compile(r"^(?:[本该其]|我[省市县区]|自|企业|单位|部门)$|自行|不得|应当|没有|谁")
_DUTY: Final = (
    r"(?:(?:按|按照|根据|依据)(?:各自)?职[责能](?:分工)?|(?:按照?)?分工|各司其职|各自|分别|共同|联合|具体|统筹|组织|全面|统一|总|抓好)*"
    r"(?P<verb>牵头|负责|落实|配合|参与|参加|协助|承担|实施)(?:负责|落实|实施|办理|组织|推进|做好)?(?:工作)?"
)
_PHRASE: Final = re.compile(rf"(?P<names>.+?)(?:等(?:有关|相关)?(?:部门|单位|地区|地方)?(?:和单位)?)?{_DUTY}$")
_FIRST_LEADS: Final = re.compile(
    r"(?:排|列)(?:名)?(?:在)?(?:第一|首)位?的?(?:部门|单位|者)?\s*(?:为|是|系)牵头(?:部门|单位|责任单位)?"
)
_GENERIC_REST: Final = re.compile(r"^(?:有关|相关|其他)?(?:单位|部门|个人|机构|地方|地区)$")
_ETC: Final = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?个?(?:有关|相关)?(?:部门|单位|委办局|地区)*$")


@dataclass(frozen=True, slots=True)
class Charge:
    """Units by their part in a task, in the order of the text."""

    lead: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lead or self.units or self.assisting)


def says_first_leads(text: str) -> bool:
    """Whether the text says that of several units the first one leads (排在第一位的部门为牵头部门)."""
    return _FIRST_LEADS.search(text) is not None


def read_charge(text: str, *, first_leads: bool = False) -> Charge:
    """The units that the statement names; an empty Charge for what is none. `first_leads` as `says_first_leads`."""
    if LABEL.search(text):
        return _labelled(text)
    found: dict[Role, list[str]] = {"lead": [], "units": [], "assisting": []}
    pending = ""
    for phrase in re.split(r"[,，;；。]", text):
        phrase = pending + phrase.strip()
        match = _PHRASE.match(phrase)
        if match is None:
            pending = phrase + "、" if phrase and not _FIRST_LEADS.search(phrase) and "下同" not in phrase else ""
            continue
        pending = ""
        names = match["names"].rpartition("由")[2]
        main, joined, others = names.partition("会同")
        units, helpers = split_units(main), split_units(others)
        if not units or not all(map(is_unit, units + helpers)):
            return Charge()
        role = _ROLES.get(match["verb"], "units")
        if role == "lead" or (joined and role == "units"):
            found["lead"] += units if role == "lead" or joined else []
        else:
            found[role] += units
        found["assisting"] += helpers
    if first_leads and not found["lead"] and found["units"]:
        found["lead"], found["units"] = found["units"][:1], found["units"][1:]
    return _charge(found)


def _labelled(text: str) -> Charge:
    found: dict[Role, list[str]] = {"lead": [], "units": [], "assisting": []}
    labels = list(LABEL.finditer(text))
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        value = text[label.end() : end]
        other = _OTHER_LABEL.search(value)  # 完成时限：…
        value = value[: other.start()] if other else value
        found[_ROLES[label["role"]]] += [name for part in re.split(r"[;；。\n\t]", value) for name in split_units(part)]
    return _charge(found)


def _charge(found: dict[Role, list[str]]) -> Charge:
    return Charge(*(tuple(dict.fromkeys(found[role])) for role in ("lead", "units", "assisting")))


def is_unit(name: str) -> bool:
    """Whether the name ends like an organisation's."""
    return 2 <= len(name) <= 30 and _IS_UNIT.fullmatch(name) is not None and not _NO_UNIT.search(name)


def split_units(text: str) -> list[str]:
    """The names in a list: cut at 、 and commas outside brackets, and at 和 and 及 behind what ends like a unit's name
    (市工业和信息化局 is one name)."""
    parts: list[str] = []
    depth = start = 0
    for i, character in enumerate(text):
        if character in "（(":
            depth += 1
        elif character in "）)":
            depth -= 1
        elif character in "、,， \u3000" and depth <= 0:
            parts.append(text[start:i])
            start = i + 1
    parts.append(text[start:])
    return [name for part in parts for name in _apart(_ETC.sub("", part.strip(" 　:：。;；和及")))]


def _apart(name: str) -> list[str]:
    for joint in re.finditer(r"等?(?:以及|和|及|与)", name):
        before, after = name[: joint.start()], name[joint.end() :]
        if is_unit(before) and len(before) > 2 and len(after) > 1 and not _GENERIC_REST.match(after):
            return [before, *_apart(after)]
    return [name] if name else []
