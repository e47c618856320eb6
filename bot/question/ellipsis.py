"""Follow-ups that only say what is different (那济宁呢？): the question before, with that in its place."""

from __future__ import annotations

import re

from bot.question.office import DEPUTY, OFFICE
from bot.question.stopwords import GENERIC, RELATIVE
from bot.question.understand import Query, understand
from bot.question.wording import ASKING, ITEM
from vectorstore.regions import Gazetteer

YEARS = re.compile(r"(?<![〔\[［（(【])(?:19|20)\d{2}\s*年?")
"""Years, but not those of document numbers."""
SHORT = 4
"""Characters of words that are alike when only their last one is (春节, 国庆节)."""
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ELLIPSIS = re.compile(
    r"^(?:那么?|哦|嗯|另外|还有)?[,，]?\s*(?:如果|要是|假如)?(?P<thing>.{1,30}?)(?:的)?(?:情况|方面)?(?:又)?呢\s*[?？。!！]*$"
)
_OTHERWISE = re.compile(
    r"^(?:那么?)?[,，]?\s*(?:如果|要是|假如)?(?P<thing>.{2,12}?)(?:的话)?(?:又|该|应该)?(?:怎么办|怎么算|如何处理)\s*[?？。!！]*$"
)
_NOT = re.compile(r"^不是(?=[\u4e00-\u9fff]{2,})")
_WHOSE = re.compile(r"(?<=[\u4e00-\u9fff\d])的(?:[\u4e00-\u9fff]{2,12}?)(?:是|为|有|由|达).*$")
_PHRASE_BEFORE = re.compile(r"[^\s的，,、：:。和与及在是为有到至每中对由被将]*$")
_PHRASE_BEHIND = re.compile(r"[^\s的，,、：:。和与在是为有到至每中对由被将]*")
_ITEM = re.compile(ITEM)
_HOW_MANY = re.compile(r"(?:多少|几)(?:个?[家件项名种类条所座笔份天年月次人岁倍]|个)(?=[\u4e00-\u9fff]|[?？]?$)")
_YEAR_ALONE = re.compile(r"^(?:到|至|在)?(?P<year>(?:19|20)\d{2}年?(?:[底末初前]|上半年|下半年))$")
_YEAR_ALONE_IN = re.compile(r"(?<![〔\[（(])(?:19|20)\d{2}\s*年?(?:[底末初前]|上半年|下半年)?")
"""A year with the part of it that is meant."""
_AMOUNT = re.compile(r"\d+[\u4e00-\u9fff]{1,2}(?=[及以])")
_SEVERALLY = re.compile(r"分别|各自|各(?=[是为有])")
_WAY_OF_ASKING = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:(?:要|应|须|需|能|可以|得)?(?:达到?|(?<![拥所占具持享])有|是|为|到)|要|可以)$"
)
"""What is left of it at the end of a question without its words of asking (某率要达到多少)."""
_WHO_DOES = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:都|应该?|具体)?(?:是|由|归)?(?:谁|哪(?:些|个|几个|家)(?:部门|单位|机构))(?:来|去)?(?:负责|牵头|管|主管|承担|落实)?的?[\s?？。]*$"
)
"""What ends a question for who sees to it."""
_ADDED = re.compile(rf"{DEPUTY}|非|原|新")
"""What may stand before a word without taking any other's place."""
_OFFICE = re.compile(rf"(?:{DEPUTY})?{OFFICE}|成员(?:单位)?|委员(?!会)")
_TAIL = re.compile(
    r"(?:的)?(?:目标|数量|规模|金额|比例|要求|任务|情况|(?:牵头|责任|主管)?(?:单位|部门))?(?:分别)?(?:是|为|有|由)?(?:多少|哪[些个几天年]|谁|什么|怎么|怎样|如何).*$"
)


def thing_named(question: str) -> str | None:
    """What a follow-up names in the place of something before: 那济宁呢 → 济宁; None when it is a question itself."""
    found = _ELLIPSIS.match(question) or _OTHERWISE.match(question)
    return _NOT.sub("非", found["thing"]) if found else None


def completed(before: str, thing: str, place: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The readings, likeliest first, of a follow-up that names `thing` after the question `before`.

    `place` is the region of the answer to `before`, for a question that named none.
    """
    then, now = understand(before, gazetteer), understand(thing, gazetteer)
    if _OFFICE.fullmatch(thing) and (offices := list(_OFFICE.finditer(before))):
        return (before[: offices[-1].start()] + thing + before[offices[-1].end() :],)
    if now.items and then.items:
        return (_ITEM.sub(thing, before, count=1),)
    if (year := _YEAR_ALONE.match(thing)) and _YEAR_ALONE_IN.search(before):
        return (_YEAR_ALONE_IN.sub(year["year"], before, count=1),)
    if now.regions and len(then.regions) > 1:  # A place alone after several side by side is asked about alone.
        before = _one_place(before, then, gazetteer)
        then = understand(before, gazetteer)
    if not now.regions and not now.years and not now.items and (parallel := _parallel(before, thing, then)):
        return (parallel,)
    topic = topic_of(before)
    if now.words and RELATIVE.issuperset(now.words):  # 期限呢 asks for something else of the same thing.
        return (f"{topic}，{thing}",)
    said = _in_its_place(before, thing, then, now)
    told = _told_anew(before, thing, then, now, place, gazetteer)
    # Of an event of another place the year need not be the same.
    other_year = YEARS.sub("", told) if now.regions and then.years and not now.years else ""
    of_it = f"{topic}，{thing}" if not (now.regions or now.years or now.items) else ""
    return tuple(dict.fromkeys(one for one in (said, told, other_year, of_it) if one))


def is_alike(before: str, thing: str, then: Query) -> bool:
    """Whether `thing` is like words of `before` by its end of two characters and more, by most of it from its beginning
    on, or as an office."""
    plain = thing.strip(" 的“”")
    if _OFFICE.fullmatch(plain) and _OFFICE.search(before):
        return True
    amount = _AMOUNT.match(plain)
    alike = (amount and amount.group() in before) or any(plain[-n:] in before for n in range(2, len(plain)))
    begins = any(plain[:n] in before for n in range(3, len(plain)) if 2 * n > len(plain))
    return bool(alike or begins) and _parallel(before, thing, then) is not None


def topic_of(question: str) -> str:
    """What a question is about: itself without the words of asking."""
    bare = _WHO_DOES.sub("", _HOW_MANY.sub("", question))
    return _WAY_OF_ASKING.sub("", ASKING.sub("", bare).strip(" ,，、的")).strip(" ,，、的")


def without_regions(text: str, gazetteer: Gazetteer) -> str:
    """`text` without the names of regions."""
    for mention in reversed(gazetteer.find(text)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _in_its_place(before: str, thing: str, then: Query, now: Query) -> str | None:
    """`before` with its first words of content, as long as `thing`, made into `thing`.

    棉花收获率的目标, 甘蔗 → 甘蔗收获率的目标. None where hardly anything would be left, or a region or year changes.
    """
    if now.regions or now.years or now.items:
        return None
    new = [w for w in now.words if w not in GENERIC]
    shown = _shown(before, then)
    topic = [w for w in then.words if w not in GENERIC and w in shown]
    if not new or len(topic) <= len(new):
        return None
    start = end = shown.find(topic[0])
    for word in topic:
        at = shown.find(word, end)
        if at != end:  # They must stand side by side, as what takes their place does.
            return None
        end = at + len(word)
        if end - start >= len(thing):
            break
    return before[:start] + thing.strip(" 的“”") + before[end:]


def _one_place(before: str, then: Query, gazetteer: Gazetteer) -> str:
    """`before`, which asks about several regions side by side, asked about the first alone."""
    mentions = gazetteer.find(before)
    rest = before[mentions[-1].end :] if len(then.regions) == len(mentions) else before[mentions[0].end :]
    return before[: mentions[0].end] + _SEVERALLY.sub("", rest)


def _told_anew(before: str, thing: str, then: Query, now: Query, place: str, gazetteer: Gazetteer) -> str:
    """`before` with its region, year, item or topic replaced by what `thing` names."""
    rewritten = before
    if now.regions:
        rewritten = _swap_region(before, thing, gazetteer) if then.regions else f"{now.regions[0].short}{before}"
    if now.years:
        rewritten = _YEAR.sub(str(now.years[0]), rewritten) if then.years else f"{now.years[0]}年{rewritten}"
    if now.items or [w for w in now.words if w not in GENERIC]:
        tail = _WHOSE.search(_shown(before, then)) or _TAIL.search(before)
        places = "".join(r.name for r in (now.regions or then.regions)) or place
        years = "".join(f"{y}年" for y in (now.years or then.years))
        rest = YEARS.sub("", without_regions(thing, gazetteer))
        return f"{places}{years}{rest}{tail.group() if tail else '的情况'}"
    if not now.regions and not now.years:
        return f"{topic_of(before)}，{thing}"
    return rewritten


def _parallel(before: str, thing: str, then: Query) -> str | None:
    """The question `before` with the words like `thing` made into it: 作品登记量的目标, 软件登记量 → 软件登记量的目标.

    Alike are words that end the same (独生子女, 非独生子女) or begin the same (500万元及以下, 500万元以上).
    """
    thing = thing.strip(" 的“”")
    for common in range(len(thing), 0, -1):
        tail, head = thing[-common:], thing[:common]
        if (at := before.rfind(tail)) >= 0 and (common > 1 or (at > 0 and len(thing) <= SHORT)):
            start = at - len(_PHRASE_BEFORE.search(_shown(before[:at], then)).group())  # type: ignore[union-attr]
            if _ADDED.fullmatch(thing[:-common]):
                return before[:at] + thing + before[at + common :]
            if common > 1 and at - start > len(thing) - common + SHORT:
                start = at - (len(thing) - common)  # 某进步奖特等奖, 一等奖: only as much as is said anew.
            if common > 1 or at - start <= SHORT:
                return before[:start] + thing + before[at + common :]
        if common > 1 and not head.isdigit() and (at := before.find(head)) >= 0:
            end = at + common + len(_PHRASE_BEHIND.match(before[at + common :]).group())  # type: ignore[union-attr]
            return before[:at] + thing + before[end:]
    return None


def _shown(text: str, query: Query) -> str:
    """`text` with the regions and years of `query` blanked, at which a phrase ends."""
    for name in (n for r in query.regions for n in (r.name, r.local, r.short)):
        text = text.replace(name, " " * len(name))
    return YEARS.sub(lambda year: " " * len(year.group()), text)


def _swap_region(before: str, thing: str, gazetteer: Gazetteer) -> str:
    old, new = gazetteer.find(before)[0], gazetteer.find(thing)[0]
    return before[: old.start] + thing[new.start : new.end] + before[old.end :]
