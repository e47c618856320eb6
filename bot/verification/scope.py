"""Whether an answer says what it says of no more than the source does: 公立医疗机构 aren't all 医疗机构."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.confines import RULE, giving
from bot.verification.counterpart import counterparts
from bot.verification.ground import Ground
from bot.verification.relations import is_condition
from bot.verification.values import figures
from bot.verification.wording import content, stands

_JOINED: Final = re.compile(
    r"、|以及|[和与及或](?!其)|(?<=[\u4e00-\u9fff]{2})(?:将(?!来|军)|把|对(?!应|象|外)|向(?!社会))"
)
_WHOM: Final = re.compile(r"^(?:[^,]{0,12}?(?:将|应|要|须|会|年))?(?P<whom>(?:对于?|凡|向).*)")
_OPENS: Final = re.compile(
    r"^(?:第[\d一二三四五六七八九十百]{1,5}[条款]|\(?[\d一二三四五六七八九十]{1,3}[.、)])?(?:[^:]{1,12}:)?"
    "(?:本(?:办法|条例|规定|细则|意见|法)(?:所称|规定)?)?"
)
"""The item's number and what it is headed by."""
_TAIL: Final = re.compile("[中里]?(?:共?有|为|是|达到?|已|均|约)*$")
_EACH: Final = re.compile(r"每[^,]{1,3}$")
_CONFINES: Final = re.compile(
    rf"{RULE.pattern}|允许|必须|只(?!要)|仅|一律|不能|禁止|不超过|不低于|鼓励|支持(?!措施|政策|力度)"
)
"""Where whom or what a rule is for ends, and what is to be done begins."""
_ALL: Final = re.compile(r"(?:所有|全部|任何|一切)([^,;。]+)")
_NARROW: Final = re.compile("只(?!要)|仅|不得|不能|禁止|严禁|一律")
"""Of such a rule where and when it holds may no more be left out than whom it is for."""
_MET: Final = re.compile("较|符合|具有|具备|取得|获得|达到|满足|拥有|未|无|经")
"""Signs of what somebody must be or have: all of several such hold."""
_QUALIFIED: Final = re.compile(
    "(?P<how>(?:受|符合|具有|具备|承担|从事|取得|获得)[^,;、的]{2,20})的(?P<whom>[^,;。、]{2,8})"
)
"""Whom or what something must be true of: 受疫情影响的企业."""
_TOWARDS: Final = re.compile(r"对于?(?![应象外策比接口方话付待照账手面立等称准])(?P<whom>[\u4e00-\u9fff]{2})")
"""What something is done to, or holds for."""
_FREE_WORDS = """
我 本 新 起 止 我市 我省 我区 我县 我国 全市 全省 全区 全县 各 各类 各级 每 年 月 日 份 月份 力争 应有 科学 合理
科学合理 严格 及时 适当 全面 统一 继续 一次性 获批 获评 认定 入选
"""
_FREE: Final = frozenset(_FREE_WORDS.split())
"""Words that confine nothing where the passage is about one place."""


def scope_kept(clause: str, whole: str, ground: Ground, i: int) -> bool:
    """Whether nothing is left out of the names of what sentence `i` gives a figure of or makes a rule for, as far as
    `clause` tells that; the sentence `whole` may have it elsewhere. All are `reading`s.
    """
    source = ground.plains[i]
    parts = clauses_of(source)
    mine = counterparts(clause, source)
    if not all(_qualified(found, whole, ground) for n in mine for found in _QUALIFIED.finditer(parts[n])):
        return False
    if not all(_towards_same(whom, clause, parts[n], whole) for n in mine for whom in _TOWARDS.findall(clause)):
        return False
    return all(
        _whole_name(item, parts[n], clause, whole, ground, narrow=narrow) or _other_kept(item, named, whole, ground)
        for n in mine
        for named, narrow in _named(
            clause,
            parts[n],
            leads=n + 1 < len(parts) and bool(giving(whole, [parts[n + 1]]) or _CONFINES.match(parts[n + 1])),
        )
        for item in _items(named)
    )


def _named(clause: str, part: str, *, leads: bool) -> Iterator[tuple[str, bool]]:
    """What in `part`, a clause of the source, names what a figure of `clause` is of, or what is ruled, and whether
    narrowly; `leads` to the clause with the figure, it does so itself."""
    part = _OPENS.sub("", part)
    its = figures(part)
    given = [figure for figure in its if any(figure.same(mine) for mine in figures(clause))]
    for figure in given:
        earlier = [other.end for other in its if other.end <= figure.lead]
        measured = part[max([0, *earlier]) : figure.lead].rpartition(":")[2]
        if measured.endswith("[") or part[figure.end : figure.end + 1] == "]":
            continue  # a document's number
        if measured.endswith("等"):
            continue  # 甲、乙等6种方式: examples
        ruled = [match.start() for match in RULE.finditer(measured)]
        yield _EACH.sub("", measured[: ruled[-1]] if ruled else measured), False
    if is_condition(part) and not _WHOM.search(part):
        return
    confined = _CONFINES.search(part)
    if confined and confined.start() and not given:
        yield part[: confined.start()], bool(_NARROW.match(part, confined.start()))
    elif not confined and (whom := _WHOM.search(part)):
        yield whom["whom"], False
    elif not confined and leads and not its:
        yield part, False
    yield from ((_CONFINES.split(named)[0], False) for named in _ALL.findall(part))


def _items(named: str) -> list[str]:
    """What is joined in a name, each; all as one where every one of several is what somebody must be."""
    items = _JOINED.split(named)
    return [named] if len(items) > 1 and all(map(_MET.search, items)) else items


def _whole_name(item: str, part: str, clause: str, whole: str, ground: Ground, *, narrow: bool) -> bool:
    """Whether `whole` doesn't name the item of `part`, or has all its words that no heading above has."""
    words = [word for word in ground.words(_TAIL.sub("", item)) if word not in _FREE]
    if not words or _of_another(words, part, whole, ground):
        return True
    head = words[-1] if len(words[-1]) > 1 else "".join(words[-2:])
    named = stands(head, whole) or (len(head) > 3 and head[-2:] in ground.words(clause))
    if not (any(stands(word, whole) for word in words) if narrow else named):
        return True
    for n, word in enumerate(words):
        if stands(word, clause):
            continue
        # 有效发明专利2万件，人均发明专利20件: said of one; but whoever does it may stand there.
        following = "".join(words[n + 1 : n + 3])
        of_another = re.search(rf"{re.escape(word)}(?![可应将要须不在由对,;。]|$)", whole)
        again = len(following) > 1 and following in clause and of_another
        if not (stands(word, whole) and not again) and not any(word in heading for heading in ground.headings(part)):
            return False
    return True


def _other_kept(item: str, named: str, whole: str, ground: Ground) -> bool:
    """Whether `whole` has all words of another item of the same list with the same head: of 有效益的项目、获奖的项目
    it tells of the latter."""
    words = ground.words(item)
    if "".join(words[-2:]) in whole:
        return False
    others = [ground.words(other) for other in _items(named) if other != item]
    return any(
        len(other) > 1 and other[-1] == words[-1] and all(stands(word, whole) for word in other) for other in others
    )


def _of_another(words: list[str], part: str, whole: str, ground: Ground) -> bool:
    """Whether `whole` has the last word only behind one that stands before it in other clauses than `part`: of
    甲类企业每季度报送，乙类企业每半年 it tells of 乙类企业."""
    said = ground.words(whole)
    before = {said[i - 1] for i in range(1, len(said)) if said[i] == words[-1]}
    return (
        bool(before)
        and not before & set(words)
        and all(word not in part and f"{word}{words[-1]}" in ground.whole for word in before)
    )


def _qualified(found: re.Match[str], whole: str, ground: Ground) -> bool:
    """Whether `whole` doesn't name whom the match of _QUALIFIED is about, or says what must be true of him."""
    named = any(len(word) > 1 and stands(word, whole) for word in ground.words(found["whom"])[:2])
    return not named or all(stands(word, whole) for word in ground.words(found["how"]))


def _towards_same(whom: str, clause: str, part: str, whole: str) -> bool:
    """Whether the answer has what stands between 对 and the `whom` of `clause` in `part`, a clause of the source: of
    对甲取得的收入 it doesn't tell 对收入."""
    if re.search(f"对于?{whom}", part):
        return True
    said = re.search(f"对于?((?:(?!对)[^,;。]){{2,40}}?)的{whom}", part)
    if said is None:
        return True
    if clause.count("对") == part.count("对"):
        return clause.count(said[1]) == part.count(said[1])
    return said[1] in whole or all(stands(word, clause) for word in content(said[1]))
