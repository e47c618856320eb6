"""The words of asking in Chinese: what kind of answer each wording asks for."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "definition", "number", "date", "person", "doc_number", "title", "issuer", "source", "basis", "responsibility",
    "duties", "list", "article", "compare", "across", "yes_no", "general",
]  # fmt: skip

NUMERAL = r"[一二三四五六七八九十两\d]+"
ITEM = rf"第\s*[（(]?\s*{NUMERAL}\s*[)）]?\s*(?:条|款|项|部分|章|节)"
"""A numbered place in a document: 第六条, 第(七)项, 第8项, 第三部分."""
COUNTED = r"(?:大|项|个|种|类|条|方面|点)"
_PLACE = r"(?:城市|地区|地方|省份|省市|市县|区县|省|市|区|县)"
_DOCUMENT = r"(?:文件|政策|法规|通知|意见)"

# In this order: the first kind one of whose wordings fits is the question's.
_OFFICER = r"(?:长|主任|书记|负责人|主席|发言人|联系人|主持人|召集人)"
_WORDINGS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "responsibility",
        (rf"{ITEM}.*(?:牵头|负责|责任)",),
    ),
    ("article", (ITEM,)),
    (
        "duties",
        (
            r"(?:牵头|负责|承担|参与)(?:了)?(?:的)?(?:哪些|什么|哪几项|多少项)?(?:任务|工作|事项)(?:有哪|是哪|包括)?",
            r"(?:哪些|哪几项|什么)(?:任务|工作|事项)的(?:牵头|责任)",
        ),
    ),
    ("doc_number", ("文号", "发文字号", "几号文", "文件编号")),
    ("title", (r"号(?:文)?是(?:什么(?!时)|哪(?!一?[天年月日]))", r"(?:是)?(?:什么|哪个)文件名", "叫什么文件")),
    (
        "issuer",
        (
            r"(?:哪个|什么|哪家|哪些)(?:单位|部门|机关|机构)(?:联合)?(?:印发|发布|制定|出台|公布|签发|下发|发|发出)的?[?？。]?$",
            r"发文(?:机关|单位)",
            r"谁(?:印发|发布|制定|出台|发)的?",
        ),
    ),
    (
        "basis",
        (r"(?:根据|依据|按照|贯彻|落实)(?:的是)?(?:哪|什么)", r"依据是什么", r"上位(?:文件|法|政策)", r"制定依据"),
    ),
    (
        "source",
        (r"哪家(?:报纸|报社|媒体|网站|报)", r"来源(?:是|于)?(?:哪|什么)", r"(?:登|发|刊)[在于](?:哪|什么)", "出处"),
    ),
    (
        "person",
        (
            rf"{_OFFICER}(?:现在|目前|都|分别)?(?:由谁|是谁|有谁|叫什么|是哪|都有谁|有哪)",
            rf"谁(?:是|担任|任).*{_OFFICER}",
        ),
    ),
    (
        "across",
        (
            rf"哪(?:些|几个|几座|座|个|一个|几)?{_PLACE}(?!级)",
            rf"哪(?:些|几个|几份|几部|份|个|部){_DOCUMENT}",
            r"各(?:市|省|地|城市|地区)(?=.*(?:多少|什么|哪|分别))",
        ),
    ),
    (
        "compare",
        (
            "比较",
            "对比",
            "相比",
            "区别",
            "差别",
            "差异",
            r"有(?:什么|何|哪些)不同",
            "(?:谁|哪个|哪家|哪边)(?:更|较)?[高低多少大小强快慢]",
            "哪个更",
        ),
    ),
    (
        "responsibility",
        (
            r"牵头(?:单位|部门|人)?(?:是|为|有)?(?:谁|哪|什么)",
            r"谁(?:来)?(?:负责|牵头|承担|主管)",
            r"(?:由|归)(?:谁|哪)",
            r"责任(?:单位|部门|主体)",
            r"主管(?:部门|单位)(?:是|有)?(?:谁|哪|什么)",
            r"哪(?:个|些|几个)(?:部门|单位|机构|局|委)",
        ),
    ),
    ("person", ("是谁", "谁(?:是|担任|出任|兼任|主持|发布|发言)", "叫什么名字", "哪位", "哪几位", "姓名")),
    (
        "date",
        ("哪一?[天日]", "哪一?年", "哪一?月", "几月", "几号(?!文)", "什么时候", "何时", "什么时间", "日期", "何[日年]"),
    ),
    (
        "definition",
        (
            r"^(?:请问|请解释|解释一下|解释)?(?:什么是|什么叫|何谓|何为|啥是|啥叫)",
            r"是什么意思",
            r"指(?:的)?(?:是)?(?:什么|哪|谁)",
            r"(?:怎么|如何|怎样)(?:界定|认定|定义)",
            r"是啥意思",
            r"的(?:含义|定义|意思|概念)",
            r"为什么叫",
            r"(?:怎么|如何)理解",
            r"是(?:个|一个|一种)?什么(?:东西|概念|机构)",
            r"^解释",
            r"^介绍一下",
        ),
    ),
    (
        "list",
        (
            r"哪(?:些|几)",
            rf"哪{NUMERAL}?{COUNTED}",
            rf"{NUMERAL}{COUNTED}[^,，。]*(?:是什么|分别|包括|有啥)",
            r"包括(?:什么|哪)",
            r"分别(?:是|为)(?:什么|哪)",
            r"有什么(?:措施|举措|要求|内容|特色|特点|条件|任务|目标|政策|支持)",
            r"列(?:出|举)",
        ),
    ),
    (
        "number",
        (
            "多少",
            r"(?<![一二三四五六七八九十])几(?:个|家|件|项|天|年|月|次|名|人|万|亿|元|成|倍|所|户|种|类|条|批|支)",
            "多[大高长久快]",
            "几何",
            "百分之几",
            r"(?:金额|数额|数量|比例|总额|总数)[?？。]?$",
        ),
    ),
    (
        "yes_no",
        (
            r"(?:吗|嘛|(?<!什)么)[?？。]?$",
            "对吧|对吗|真的吗|没错吧",
            "是否|能否|可否",
            "能不能|可不可以|可以不可以|有没有|会不会|是不是|要不要|该不该",
        ),
    ),
)
_KINDS = tuple((kind, re.compile("|".join(wordings))) for kind, wordings in _WORDINGS)
_WHAT_IS_IT = re.compile(r"^[^,，的]{2,12}是(?:什么|啥)[?？。]?$")
# A policy's … is listed or stated, not defined.
_ATTRIBUTE = re.compile(
    r"(?:信息|热线|电话|账户|账号|地址|网址|名称|时间|目标|原则|任务|措施|要求|方式|渠道|路径|条件|范围|对象|标准"
    r"|内容|思想|依据|目的|特色|重点|工程)是"
)
ASKING = re.compile(
    r"请问|请?介绍一下|请?解释一下|什么是|什么叫|何谓|何为|为什么叫|是什么意思|分别|一共|总共"
    r"|(?:的)?(?:是|为|有|由|被|需)?(?:哪一?[天年日月]|哪[些个几种项座家位里儿]?|多[少大高长久快]"
    r"|几(?=[个家件项天年月次名人种座份])|谁|什么(?:时候|时间|意思)?|何时|怎么样|怎样|怎么|如何|为何|为什么|吗|呢)"
    r"|是否|能否|能不能|可不可以|有没有|[?？！!。]"
)
"""The words of asking themselves, which no document need hold."""


def kind_of(question: str) -> Kind:
    """The kind of answer a question asks for, by its words of asking."""
    for kind, pattern in _KINDS:
        if pattern.search(question):
            return kind
    if _WHAT_IS_IT.search(question) and not _ATTRIBUTE.search(question):
        return "definition"
    return "general"
