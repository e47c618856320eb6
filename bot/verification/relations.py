"""How clauses hang together: conditions, reasons, what is reached and what is only meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.verification.clauses import clauses_of
from bot.verification.counterpart import counterparts
from bot.verification.values import figures
from bot.verification.wording import content, stands

_IF: Final = re.compile(
    r"^(?:如果|若(?!干)|假如|倘若|如(?=[^何下期实今同])|一旦|只要|只有|凡|除非|违反|经[^的]{2,16}(?:批准|同意|许可|审核|核准|审批)后?$)|(?:的话|情况下|情形下)$"
)
_WHEN: Final = re.compile(r"(?<![目])的$|时$|(?<=[\u4e00-\u9fff\d]{3})[后前]$|^当(?!地|前|年)")
_CONDITIONS: Final = re.compile(r"条件|情形|要求|标准|前提|符合|范围")
_BECAUSE: Final = re.compile(
    r"因为|由于|(?<![起基原])因(?=[^此素地而])|因此|因而|所以|导致|致使|原因|理由|得益于|归因于|为此|鉴于|是为了|旨在|(?<![项题节科条])目的"
)
_THUS: Final = re.compile(r"从而|进而|以便|使得|使其|以此|由此")
_ANY_REASON: Final = re.compile(
    r"因|由于|所以|为了|为什么|为何|从而|进而|导致|致使|旨在|(?<![项题节科条])目的|以便|理由|鉴于|使(?!用)"
)
_GIVES: Final = re.compile("由于|因为|所以|因此|因而")
_CAUSE: Final = re.compile("因(?![素地])|由于|所以|鉴于|导致|致使|使(?!用)|从而|进而|故|为了|为什么|为何|原因")
"""What a source says where an answer may say 由于; 正当理由 isn't that."""
_EFFECT: Final = re.compile("(?:由于|因为)[^,;。]{0,20}(?:影响|受)")
_CAUSE_OR_EFFECT: Final = re.compile(f"{_CAUSE.pattern}|影响|受")
_DONE: Final = re.compile(r"已(?!婚|故)|业已|均已|早已|(?:完成|实现)了")
_REPORTED: Final = re.compile(
    r"已|曾|了|累计|同期|截[至止]|上半年|下半年|个月|去年|获得|入选|列为|印发|启动|覆盖|立项|通过|建成|(?:为|有|达)\d|升|降低|缩短|[0-9]年(?!底|末)[^,]*(?:共|新增)"
)
_AT_PRESENT: Final = re.compile("目前|现阶段|如今|截至|^现有|现已")
_REPORTS: Final = re.compile("已|曾|了|目前|截至|现有|累计|同比|去年|上年")
_TO_COME: Final = re.compile(r"将(?=[^军来])|力争|争取|计划(?=到|在|于|[建培新打引])|拟(?!人|定)|预计|有望")
_AIMED: Final = re.compile(
    r"到20\d\d年|目标|要(?=[达超高有成建培])|将(?=[建达超形培成])|力争|争取|计划(?!单)|拟|预计|应当|必须|不低于|不少于|以上"
)


def is_condition(clause: str) -> bool:
    """Whether a `plain` clause tells when or of whom another one holds."""
    return bool(_IF.search(clause) or _WHEN.search(clause))


def conditions_alike(clause: str, before: str, whole: str, source: str, context: str) -> bool:
    """Whether `clause` is a condition where `source` has one, and stands before what it is the condition of.

    All are `reading`s: `before` what the answer's sentence `whole` said until there, `context` the headings.
    """
    parts = clauses_of(source)
    mine = counterparts(clause, source)
    if not mine:
        return True
    conditional = [is_condition(parts[n]) for n in mine]
    if _IF.search(clause) and not any(conditional) and not re.search(r"的人|的单位|的企业|的机构|对", source):
        return False
    if any(map(is_condition, clauses_of(before)[-1:])):
        earlier = counterparts(clauses_of(before)[-1], source)
        if earlier and min(earlier) > min(mine):
            return False  # 甲的，乙 isn't 乙的，甲
    if is_condition(clause) or not all(conditional):
        return True
    return clause in source or bool(_CONDITIONS.search(whole + context))


def gives_reason(text: str) -> bool:
    """Whether a `plain` text says that one thing is so because of another."""
    return _GIVES.search(text) is not None


def reasons_alike(whole: str, run: Sequence[str], context: str) -> bool:
    """Whether a reason that `whole` gives is one that the sentences `run`, or the headings, give too."""
    cause = _CAUSE_OR_EFFECT if _EFFECT.search(whole) else _CAUSE
    if gives_reason(whole) and not any(map(cause.search, (*run, context))):
        return False
    given = _ANY_REASON.search("".join(run)) or _ANY_REASON.search(context)
    if _BECAUSE.search(whole):
        joined = len(run) == 2 and _ANY_REASON.match(run[1])
        return bool(_ANY_REASON.search(context) or joined or (len(run) == 1 and given))
    return not _THUS.search(whole) or len(run) == 1 or bool(given)


def says_now(text: str) -> bool:
    """Whether a `reading` tells what is so today: 目前, 截至."""
    return _AT_PRESENT.search(text) is not None


def reached_alike(clause: str, whole: str, source: str, headings: str) -> bool:
    """Whether what the answer's sentence `whole` tells as done, or as so today, is done in the source, and not only
    meant to be; and so with what is to come. `headings` govern the source, with the sentence that leads it in."""
    said = whole[: whole.find(clause) + len(clause)]
    if says_now(said) and figures(clause) and not _REPORTS.search(source):
        return not _AIMED.search(source + headings)
    if not _DONE.search(clause):
        told = "，".join(clauses_of(source)[n] for n in counterparts(clause, source))
        return not (_TO_COME.search(clause) and _DONE.search(told) and not _TO_COME.search(told))
    if re.search("已|曾|了", source):
        return True
    return bool(_REPORTED.search(source)) and not _AIMED.search(source + headings)


_NOUN_OF_VERB: Final = re.compile(r"(?<=负责|承担|做好|进行|开展)([^,;的]{2,16})的([\u4e00-\u9fff]{2,4})(?=$|工作$)")


def agents_alike(clause: str, part: str, words: Sequence[str]) -> bool:
    """Whether the `words` of `clause` stand in `part` in the same order, or moved with what marks their part in it: 由,
    把, 对, 的.

    企业支持高校 isn't 高校支持企业, though every word of it is there.
    """
    if (said_as_verb := _NOUN_OF_VERB.sub(r"\2\1", part)) != part and agents_alike(clause, said_as_verb, words):
        return True  # 负责供水的管理 is 负责管理供水
    here, there = (_once(text, [word for word in words if word not in _ADVERBS]) for text in (clause, part))
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
        _licensed([(_mark(w, part, there), _mark(w, clause, here)) for w in pair])
        or _listed(*pair, part, there)
        or _fronted(pair[0], clause, part, here, there)
        for pair in moved
    )


_OBJECT: Final = 12
"""Characters between a verb and the words of its object."""
_ADVERBS: Final = frozenset({"原则", "一般", "通常"})
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


def _fronted(word: str, clause: str, part: str, here: dict[str, int], there: dict[str, int]) -> bool:
    """Whether the clause ends with the verb that the word stands behind in the source: of 恢复运行城市公交 the answer
    城市公交恢复运行."""
    last = max(here.keys() & there.keys(), key=lambda word: here[word])
    if not clause.endswith(last) or not 0 <= there[word] - there[last] - len(last) <= _OBJECT:
        return False
    # Who does it to whom has the verb between them.
    return not any(
        here[word] < here[w] < here[last] and there[last] < there[w] < there[word] for w in here.keys() & there
    )


def _signs(text: str) -> Counter[str]:
    """What brings words out of their order without a sign: 的 and 是."""
    return Counter(re.findall("[的是]", text))


_SUBJECT: Final = re.compile("^([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})")


def subjects_alike(clause: str, source: str) -> bool:
    """Whether what `clause` begins with isn't what another clause of `source` says nothing of this: of 牵头部门协调，
    相关部门配合 the lie 牵头部门配合."""
    if not (subject := _SUBJECT.match(clause)):
        return True
    parts, mine = clauses_of(source), counterparts(clause, source)
    own = [n for n, part in enumerate(parts) if part.startswith(subject.group())]
    said = [word for word in content(clause) if word not in subject.group()]
    if not own or not said or any(stands(word, parts[n]) for n in own for word in said):
        return True
    return not any((other := _SUBJECT.match(parts[n])) and other[2] == subject[2] for n in mine if n not in own)


_BOTH: Final = re.compile(r"(?=([\u4e00-\u9fff]{2}[”》]?)(和|与|及|以及|并且|且|或)([“《]?[\u4e00-\u9fff]{2}))")
_AND: Final = "(?:[和与及且]|以及|并且)"
_JOINS: Final = re.compile(r"(?:^|[、,])(和|与|及|以及|并且|且|或)([\u4e00-\u9fff]{2})")
"""What a clause begins with, or goes on with behind a comma."""


def joined_alike(clause: str, source: str) -> bool:
    """Whether what `clause` joins by 和 isn't joined by 或 in `source`, nor the other way round."""
    for sign, other in _JOINS.findall(clause):
        turned, same = (_AND, "或") if sign == "或" else ("或", _AND)
        if re.search(f"{turned}{other}", source) and not re.search(f"{same}{other}", source):
            return False
    for one, sign, other in _BOTH.findall(clause):
        if re.search(f"{one}{_AND if sign == '或' else '或'}{other}", source):
            return False
        if sign == "或" and _MUST_BE.match(other) and re.search(f"{one}、{other}", source):
            return False  # 符合甲、具备乙的 must be both
    return True


_MUST_BE: Final = re.compile("符合|具有|具备|取得|获得|达到|满足|拥有|未|无|经|已")
_BY: Final = re.compile(r"(?<![理自事缘案经])由(?![于此])([\u4e00-\u9fff ]{2,20})")
_LEVELS: Final = frozenset("省市区县州乡镇")
_HELPED_BY: Final = re.compile(r"会同|配合|协助|参与|联合|共同|[和与及、]")


def doers_alike(clause: str, source: str, helpers: Sequence[str]) -> bool:
    """Whether who does it (由甲复核) does it in the source, and none of the `helpers` (会同甲) is told as doing it
    alone."""
    by = _BY.search(clause)
    parts = [_BY.search(clauses_of(source)[n]) for n in counterparts(clause, source)]
    if by and parts and parts[-1]:
        mine, its = by[1].strip(), parts[-1][1].strip()
        who = next((word for word in content(mine) if len(word) > 1), "")
        if who not in its or ({mine[0], its[0]} <= _LEVELS and mine[0] != its[0]):
            return False
    return not any(helper in clause for helper in helpers) or bool(_HELPED_BY.search(clause))
