"""Understands a standalone question: its kind, and the regions, years, document numbers and terms it names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from vectorstore.regions import Gazetteer, Region
from vectorstore.tokens import words

Kind = Literal[
    "definition", "number", "date", "person", "doc_number", "responsibility", "list", "article", "compare", "across",
    "yes_no", "general",
]  # fmt: skip

_NUMERAL = r"[一二三四五六七八九十两\d]+"
_PLACES = r"(?:城市|地区|地方|省份|省市|市县|区县|省|市|区|县)"
# In this order: the first pattern that fits names the kind.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in [
        ("article", rf"第\s*{_NUMERAL}\s*(?:条|款|项)"),
        ("doc_number", r"文号|发文字号|几号文|文件编号"),
        ("across", rf"哪(?:些|几个|几座|几家|几份|座|个|份|一个|几)?{_PLACES}(?!级)|哪(?:些|几个|几份|几部|份|个|部)(?:文件|政策|法规|通知|意见)|各(?:市|省|地|城市|地区)(?=.*(?:多少|什么|哪|分别))"),
        ("compare", r"比较|对比|相比|区别|差别|差异|有(?:什么|何|哪些)不同|谁(?:更)?[高低多少大小]|哪个更"),
        ("responsibility", r"牵头(?:单位|部门|人)?(?:是|为|有)?(?:谁|哪|什么)|谁(?:来)?(?:负责|牵头|承担|主管)|(?:由|归)(?:谁|哪)|责任(?:单位|部门|主体)|主管(?:部门|单位)(?:是|有)?(?:谁|哪|什么)|哪(?:个|些|几个)(?:部门|单位|机构|局|委)"),
        ("person", r"是谁|谁(?:是|担任|出任|兼任|主持|发布|发言)|叫什么名字|哪位|哪几位|姓名"),
        ("date", r"哪一?[天日]|哪一?年|哪一?月|几月|几号(?!文)|什么时候|何时|什么时间|日期|哪[天日年]|何日|何年"),
        ("definition", r"^(?:请问|请解释|解释一下|解释)?(?:一下)?(?:什么是|什么叫|何谓|何为|啥是|啥叫)|是什么意思|指(?:的)?(?:是)?什么|的(?:含义|定义|意思|概念)|为什么叫|(?:怎么|如何)理解|是(?:个|一个|一种)?什么(?:东西|概念|机构)|^解释|^介绍一下"),
        ("list", rf"哪(?:些|几)|哪{_NUMERAL}?(?:大|项|个|种|类|条|方面|点)|{_NUMERAL}(?:大|项|个|种|类|条|方面|点)[^,，。]*(?:是什么|分别|包括|有啥)|包括(?:什么|哪)|分别(?:是|为)(?:什么|哪)|有什么(?:措施|举措|要求|内容|特色|特点|条件|任务|目标|政策|支持)|列(?:出|举)"),
        ("number", r"多少|(?<![一二三四五六七八九十])几(?:个|家|件|项|天|年|月|次|名|人|万|亿|元|成|倍|所|户|种|类|条|批|支)|多大|多高|多长|多久|多快|几何|百分之几"),
        ("yes_no", r"(?:吗|嘛|(?<!什)么)[?？。]?$|是否|能不能|可不可以|可以不可以|有没有|会不会|能否|可否|是不是|要不要|该不该"),
    ]
)  # fmt: skip
_DEFINED_THING = re.compile(r"^[^,，的]{2,12}是(?:什么|啥)[?？。]?$")
_ATTRIBUTES = re.compile(
    r"(?:信息|热线|电话|账户|账号|地址|网址|名称|时间|目标|原则|任务|措施|要求|方式|渠道|路径|条件|范围|对象|标准|内容|思想|依据|目的|特色|重点|工程)是"
)
ASKING = re.compile(
    r"请问|请?介绍一下|请?解释一下|什么是|什么叫|何谓|何为|为什么叫|是什么意思|分别|一共|总共|(?:的)?(?:是|为|有|由|被|需)?(?:哪一?[天年日月]|哪[些个几种项座家位里儿]?"
    r"|多少|多大|多高|多长|多久|多快|几(?=[个家件项天年月次名人种座份])|谁|什么(?:时候|时间|意思)?|何时|怎么样|怎样|怎么|如何|为何|为什么|吗|呢)|是否|能否|能不能|可不可以|有没有|[?？！!。]"
)
"""The words of asking themselves, which no document need hold."""
_FOCUS = re.compile(
    r"的([^的,，。？?]{2,12}?)(?:一共|总共|合计)?(?:应|应该|要|须)?(?:是|为|有|达到?|多达|规定为|定为)?(?:多少|谁|哪|什么|几|多大|多高)"
)
_QUOTED = re.compile(r"《([^《》]{2,80})》|[“\"「『]([^“”\"「」『』]{2,40})[”\"」』]")
_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［(（【]\d{4}[〕\]］)）】]\s*第?\d{1,5}号")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:年|[-—–~至到]\s*(?:19|20)\d{2}|$|[^\d件家万亿元号〕\]]))")
_ITEM = re.compile(rf"第\s*({_NUMERAL})\s*(条|款|项)")
_UNIT = re.compile(
    r"(?:多少|几)(?:个)?(家|件|项|天|年|个月|月|次|名|人|万人|亿元|万元|元|倍|所|户|种|类|条|批|支|个|部|份|平方米|公里|吨|%|百分点|小时|分钟|日|分)"
)
_MONEY = re.compile(r"金额|资金|规模|收入|经费|投入|贷款额|登记额|产值|税额|奖金|补助|补贴|费用|注册资本|多少钱")
_SHARE = re.compile(r"比例|比重|占比|增长率|增幅|增速|利率|费率|同比|环比|百分|满意度")

# Words of asking, and words so general in policies that finding them proves nothing.
STOP = frozenset(
    "什么 是 的 了 吗 呢 嘛 吧 么 啥 谁 哪 哪些 哪个 哪几 哪几种 哪几个 哪种 哪家 哪位 哪里 哪儿 哪座 哪项 哪一 哪一天 哪天 哪年 几 几个 几家 几种 多少 多大 多高 多长 多久 怎么 "
    "怎样 怎么样 如何 为何 为什么 何时 何 有何 有 没有 有没有 是否 能 不能 能否 能不能 可以 会 不会 应 应该 要 须 请问 请 一下 介绍 解释 告诉 我 你 您 他 它 我们 他们 这 那 这个 "
    "那个 这些 那些 这样 那样 这项 该 其 在 于 由 被 把 将 和 与 及 以及 或 或者 同 跟 对 对于 关于 为 为了 从 向 到 至 以 按 按照 根据 用 通过 上 中 下 里 内 外 前 后 时 "
    "等 也 都 还 又 再 就 才 只 并 而 且 但 则 若 如果 因 因为 所以 之 所 个 家 件 项 天 种 类 位 名 年 月 日 号 其中 分别 一共 总共 共 目前 现在 具体 主要 相关 有关 各 每 叫 "
    "做 作 让 使 给 过 着 得 地 很 最 更 比较 对比 相比 区别 差别 不同 差异 是什么 列出 列举 说 说明 规定 提出 明确 提到 文件 政策 一 两 二 三 四 五 六 七 八 九 十 大 第一 第二 第三".split()
)
GENERIC = frozenset(
    "目标 数量 规模 金额 情况 内容 方面 问题 要求 工作 任务 措施 举措 单位 部门 机构 负责 牵头 责任 组织 探索 建立 开展 实施 推进 制定 加强 完善 支持 鼓励 推动 促进 提高 提升 "
    "设立 设置 构建 建设 培育 发展 进行 达到 超过 增长 提供 采取 落实 方式 名称 文号 时间 日期 意见 方案 办法 通知 实施意见 实施方案 城市 地区 省份 城 市 省 区 县 领域 重点".split()
)


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question, understood."""

    text: str
    kind: Kind
    regions: tuple[Region, ...] = ()
    years: tuple[int, ...] = ()
    doc_numbers: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    """What stands between 《》 or “” in it."""
    items: tuple[tuple[str, str], ...] = ()
    """Numbered places asked for: ("6", "条")."""
    words: tuple[str, ...] = ()
    """Content words in order, without words of asking, regions, years and document numbers."""
    focus: str | None = None
    """The attribute asked for (…的利率是多少 → 利率): an answer that never mentions it answers something else."""
    unit: str | None = None
    """The unit a figure must have: a counter such as 家, "元" for any amount of money, "%" for any share."""


def fold(text: str) -> str:
    """`text` for comparing: compatibility forms unified, lower case, no white space; offsets do not survive."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def kind_of(question: str) -> Kind:
    """The kind of answer a question asks for, by its words of asking."""
    for kind, pattern in _KINDS:
        if pattern.search(question):
            return kind
    if _DEFINED_THING.search(question) and not _ATTRIBUTES.search(question):
        return "definition"
    return "general"


def understand(question: str, gazetteer: Gazetteer) -> Query:
    """What `question` asks for. Pure; `gazetteer` knows the regions, the library's own counties included."""
    kind = kind_of(question)
    mentions = gazetteer.find(question)
    regions = tuple(dict.fromkeys(m.region for m in mentions))
    if kind not in ("across", "compare") and len(regions) > 1 and re.search(r"分别|各自|各是", question):
        kind = "compare"
    numbers = tuple(dict.fromkeys(m.group() for m in _DOC_NUMBER.finditer(question)))
    bare = question
    for mention in mentions:
        # Blanks of the same length, so that the words on both sides do not run together.
        bare = bare[: mention.start] + " " * (mention.end - mention.start) + bare[mention.end :]
    bare = _DOC_NUMBER.sub(" ", bare)
    years = tuple(dict.fromkeys(int(y) for y in _YEAR.findall(bare)))
    asked = re.sub(r"(?:到|至|在|从)?(?:19|20)\d{2}\s*年?", " ", bare)
    focus = _FOCUS.search(asked) if kind in ("number", "date", "person") else None
    return Query(
        text=question,
        kind=kind,
        regions=regions,
        years=years,
        doc_numbers=numbers,
        quoted=tuple(a or b for a, b in _QUOTED.findall(question)),
        items=tuple(_ITEM.findall(question)),
        words=tuple(dict.fromkeys(w for w in words(ASKING.sub(" ", asked)) if _is_content(w))),
        focus=_head(focus.group(1)) if focus else None,
        unit=_unit(question, kind),
    )


def _is_content(word: str) -> bool:
    return word not in STOP and not _is_counter(word) and (len(word) > 1 or word.isdigit())


def _is_counter(word: str) -> bool:
    return bool(re.fullmatch(rf"[哪第]?{_NUMERAL}?[大项个种类条家件次座位名]?", word))


def _head(phrase: str) -> str | None:
    """The last word of `phrase` that says what is asked for; None when all of it is general."""
    content = [w for w in words(phrase) if w not in STOP and w not in GENERIC and not _is_counter(w)]
    return content[-1] if content and words(phrase)[-1] not in GENERIC else None


def _unit(question: str, kind: Kind) -> str | None:
    if kind not in ("number", "compare", "across"):
        return None
    counter = _UNIT.search(question)
    if counter:
        return "元" if counter.group(1).endswith("元") else counter.group(1)
    if _SHARE.search(question):
        return "%"
    return "元" if _MONEY.search(question) else None
