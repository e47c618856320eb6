"""What an answer must look like, or had better, for the thing asked for: a colour, a size, what isn't allowed."""

from __future__ import annotations

import re
from functools import lru_cache

_MUST: tuple[tuple[str, str], ...] = (
    (r"(?:什么|啥|哪种|何种)颜色|颜色(?:是|为|有|$)", r"[红橙黄绿蓝紫白黑灰棕][色底字]|[金银]色"),
    (r"尺寸|多(?:宽|厚)(?![\u4e00-\u9fff]*度)", r"\d\s*(?:毫米|厘米|分米|米|mm|cm|×|x)"),
    (r"网址|网站地址|域名", r"[A-Za-z0-9-]+\.(?:cn|com|org|net)|https?:|www\."),
    (r"邮箱|电子邮件地址|信箱", r"@|信箱"),
    (
        r"(?:怎么|咋|如何|怎样|什么|哪些)(?:的|个)?(?:处罚|罚款|惩罚|罚(?!单|法))|罚(?:款)?(?:多少|几)|处多少|[会要被受挨]处?罚",
        r"罚|处分|警告|吊销|没收|拘留|责令|开除|撤职|记过|追究",
    ),
    (r"邮编|邮政编码", r"(?<!\d)\d{6}(?!\d)"),
)
"""Words of a question, and what any answer to it has."""
_BETTER: tuple[tuple[str, str], ...] = (
    (r"(?:不能|不可以?|不得|不许|不准|禁止|不允许)[^，,。吗]{0,8}(?:什么|哪些|啥)|哪些[^，,。]{0,12}(?:不能|不得|禁止)",
     r"不得|严禁|禁止|不准|不予|不能|不许|不再|剥离"),
    (r"(?:什么|啥)原因|为什么(?!叫)|为何|怎么造成|原因(?:是|有)",
     r"由于|因为|因(?=[\u4e00-\u9fff]{2,}[，,。而])|造成|导致|为了|鉴于|引起|所致"),
    (r"(?:受到|给予|有)(?:了)?(?:什么|哪些|怎样的?)(?:处分|处理)|怎么(?:处理|处分)|后果",
     r"处分|处罚|罚款|撤|记过|警告|吊销|开除|免去|追究|责令|依法处理|惩戒"),
    (r"(?:怎么|如何|怎样)答复|办理意见|(?:同意|批准)了?(?:吗|没有?)",
     r"意见[：:]|将|同意|不同意|暂|待|予以|难度|再行|统筹"),
    (r"前提|条件(?:是什么|下)", r"条件|前提|符合|具备|须|应当"),
    (r"(?:怎么|如何|怎样)(?:计)?算|(?:怎么|如何|怎样)(?:计征|计发|核算)",
     r"按照?[\u4e00-\u9fff]*\d|百分之|[%％‰]|万分之|千分之|倍|乘|除以|每满|之[和差积]|计算|折算|公式"),
    (r"(?:多久|多长时间|每?隔多久)[^，,。]{0,8}[一1]次|(?:每[年季月周]|一年)[^，,。]{0,6}(?:几|多少)次",
     r"每[隔年季月周日天半两三四五六七八九十\d][^，,。；;]{0,12}(?:次|轮|例?会)|[一二三四五六七八九十两\d]次|周期"),
    (r"最[长多高大]|至多", r"超过|以[下内]|最[长多高大]|高于|多于|上限|至多|封顶"),
    (r"最[短少低小]|至少", r"少于|低于|以上|最[短少低小]|至少|下限|不足|不满|起"),
)  # fmt: skip
"""The same for what only makes an answer likelier."""
_APPLYING = re.compile(
    r"(?:怎么|怎样|如何|咋)(?:去|样)?(?:申请|申报|报名|申领|办理)|(?:申请|申报|报名|申领|办理)(?:的)?(?:具体)?(?:流程|程序|步骤|手续)"
)
"""Asks how one applies …"""
_STEP = re.compile(
    r"提交|提出[^，,。；;]{0,8}申请|向[^，,。；;]{2,30}申[请报领]|报送|填[写报]|受理(?!条件|范围|对象)|审核|审查|审批(?!表)|[初复终]审|评审|公示|登录|递交|工作日"
    r"|窗口|网上|线上|预约|备案|邮寄|电话"
)
"""… and what a step of that is told by."""


def shaped(question: str, passage: str) -> float | None:
    """How well `passage` has the shape asked for: 1 or, where it lacks it, 0 (any answer has it) or 0.3 (most have);
    None where a question asks for nothing that has a shape."""
    pattern, least = _shape(question)
    if pattern is None:
        return None
    return 1.0 if pattern.search(passage) else least


def asks_steps(question: str) -> bool:
    """Whether a question asks how one applies for something, and so for the steps of it."""
    return _APPLYING.search(question) is not None


def tells_step(passage: str) -> bool:
    """Whether `passage` tells a step of an application: what is handed in where, who decides on it, and how soon."""
    return _STEP.search(passage) is not None


@lru_cache(maxsize=64)  # one question is asked of hundreds of sentences
def _shape(question: str) -> tuple[re.Pattern[str] | None, float]:
    for table, least in ((_MUST, 0.0), (_BETTER, 0.3)):
        for asked, told in table:
            if re.search(asked, question):
                return re.compile(told), least
    return None, 0.5
