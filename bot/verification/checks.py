"""What a sentence of a passage must have to say a clause of an answer: words, numbers, dates, names and turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.verification.binding import figure_bound, governing, helpers, offices_bound, people_bound, says
from bot.verification.clauses import clauses_of
from bot.verification.comparisons import compared_alike
from bot.verification.confines import confined_alike
from bot.verification.counterpart import counterparts
from bot.verification.dates import days
from bot.verification.edits import exchanged, likeness
from bot.verification.exceptions import exceptions_alike
from bot.verification.ground import Ground
from bot.verification.groups import PLACE_IN_ORDER, grouped_alike
from bot.verification.labels import labelled_alike
from bot.verification.names import code_in, codes, levelled_alike, opening_ordinals, ordinals, places, quoted, titles
from bot.verification.pairing import beside_alike, ordered_alike, paired_alike
from bot.verification.relations import conditions_alike, doers_alike, joined_alike, reached_alike, subjects_alike
from bot.verification.scope import scope_kept
from bot.verification.sides import sides_alike
from bot.verification.timing import dated_alike
from bot.verification.values import figures, plain
from bot.verification.wording import stands, turned_alike, turned_words, turns
from vectorstore.regions import Region

OWN = 0.55
"""Share of a clause that the sentence must have itself, not its headings."""
OWN_OF_CHARGE = 0.3
"""The same where it tells who is in charge, which stands behind the task: (牵头单位：市财政局)."""
CARRIED = 0.5
"""Share of what an answer's sentence said before that the sentence behind its next clause must have, too."""
_NUMBERED_TITLE = re.compile(r"(《[^《》]+》)\(([^()]*\d号)\)")
_OWN_NUMBER = re.compile(r"文号|发文字号|文件编号")
_ATTRIBUTION = re.compile(
    r"^(?:根据|按照|依据|依照|参照|在).*(?:文件|意见|方案|规定|简报|办法|条例|通知|政策|材料|报道|公开信息)(?:中|里)?$"
)
"""A clause that only tells by what document the rest holds; its words may all be the headings' and the title's."""
_LEADS = frozenset("未非不无副")
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2}(?=(?:[\u4e00-\u9fff]{2}){0,2}(?:大学|学院|银行))")
_SCHOOL_NAMED = re.compile(r"([\u4e00-\u9fff]{2})(?:[\u4e00-\u9fff]{2}){0,2}(?:大学|学院)")
_DUE = re.compile(r"\d[年月日][底末]?[之以]?前|之日起\d+[个日]")
"""What has a day until when to be done is demanded, whether it says 应 or not."""
_MODEL = re.compile(
    r"(?<![a-z\d])(?:[a-z]+-?\d[a-z\d]*|\d+[a-z]+\d[a-z\d]*)|第\d+(?![\d条款项章节编年季届])[\u4e00-\u9fff]"
)
"""A name with figures in it (a20, 2v2), or a number in a row that no heading has (第11舰队)."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def holds(clause: str, before: str, ground: Ground, i: int, *, whole: str, least: float, apart: bool = False) -> bool:
    """Whether sentence `i` of `ground` says `clause`, a `plain` clause of the sentence `whole`, behind `before`.

    `apart`: what stands before rests on another passage. `least` is the share of the characters of the clause's words
    that the sentence and what governs it must have.
    """
    source = ground.plains[i]
    near = ground.near(i, clause)
    return (
        _worded(clause, ground, i, near, least=least)
        and _titled(clause, source, near)
        and all(words in source for words in quoted(clause))
        and labelled_alike(clause, whole, source, ground.context)
        and _numbered(clause, whole, ground, i, near)
        and _placed(clause, before, ground, source)
        and dated_alike(clause, ground, i)
        and _figured(clause, before, source)
        and offices_bound(clause, near)
        and people_bound(clause, source)
        and paired_alike(clause, before, source)
        and beside_alike(clause, source)
        and ordered_alike(clause, source)
        and not exchanged(clause, _parts(clause, ground, i), ground)
        and (_only_cites(clause, ground) or _as_told(clause, before, ground, i, whole=whole))
        and _carried(clause, before, ground, i, apart=apart)
    )


def _titled(clause: str, source: str, near: str) -> bool:
    """Whether the titles the clause names are named there, none of them in the place of another."""
    mine, its = titles(clause), titles(source)
    return all(title in near for title in mine) and (len(mine) != len(its) or set(mine) <= set(its))


def _only_cites(clause: str, ground: Ground) -> bool:
    """Whether the clause only says where the rest stands: 根据第二十条."""
    words = ground.words(clause)
    return not turns(clause) and bool(words or codes(clause)) and all(map(PLACE_IN_ORDER.match, words))


def _as_told(clause: str, before: str, ground: Ground, i: int, *, whole: str) -> bool:
    """Whether the clause is turned, confined, done by and said of whom it is in sentence `i`."""
    source = ground.plains[i]
    return (
        _turned(clause, source)
        and grouped_alike(clause, before, ground, source)
        and joined_alike(clause, source)
        and subjects_alike(clause, source)
        and sides_alike(clause, source)
        and compared_alike(clause, source)
        and exceptions_alike(clause, whole, source)
        and doers_alike(ground.masked(clause), ground.masked(source), helpers(source))
        and conditions_alike(clause, before, whole, source, ground.context)
        and confined_alike(clause, before, whole, source)
        and scope_kept(clause, whole, ground, i)
        and reached_alike(clause, whole, source, f"{ground.context}。{ground.lead(i)}")
    )


def _parts(clause: str, ground: Ground, i: int) -> list[str]:
    """What the clause may be an edit of: the sentence's clauses and headings; where it is likelier yet, the sentence,
    or an item and who is in charge of it."""
    parts = clauses_of(ground.plains[i])
    nearest = max((likeness(clause, part, ground) for part in parts), default=0)
    parts += [part for part in clauses_of(ground.context) if likeness(clause, part, ground) > nearest]
    nearest = max((likeness(clause, part, ground) for part in parts), default=0)
    wider = {ground.plains[i], ground.item(i, clause)}
    likely = [part for part in wider if likeness(clause, part, ground) > nearest]
    if not likely and ground.in_charge(clause) and likeness(clause, ground.plains[i], ground) == nearest:
        likely = [ground.plains[i]]  # who does it may stand before or behind what is done
    return [*parts, *likely]


def _worded(clause: str, ground: Ground, i: int, near: str, *, least: float) -> bool:
    source = ground.plains[i]
    words = ground.words(clause)
    length = sum(map(len, words))
    held = sum(len(word) for word in words if stands(word, near))
    if held < least * length or not length:
        return not length
    own = sum(len(word) for word in words if stands(word, source))
    # Figures, dates and numbers are judged apart, but they too are what the sentence says itself.
    values = sum(f.end - f.start for f in figures(clause)) + sum(d.end - d.start for d in days(clause))
    values += sum(len(code) for code in codes(clause) if code_in(code, source))
    least_own = 0.0 if _ATTRIBUTION.search(clause) else OWN_OF_CHARGE if ground.in_charge(clause) else OWN
    if any(_bereft(word, clause, near) for word in words):
        return False
    return own + values >= least_own * (length + values)


def _bereft(word: str, clause: str, near: str) -> bool:
    """Whether the source has `word` only with what turns it and the clause has not: 未成年人, 非涉密, 副主任."""
    led = {match[1] for match in re.finditer(rf"(.?){re.escape(word)}", near)}
    return bool(led) and led <= _LEADS and not any(lead + word in clause for lead in led)


def _numbered(clause: str, whole: str, ground: Ground, i: int, near: str) -> bool:
    """Whether document numbers, numbered places and bare digits stand where they must."""
    source = ground.plains[i]
    own = plain(ground.source.document.doc_number or "")
    for code in codes(clause):
        if _OWN_NUMBER.search(clause):
            if not (own and code_in(code, own)) and not _numbers_another(code, whole, source):
                return False
        elif not code_in(code, near):
            return False
    if asked := ordinals(clause):
        there = ordinals(source) + ordinals(plain("。".join(ground.source.path)))
        for earlier in range(i, -1, -1):
            if opened := opening_ordinals(ground.plains[earlier]):
                there += opened
                break
        if not all(place in there for place in asked):
            return False
    if not set(_MODEL.findall(clause)) <= set(_MODEL.findall(near)):
        return False
    numbers_there = dict(_NUMBERED_TITLE.findall(source))
    if any(numbers_there.get(title, code) != code for title, code in _NUMBERED_TITLE.findall(whole)):
        return False  # 《甲》(5号)及《乙》(7号), exchanged
    taken = [(f.start, f.end) for f in figures(clause)] + [(d.start, d.end) for d in days(clause)]
    loose = [m.group() for m in _DIGITS.finditer(clause) if not any(a <= m.start() < b for a, b in taken)]
    there_too = iter(_DIGITS.findall(near))
    return all(number in there_too for number in loose)  # in the same order


def _numbers_another(code: str, whole: str, source: str) -> bool:
    """Whether `source` itself tells the number of another document, and the sentence `whole` is about that one."""
    return (
        code_in(code, source)
        and bool(_OWN_NUMBER.search(source))
        and len(titles(source)) <= 1
        and all(title in titles(source) for title in titles(whole))
    )


def _placed(clause: str, before: str, ground: Ground, source: str) -> bool:
    """Whether the clause is about the place that the source is about."""
    if any(school.group() not in source for school in _SCHOOL_NAMED.finditer(clause) if places(school[1], ())):
        return False
    mentions = places(_without_schools(clause), ground.known)
    if not levelled_alike(clause, mentions, source):
        return False
    named = [m.region for m in mentions]
    held_by = [
        a.region for a, b in pairwise(mentions) if b.start - a.end < 2 and a.region.covers(b.region)
    ]  # 四川的绵阳
    here = ground.places_in(_without_schools(source))
    if (
        named
        and len(set(here)) > 1
        and (bound := governing(clause, source, lambda part: ground.places_in(_without_schools(part))))
    ):
        here = bound
    for region in named or ground.places_in(before)[-1:]:
        if region in here or region in held_by:
            continue
        if region not in ground.regions or not _all_named(here, [*named, *ground.places_in(before)]):
            return False
    return True


def _without_schools(text: str) -> str:
    """`text` without what bears a place's name and isn't it: 南京大学."""
    return _SCHOOL.sub("", text)


def _all_named(here: Sequence[Region], said: Sequence[Region]) -> bool:
    """Whether the answer names every place that the source names, so that none was put in another's stead."""
    return all(region in said for region in here)


def _figured(clause: str, before: str, source: str) -> bool:
    for figure in figures(clause):
        if not figure_bound(figure, clause, before, source):
            return False
        year = _year_before(clause[: figure.start]) or _year_before(before)
        years = {_year_before(source[: other.start]) for other in figures(source) if says(other, figure)}
        if year and years and None not in years and year not in years:
            return False
    return True


def _year_before(text: str) -> int | None:
    """The last year that a `plain` text names."""
    return next((day.year for day in reversed(days(text)) if day.year), None)


def _turned(clause: str, source: str) -> bool:
    """Whether the clause forbids, allows and denies what the source does, compared with the clauses it is made of; of
    one that only names what a figure is of, a turn counts where what it turns is said."""
    parts = clauses_of(source)
    mine = counterparts(clause, source)
    given = [n for n in mine if any(f.same(told) for f in figures(parts[n]) for told in figures(clause))]
    told = [parts[n] if n in given or not given else _turns_of(parts[n], clause) for n in mine]
    its, said = turns("，".join(told)), turns(clause)
    due = "must" not in its and any(_DUE.search(parts[n]) for n in mine)
    return turned_alike(tuple(turn for turn in said if turn != "must") if due else said, its)


def _turns_of(part: str, clause: str) -> str:
    """`part` if it turns a word that `clause` says, else nothing."""
    return part if any(stands(word, clause) for word in turned_words(part)) else ""


def _carried(clause: str, before: str, ground: Ground, i: int, *, apart: bool) -> bool:
    """Whether the sentence is about what the answer's sentence was about before (not `apart` from that), or the clause
    names what it is about itself, of the same year."""
    words = ground.words(before) if before else ()
    source = ground.plains[i]
    near = "".join(ground.plains[max(0, i - 1) : i + 1]) + ground.context
    length = sum(map(len, words))
    held = sum(len(word) for word in words if stands(word, near))
    if not length or (not apart and held >= CARRIED * length):
        return True
    subject = [word for word in ground.words(source) if not PLACE_IN_ORDER.match(word)][:2]
    year, years = _year_before(before), {day.year for day in (*days(source), *ground.days_before(i)) if day.year}
    return bool(subject) and all(stands(word, clause) for word in subject) and (not year or not years or year in years)
