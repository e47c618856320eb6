"""How clauses hang together: conditions, reasons, what is reached and what is only meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts

_IF: Final = re.compile(
    r"^(?:如果|若(?!干)|假如|倘若|如(?=[^何下期实今同])|一旦|只要|只有|凡|除非)|(?:的话|情况下|情形下)$"
)
_WHEN: Final = re.compile(r"(?<![目])的$|时$|(?<=[\u4e00-\u9fff]{3})[后前]$|^当(?!地|前|年)")
_CONDITIONS: Final = re.compile(r"条件|情形|要求|标准|前提|符合|范围")
_BECAUSE: Final = re.compile(
    r"因为|由于|(?<![起基原])因(?=[^此素地而])|因此|因而|所以|导致|致使|原因|理由|得益于|归因于|为此|鉴于|是为了|旨在|目的"
)
_THUS: Final = re.compile(r"从而|进而|以便|使得|使其|以此|由此")
_ANY_REASON: Final = re.compile(r"因|由于|所以|为了|为什么|为何|从而|进而|导致|致使|旨在|目的|以便|理由|鉴于|使(?!用)")
_DONE: Final = re.compile(r"已(?!婚|故)|业已|均已|早已|(?:完成|实现)了")
_REPORTED: Final = re.compile(
    r"已|曾|了|累计|同期|截[至止]|上半年|下半年|个月|去年|获得|入选|列为|印发|启动|覆盖|立项|通过|建成|(?:为|有|达)\d|升|降低|缩短|[0-9]年(?!底|末)[^,]*(?:共|新增)"
)
_AIMED: Final = re.compile(
    r"到20\d\d年|目标|要(?=[达超高有成建培])|将(?=[建达超形培成])|力争|争取|计划(?!单)|拟|预计|应当|必须|不低于|不少于|以上"
)
_HEDGES: Final = tuple(
    (tuple(hedges.split()), tuple(instead.split()))
    for hedges, instead in (
        ("部分 个别 少数 多数 大部分 有些 一些 某些", ""),
        ("试点 试办 试行", ""),
        ("探索 研究 试办", ""),
        ("鼓励 支持 引导 提倡 倡导 允许", ""),
        ("计划 拟 力争 争取 预计 有望", "将 目标 要"),
        ("原则上 一般 通常", ""),
        ("有条件 符合条件", ""),
        ("大约 左右", "约 近"),
    )
)
"""What confines a statement, in groups: who says it must say one of the group as well, or of those behind it."""
_DEMANDS: Final = re.compile(r"要求(?=[\u4e00-\u9fff]{2})")
_NOUNS_OF_HEDGES: Final = re.compile(
    r"(?:支持|研究|引导|探索|试点|计划)(?=[,;。的])|(?:支持|引导|研究)(?=措施|资金|院|所|政策|力度|中心|生|员)|两部分|\d部分|[个成各]部分|第.部分|将(?=[^,。]{1,20}(?:推向|列入|纳入|作为))"
)


def conditions_alike(clause: str, before: str, whole: str, source: str, context: str) -> bool:
    """Whether `clause` is a condition where `source` has one, and stands before what it is the condition of.

    All are `reading`s: `before` what the answer's sentence `whole` said until there, `context` the headings.
    """
    parts = clauses_of(source)
    mine = counterparts(clause, source)
    if not mine:
        return True
    conditional = [bool(_IF.search(parts[n]) or _WHEN.search(parts[n])) for n in mine]
    if _IF.search(clause) and not any(conditional) and not re.search(r"的人|的单位|的企业|的机构|对", source):
        return False
    if any(_IF.search(part) or _WHEN.search(part) for part in clauses_of(before)[-1:]):
        earlier = counterparts(clauses_of(before)[-1], source)
        if earlier and min(earlier) > min(mine):
            return False  # 甲的，乙 isn't 乙的，甲
    if _IF.search(clause) or _WHEN.search(clause) or not all(conditional):
        return True
    return clause in source or bool(_CONDITIONS.search(whole + context))


def reasons_alike(whole: str, run: Sequence[str], context: str) -> bool:
    """Whether a reason that `whole` gives is one that the sentences `run`, or the headings, give too."""
    given = _ANY_REASON.search("".join(run)) or _ANY_REASON.search(context)
    if _BECAUSE.search(whole):
        joined = len(run) == 2 and _ANY_REASON.match(run[1])
        return bool(_ANY_REASON.search(context) or joined or (len(run) == 1 and given))
    return not _THUS.search(whole) or len(run) == 1 or bool(given)


def reached_alike(clause: str, source: str, headings: str) -> bool:
    """Whether what the answer tells as done is done in the source, and not only meant to be."""
    if not _DONE.search(clause):
        return True
    if re.search("已|曾|了", source):
        return True
    return bool(_REPORTED.search(source)) and not _AIMED.search(source + headings)


def confined_alike(clause: str, source: str) -> bool:
    """Whether the answer keeps what confines the statement: 部分, 试点, 鼓励, 计划, 原则上."""
    there = "，".join(_NOUNS_OF_HEDGES.sub("", clauses_of(source)[n]) for n in counterparts(clause, source))
    if _DEMANDS.search(clause) and "要求" not in there and re.search("鼓励|支持|引导", there):
        return False
    for hedges, instead in _HEDGES:
        if any(hedge in there for hedge in hedges) and not any(hedge in clause for hedge in (*hedges, *instead)):
            return False
    return True


def agents_alike(clause: str, part: str, words: Sequence[str]) -> bool:
    """Whether the `words` of `clause` stand in `part` in the same order, or moved with what marks their part in it: 由,
    把, 对, 的.

    企业支持高校 isn't 高校支持企业, though every word of it is there.
    """
    here, there = _once(clause, words), _once(part, words)
    blocks: list[tuple[str, str]] = []
    for word in sorted(here.keys() & there.keys(), key=lambda word: here[word]):
        if (
            blocks
            and _joined(blocks[-1][1], word, clause, here) == _joined(blocks[-1][1], word, part, there) is not None
        ):
            blocks[-1] = (blocks[-1][0], word)
        else:
            blocks.append((word, word))
    firsts = [first for first, _ in blocks]
    moved = [(a, b) for i, a in enumerate(firsts) for b in firsts[i + 1 :] if there[a] > there[b]]
    if _signs(clause) - _signs(part):
        return True
    return all(
        _licensed([(_mark(w, part, there), _mark(w, clause, here)) for w in pair]) or _listed(*pair, part, there)
        for pair in moved
    )


_MARKS: Final = "由被把将对向为以在按用从与于经给让使"
_JOINING: Final = re.compile(r"[、和与及或]")


def _once(text: str, words: Sequence[str]) -> dict[str, int]:
    """Where those of the `words` that `text` has once stand in it."""
    return {word: text.index(word) for word in words if len(word) > 1 and text.count(word) == 1}


def _joined(one: str, other: str, text: str, at: dict[str, int]) -> str | None:
    """What little stands between two words that follow one another; None where more does."""
    between = text[at[one] + len(one) : at[other]] if at[one] < at[other] else None
    return between if between is not None and len(between) < 4 else None


def _mark(word: str, text: str, at: dict[str, int]) -> str:
    """The sign of its part that stands before the word; "" for none."""
    before = text[: at[word]][-1:]
    return before if before and before in _MARKS else ""


def _licensed(marks: Sequence[tuple[str, str]]) -> bool:
    """Whether of two words that changed places one bears a sign of its part, in the source, the answer or both, and
    not each of them another than before."""
    changed = [its != mine for its, mine in marks]
    return any(its or mine for its, mine in marks) and not all(changed)


def _listed(one: str, other: str, part: str, there: dict[str, int]) -> bool:
    """Whether both are items of one list in the source."""
    between = part[slice(*sorted((there[one], there[other])))]
    return bool(_JOINING.search(between)) and len(between) <= 16 and not re.search(r"[,;:的]", between)


def _signs(text: str) -> Counter[str]:
    """What brings words out of their order without a sign: 的 and 是."""
    return Counter(re.findall("[的是]", text))
