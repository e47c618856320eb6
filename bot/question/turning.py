"""Turns that steer a conversation: 你确定吗, 具体点, 总结一下, 回到某市, 不是甲，是乙."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer import Answer
from bot.compose import named
from bot.question.spoken import asked, persons_of
from bot.question.understand import understand
from bot.question.wording import DOCUMENT
from bot.tree import without_label
from vectorstore.model import Document
from vectorstore.regions import Gazetteer, Region

_END = r"[\s?？。!！~～]*$"
_SURE = re.compile(
    r"^(?:你|这|这个|是|真的?|那)*(?:能|可以)?(?:真的|确定|肯定|保证|准确|靠谱|属实|没错|没(?:搞|弄|看)错|对)(?:的|了)?(?:吗|么|吧|嘛)"
    rf"{_END}"
)
_TOLD = r"(?:这|那)?(?:些|个|句)?(?:数据?|数字|说法|话|答案|结论|回答)"
_PLACE = r"(?:哪里|哪儿|哪[个份]文件|什么文件|哪一?[条段页])(?:里|中)?"
_WHERE = re.compile(
    rf"^(?:那|请问)?(?:{_TOLD}|它|这)?的?(?:(?:出处|原文|原话|原句)(?:是|在|出自|怎么)?|依据(?:在|出自))(?:{_PLACE}|什么|说|写|讲)?(?:的|呢|啊)*{_END}"
    rf"|^(?:{_TOLD})?(?:是)?(?:在|从|出自)?{_PLACE}(?:写|说|讲|规定|提|看|查|来|找)(?:的|到的?|着的?|出来的)?(?:呢|啊)?{_END}"
    rf"|^{_TOLD}(?:是)?(?:在|从|出自)?{_PLACE}(?:呢|啊)?{_END}"
)
"""Where it stands, which the answer shows."""
_PARTS = re.compile(r"[?？,，。；;!！\s]+")
_MARKS = "?？,，。；;!！~～ "
_CLOSER = re.compile(
    r"^(?:请|麻烦|能不能|能否|可以|能|可否)?(?:你)?(?:再|更)?(?:说|讲|介绍|解释)?(?:得|的)?(?:具体|详细|展开|仔细|细)(?:的)?(?:一?点儿?|一?些|地)?"
    r"(?:说说|说一下|说|讲讲|讲一下|讲|介绍一下|介绍|解释一下|解释|内容|情况|规定|怎么说|怎么规定|怎么做)*"
    rf"(?:的)?(?:是什么|有哪些|是哪些|是怎样的?|一下|吗|呢)?{_END}"
)
_SUMMARY = re.compile(
    r"^(?:请|麻烦|帮我|能不能|能否|可以)*(?:简单|简要)?(?:再)?(?:总结|概括|归纳|梳理|小结)(?:一下|下|总结)?(?:吧|吗|呢)?[，,]?"
)
_SUMS_UP = ("主要内容是什么？", "主要任务有哪些？", "主要目标是什么？", "工作任务有哪些？")
"""What a document is summed up by, where it has it."""
_BACK_TO = re.compile(
    r"^(?:那|好的?|我们)?[，,]?(?:回到|回过头来?(?:看|说)?|说回|话说回来|接着说|再(?:来)?(?:说说|看看|问问|说一?下|看一?下|问一?下|说|看|问)(?:回)?"
    r"|还是(?:说|看|问)?回?)[，,]?(?:刚才|前面|之前|上面)?(?:说的|问的|提到的|讲的)?的?"
)
_OF_IT = re.compile(
    r"^(?P<what>[^，,？?]{2,24}?)(?:那边|这边|方面|的话)?[，,](?:那么?)?(?:它|其|该[市区县省]|当地|那边)?的?(?P<rest>.+)$"
)
_RATHER = (
    re.compile(
        rf"^(?:不对|错了|不)?[，,]?(?:我(?:问|说|要|指|想问)?的?)?不是(?:问|说|指)?(?P<not>[^，,]+)[，,]\s*(?:而)?(?:我(?:问|说|要|指|想问)的?)?是(?:问|说|指)?(?P<but>.+?){_END}"
    ),
    re.compile(
        rf"^(?:不对|不是|错了|搞错了|弄错了|你(?:理解|搞|弄)错了|不)?[，,]?我(?:问|说|要|指|想问|想知道|关心)的?是(?P<but>[^，,]+?)(?:[，,]\s*(?:而)?不是(?P<not>.+?))?{_END}"
    ),
)
_SAID_BY = re.compile(r"^(?:他|她|对方)(?:还|又|也)?(?:说|提到|表示|介绍|指出|认为|强调|讲|通报)(?:的|了|过)?[，,：:]?")
_PERSON = re.compile(r"^(?:那)?(?:他|她|这个?人|此人|该(?:同志|负责人))(?!们)")
_WHO_IS = re.compile(
    rf"^(?:那)?(?:他|她|这个?人|此人)(?:到底|究竟)?(?:是(?:谁|什么人|哪位|干什么的)|叫什么(?:名字)?|(?:担任|是|有|的)*(?:还有)?(?:什么|哪些)?职务(?:是什么)?){_END}"
)
_THIS_DOCUMENT = re.compile(
    rf"(?:这|那|该|此|本|上述)(?:个|份|部|项|篇)?{DOCUMENT}(?:里面?|中|里头)?|(?:文件|方案|办法|意见|通知|条例|规定)(?:里面?|中|里头)|(?:^|(?<=[，,]))(?:文中|里面|它里面|其中)"
)
_TELL_MORE = re.compile(
    rf"[，,]?(?:请|能不能|能否|可以|麻烦)?(?:再)?(?:具体|详细|仔细|展开)(?:地)?(?:说说|说一下|说|讲讲|讲一下|讲|介绍一下|介绍|解释一下)(?:吗|吧|呢)?{_END}"
)
"""What ends a question for more than a glance."""
_TOOK_BACK = re.compile(r"^[^…]{1,40}(?:…+|\.{3,})[，,]?(?:哦|嗯)?(?:算了|不是|不对|不|等等|说错了)[，,]")
_THIS_FIELD = re.compile(r"(?<=[\u4e00-\u9fff]{2})[这那]一?(?:块儿?|方面|部分)(?=[是由归有的要怎呢，,]|哪|谁|$)")
_PRONOUN = re.compile(r"[它他她]们?|[这那]些")
NAMED_BY = 30
"""Characters of a heading that its passage is asked for by."""


def newly(question: str) -> str:
    """What a follow-up says of its matter: without 总结一下, 具体点, 回到…, 他说, and of a correction what is right."""
    if _is_about_the_answer(question) or _CLOSER.match(question):
        return ""
    question = settled(question)
    for pattern in _RATHER:
        if found := pattern.match(question):
            return found["but"]
    for lead in (_SUMMARY, _BACK_TO, _SAID_BY, _PERSON):
        question = lead.sub("", question, count=1)
    return _PRONOUN.sub("", _TELL_MORE.sub("", _THIS_DOCUMENT.sub("", question)))


def _is_about_the_answer(question: str) -> bool:
    """Whether it doubts what was told or asks where it stands, and nothing else."""
    return all(_SURE.match(part) or _WHERE.match(part) for part in _PARTS.split(question.strip(_MARKS)))


def settled(question: str) -> str:
    """`question` without what its asker took back in it (甲……算了，乙是多少 asks for 乙), and 这块 behind a thing."""
    return _THIS_FIELD.sub("", _TOOK_BACK.sub("", question, count=1)) or question


def again(question: str, history: Sequence[Answer]) -> tuple[str, ...]:
    """The questions that a turn about the answer comes to: it again for 你确定吗, its passage for 具体点; () else."""
    last = next((answer for answer in reversed(history) if answer.citations), history[-1])
    if _is_about_the_answer(question):
        return (asked(last),)
    if not (_CLOSER.match(question) and last.citations):
        return ()
    first = last.citations[0]
    heading = without_label(first.path[-1]) if first.path else ""
    whole = f"{named(first.document)}“{heading[:NAMED_BY]}”有哪些内容？"
    return (whole, asked(last)) if heading else (asked(last),)


def summed_up(question: str, document: Document | None) -> tuple[str, ...]:
    """What sums up `document` (总结一下); for 总结一下它的目标 the question without those words; () for any other."""
    found = _SUMMARY.match(question)
    if found is None:
        return ()
    rest = question[found.end() :].strip(" ，,的?？。")
    of_it = _THIS_DOCUMENT.sub("", rest).strip("的 ")
    if document is None:
        return (rest,) if rest else ()
    if not of_it:
        return tuple(f"{named(document)}的{part}" for part in _SUMS_UP)
    return f"{named(document)}的{of_it}是什么？", rest


def rather(question: str, before: Answer) -> tuple[str, str | None] | None:
    """What a correction (不是甲，是乙) is about, and the question before with 乙 for 甲, if it has 甲; None else."""
    for pattern in _RATHER:
        found = pattern.match(question)
        if found:
            wrong, right = (found["not"] or "").strip("的 "), found["but"].strip("的 ")
            whole = asked(before)
            return right, whole.replace(wrong, right, 1) if wrong and wrong in whole else None
    return None


def of_somebody(question: str) -> bool:
    """Whether it asks who somebody is, or what office he holds, by a pronoun alone (他是谁)."""
    return bool(_WHO_IS.match(question.strip()))


def whom(question: str, history: Sequence[Answer]) -> tuple[str, ...]:
    """The several people whom 他 in `question` may stand for; () where it stands for one, or for nobody."""
    names = persons_of(history) if history and _PERSON.match(question.strip()) else ()
    return names if len(names) > 1 else ()


def plainly(question: str, history: Sequence[Answer], document: Document | None, gazetteer: Gazetteer) -> str:
    """`question` without what only leads back (回到某市，它的…), and with the names that 他 and 这个文件 stand for."""
    plain = _BACK_TO.sub("", question, count=1)
    led_back = plain != question
    found = _OF_IT.match(plain)
    if found and gazetteer.find(found["what"]) and not _regions(found["rest"], gazetteer):
        place = _regions(found["what"], gazetteer)[0].local
        if led_back or re.search(r"[，,](?:那么?)?(?:它|其|该[市区县省]|当地|那边)", plain):
            plain = f"{place}的{found['rest']}"
    elif led_back and plain and understand(plain, gazetteer).kind == "general" and len(plain) <= NAMED_BY:
        plain = plain.rstrip("吧？?。") + ("" if plain.rstrip("吧？?。").endswith("呢") else "呢")
    plain = _TELL_MORE.sub("", _SAID_BY.sub("", plain, count=1))
    if _PERSON.match(plain) and len(names := persons_of(history)) == 1:
        plain = _PERSON.sub(names[0], plain, count=1)
    if document is not None and not understand(plain, gazetteer).regions:
        plain = _THIS_DOCUMENT.sub(lambda _: named(document), plain, count=1)
    return plain or question


def _regions(text: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    return tuple(dict.fromkeys(m.region for m in gazetteer.find(text)))
