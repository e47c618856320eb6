"""Questions made by script from an article of law: what a term means, how long, how much, who, and which."""

import random
import re
from collections.abc import Iterator

from scripts.news_questions import content

_DEFINES = re.compile(r"所称(?:的)?([\u4e00-\u9fff]{2,14})[，,]?(?:是指|，指|指)([^。；]{6,160})")
_TERM = re.compile(
    r"([^，。；：]{0,30})[，]?(?:应当)?(?:自|在|于)?([^，。；：]{0,24}?)"
    r"((?:[一二三四五六七八九十]+|\d+)(?:个工作日|个月|日|年|小时))(?:以)?内[，]?([^，。；：]{3,24})"
)
_CHARGE = re.compile(
    r"([\u4e00-\u9fff]{2,16}(?:部门|机构|局|委员会|人民政府|机关|委|厅|办公室))(?:具体)?(?:负责|主管|承担)([^，。；：]{4,30})[，。；]"
)
_FINE = re.compile(r"([^。；：]{6,60})处([^，。；]{3,30}?)的?罚款")
_LIST = re.compile(
    r"([^，。；：]{4,24})[，]?(?:应当|必须)?(?:具备|符合|包括|提交|有)下列(条件|内容|材料|情形|职责|要求|事项)[^：]{0,6}：([^。]{10,240})"
)
_FIGURE = re.compile(
    r"([^，。；：]{4,30}?)(?:为|按|达到|不超过|不低于|不得低于|不得超过|的)"
    r"([百千]分之[一二三四五六七八九十零点]+|\d[\d.]*\s*%|\d[\d.]*万?元)"
)
_DUTY = re.compile(r"^([^，。；：]{4,24})[，](?:应当|可以|不得|由)([^。；]{8,120})")
DUTIES = 0.12
"""Share of the articles that begin with a case which are asked what holds in it: nearly all do."""
Made = tuple[str, str, int, int]
"""What kind of question, the question, and where text[start:end] answers it."""


def questions(text: str, chance: random.Random) -> Iterator[Made]:
    """The questions that `text` answers."""
    for found in _DEFINES.finditer(text):
        asks = ("什么是{}？", "{}是什么意思", "{}是指什么？", "{}的定义是什么", "{}指的是什么", "何为{}")
        yield "definition", chance.choice(asks).format(found[1]), *found.span(2)
    for found in _TERM.finditer(text):
        case, act = _words(found[1] + found[2])[-4:], _words(found[4])[:4]
        if len(case) + len(act) >= 4:
            asks = ("多长时间内", "几日内", "在多久内", "应当在多少日内")
            yield "term", "".join([*case, chance.choice(asks), *act, chance.choice(("？", ""))]), *found.span(3)
    for found in _CHARGE.finditer(text):
        asks = ("谁负责{}", "{}由谁负责？", "{}由哪个部门负责？", "哪个部门负责{}", "{}的主管部门是哪个")
        yield "charge", chance.choice(asks).format(found[2].removesuffix("工作")), *found.span(1)
    for found in _FINE.finditer(text):
        if len(case := _words(found[1])[-6:]) > 2:
            asks = ("罚款多少", "处多少罚款？", "罚多少钱", "如何处罚")
            yield "fine", "".join([*case, chance.choice(asks)]), *found.span(2)
    for found in _LIST.finditer(text):
        asks = ("有哪些{}？", "具备哪些{}", "符合什么{}？", "提交什么{}")
        asked = chance.choice(("应当", "需要", "要", "")) + chance.choice(asks).format(found[2])
        yield "list", found[1] + asked, *found.span(3)
    for found in _FIGURE.finditer(text):
        if len(case := _words(found[1])[-4:]) > 1:
            asks = ("是多少", "多少", "比例是多少", "标准是多少", "为多少？")
            yield "figure", "".join([*case, chance.choice(asks)]), *found.span(2)
    for found in _DUTY.finditer(text):
        if chance.random() < DUTIES:
            asks = ("有什么规定？", "怎么办", "应当怎么做", "有哪些要求")
            yield "duty", found[1] + chance.choice(asks), *found.span(2)


def _words(clause: str) -> list[str]:
    return [word for word, _ in content(clause)]
