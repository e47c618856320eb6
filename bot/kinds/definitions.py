"""Definitions: the thing whose meaning a question asks for, and where a passage begins to explain it."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.question.understand import Query
from bot.question.wording import ASKING

LONGEST_TERM = 8
"""Characters of a term that a document would define."""
_ASKED_ABOUT = re.compile(
    r"(?:是)?指(?:的)?(?:是)?|(?:的)?(?:含义|定义|意思|概念)|界定|认定|理解|解释(?:一下)?|人\s*$|[些个](?![\u4e00-\u9fff])|啥|叫|介绍"
)

_MARKS = r"[、·]"
"""What may stand within a term."""
_BEGINS = r"(?:(?<![\u4e00-\u9fff])|(?<=[称谓的和及与该之]))"
"""What stands before a term that isn't the end of another (绝密级国家秘密是… explains no 国家秘密)."""
_IS = r"\s*[,，]?\s*(?:是指|就是|即|指的是|系指|是一[种个类项]|，?是(?!否)|有点像|类似|好比|意思是|：|:)"
_CALLED_BY = re.compile(r"[”\"」](?!的?(?:含义|意思|概念|定义))[\u4e00-\u9fff]{2,10}?(?:是|指)")
_WHAT_KIND = re.compile(
    r"^(?:请问)?([^，,是]{2,20})(?:是|算)(?:怎样|什么样|怎么样|何种|(?:个|一个|一种)(?:什么|啥)|(?:什么|啥)(?:东西|玩意))"
)
"""什么事是怎样的一种方式: of the kind that it is, nothing need be said in its explanation."""


def explanation(passage: str, query: Query) -> int | None:
    """Where in `passage` the explanation of the thing asked about begins; None when it only mentions it."""
    thing = defined(query)
    if not thing:
        return None
    found = _explains(thing).search(passage)
    return found.start() if found else None


@lru_cache(maxsize=64)  # of one question the same thing is looked for in hundreds of sentences
def _explains(thing: str) -> re.Pattern[str]:
    # Documents write “双控、一公开” what people ask for without the mark.
    spelt = rf"{_MARKS}?".join(map(re.escape, thing))
    name = rf"[“\"「《『]?{spelt}[”\"」》』]?(?:[（(][^）)]{{0,30}}[）)])?"
    return re.compile(
        rf"(?:本[办法条例规定细则]+|前款|本法)?所称\s*{name}|(?:为什么|之所以|所以)?(?:叫做?|称为|称作|史称)\s*{name}"
        rf"|所谓\s*(?:的)?{name}|(?:以下[简统合]?|[（(][简统合])称[“\"]?{name}(?![\u4e00-\u9fff])"
        rf"|{name}[^，,。；;\n（(]{{0,6}}[（(](?!以下)[^（()）]{{6,}}[)）]"
        rf"|{_BEGINS}{name}{_IS}"
        rf"|{name}者\s*[,，]\s*[为是即指]"
        rf"|{name}\s*[,，]?\s*(?:指(?![标导数定挥出示引南令派])|[或又也亦]称)"
        rf"|{name}.{{0,60}}(?:的概念|这么一个|也就是说|是指)",
        re.S,
    )


def describes(passage: str, query: Query) -> bool:
    """Whether `passage` tells what the thing asked about is for, of or made of, short of explaining the word."""
    thing = defined(query)
    return bool(thing and _describing(thing).search(passage))


@lru_cache(maxsize=64)
def _describing(thing: str) -> re.Pattern[str]:
    name = rf"[“\"「]?{re.escape(thing)}[”\"」]?"
    return re.compile(
        rf"(?:^|[。；;，,\n])\s*{name}(?:主要)?(?:针对|面向|适用于|包括|涵盖|由[^，,。；;]{{2,40}}(?:组成|构成)|以[^，,。；;]{{2,30}}为)"
        rf"|(?:^|[。；;\n])\s*{name}是(?![否由在从为对以按将被])[^，,。；;]{{5,}}|以[^，,。；;]{{4,40}}的[^，,。；;的]{{0,10}}{name}"
        rf"|[^，,。；;、]{{2,12}}、[^，,。；;、]{{2,12}}(?:等|的)?[“\"「]{re.escape(thing)}[”\"」]"
        rf"|[“\"「]{re.escape(thing)}[”\"」]\s*[,，][^。；;]{{15,}}|{name}{_IS}|以下(?:[简统合])?称[“\"]?{name}"
        rf"|[^，,。；;\n]{{10,}}(?:是|属于){name}(?=[，,。；;]|$)"
    )


def defined(query: Query) -> str | None:
    """The thing whose definition `query` asks for: what it quotes, else what is left of it without the asking."""
    if query.quoted:
        return query.quoted[-1]
    thing = _left(query.text) or ""
    places = (name for region in query.regions for name in (region.name, region.local))
    named = next((place for place in places if thing.startswith(place)), "")
    # 青岛市专利银行: documents explain it without whose it is.
    return thing[len(named) :].lstrip("的") or thing or None


def names_a_measure(query: Query) -> bool:
    """Whether what is asked about is no term but something called by one, or named in many words (“双随机”监管机制):
    its sentence tells what it is."""
    return bool(_CALLED_BY.search(query.text)) or len(re.sub(r"\W", "", _left(query.text) or "")) > LONGEST_TERM


@lru_cache(maxsize=64)
def _left(question: str) -> str | None:
    if kind := _WHAT_KIND.match(question):
        return kind[1].strip(' “”"《》')
    rest = _ASKED_ABOUT.sub(" ", ASKING.sub(" ", question)).strip(" ，,的")
    # 赡养老人扣除里的被赡养人: the thing itself stands last.
    return re.split(r"(?:里|中|上)面?(?:所?说|讲|提到?|规定)?的|\s+", rest)[-1].strip(' “”"《》') or None
