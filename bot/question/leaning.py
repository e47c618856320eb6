"""Turns that name nothing and ask something of what was just shown: by when, by whom, why, and what else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.answer import Answer, Citation

Leaning = Literal["when", "who", "why", "more", "rest"]
"""…, what else there is, and what the sentence says of the others (其他的证书呢)."""
_END = r"(?:的|了|呢|啊|呀|吧)*[\s?？。!！]*$"
_LEAD = r"^(?:那么?|请问|嗯|好的?|具体)?[,，]?"
_GENERAL = r"(?:要求|规定|内容|措施|任务|目标|指标|做法|条件|情况|项目?|举措|方面|数据|经验|成果|办法)"
_IT = (
    rf"(?:(?:这|那|该|上述|以上|前面|刚才|它|其)(?:们|些|个|一?[项条点]|份)?的?(?:主要|具体)?"
    rf"(?:{_GENERAL}|工作|事情?|数字?|标准|结果|改革|计划|钱)?(?:都|的)?)?"
)
_BOUND = r"(?:打算|计划|准备|预计|大概|最迟|最晚|需要|必须|应该?|要|会|能|得|才|全部|都|最终|基本)*"
_DONE = r"(?:实现|完成|达到|达成|达标|做到|做完|建成|建好|办完|办好|落实|到位|搞定|见效)"
_TIME = r"(?:什么时候|何时|哪一?年|哪一?天|哪一?个?月|什么时间|几时|几月)(?:底|末|之?前|以前|为止|止)?"
_WHEN = re.compile(
    rf"{_LEAD}{_IT}{_BOUND}(?:到|在|于|截[至止]到?)?{_TIME}{_BOUND}{_DONE}?{_IT}{_END}"
    rf"|{_LEAD}{_IT}{_BOUND}(?:多久|多长时间|几年)(?:内|之内)?{_BOUND}{_DONE}{_END}"
    rf"|{_LEAD}{_IT}{_BOUND}(?:{_DONE}|截止)的?(?:时间|期限|时限|年份|日期)(?:是|为|到|在)?(?:什么|{_TIME})?{_END}"
    rf"|{_LEAD}{_IT}(?:的)?(?:期限|时限)(?:是|为|到|在)*{_TIME}{_END}"
)
_WHOM = r"(?:谁|哪(?:个|些|几个|家)(?:部门|单位|机构|局)|什么(?:部门|单位))"
_WHO = re.compile(
    rf"{_LEAD}{_IT}(?:应该?|是)?(?:由|归)?{_WHOM}(?:来|去|具体|主要)*(?:负责|牵头|管|落实|承担|主管|主办|抓|推进|组织|分管|执行|指导)+(?:实施|落实)?{_END}"
    rf"|{_LEAD}{_IT}(?:应该?|是)?(?:由|归){_WHOM}(?:来|去)?(?:办|干|做|完成|实施)?{_END}"
    rf"|{_LEAD}{_IT}(?:牵头|责任|主管|负责|主办)的?(?:单位|部门|人)?(?:是|有|为)?(?:{_WHOM}|哪[个些]|什么)?{_END}"
)
_WHY = re.compile(
    rf"{_LEAD}{_IT}(?:是)?(?:为什么|为何|为啥|凭什么|(?:什么|啥)原因|(?:原因|理由)(?:是|有)?(?:什么|哪些|啥)?|何故)"
    rf"(?:要|会|能|不能|不行|不可以|是|得)?(?:这样|这么|如此)?"
    rf"(?:规定|要求|提出?|做|说|安排|设|制?定|出台|印发|发布|推出|实施|开展|调整|取消|限制|禁止|支持|鼓励|推[进动]|建[立设]?|搞)?{_IT}{_END}"
)
_ASKS_WHY = re.compile(r"(?<![称名誉聘编作谓封])为什么(?!叫)|为何|为啥|什么原因|原因(?:是|有|呢|[?？]?$)")
_MORE = re.compile(
    rf"^(?:那么?|请|除此(?:之外|以外)?|除了(?:这|那)[些个]?(?:以外|之外)?)?[,，]?(?:"
    rf"还有(?:没有|其他|其它|别的|更多|什么|哪些|啥|的)*{_GENERAL}?(?:吗|么|没有|没)?"
    rf"|(?:请)?(?:继续|接着)(?:说|讲|往下说|列)?(?:下去)?|然后|(?:其他|其它|其余|别的|另外|剩下)的?{_GENERAL}?(?:还)?(?:有)?(?:吗|哪些|什么|呢)"
    rf"|(?:下面|接下来|后面|后边)的?(?=呢)|更多|就?(?:只有)?这些(?:吗|么|了吗)|没有?(?:别的|其他)?了(?:吗|么)?"
    rf"|再(?:说|讲|来|列|举)(?:出)?(?:一?些|[一几]?[个条项点]+)|还(?:列|说|提|讲)(?:了|到)?(?:什么|哪些|啥))"
    rf"{_END}"
)
_KINDS: tuple[tuple[Leaning, re.Pattern[str]], ...] = (("more", _MORE), ("why", _WHY), ("when", _WHEN), ("who", _WHO))


def leaning(question: str) -> Leaning | None:
    """What `question` asks of what was shown before it; None where it names something of its own."""
    asked = question.strip()
    return next((kind for kind, pattern in _KINDS if pattern.search(asked)), None)


def asks_why(question: str) -> bool:
    """Whether it asks for a reason, of whatever it names."""
    return bool(_ASKS_WHY.search(question))


def leant_on(history: Sequence[Answer]) -> Answer | None:
    """The answer that such a turn asks about: the last that was told and asked for something of its own."""
    told = [answer for answer in history if answer.status == "answered" and answer.citations]
    return next((answer for answer in reversed(told) if not leaning(answer.question)), told[-1] if told else None)


def shown_since(history: Sequence[Answer], root: Answer) -> tuple[Citation, ...]:
    """What has been shown of what `root` asked for: there, and at every turn since that asked for more of it."""
    at = max(i for i, answer in enumerate(history) if answer is root)
    more = [answer for answer in history[at + 1 :] if leaning(answer.question) == "more"]
    return tuple(citation for answer in (root, *more) for citation in answer.citations)
