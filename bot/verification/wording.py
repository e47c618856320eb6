"""The words of a sentence that say something, and those that turn it: not, may, must, must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from vectorstore.tokens import words

Turn = Literal["not", "may", "must", "must not", "need not", "only", "all", "will"]

_FRAME_WORDS: Final = """
要 机制 模式
的 了 是 为 于 在 由 自 被 把 将 和 与 及 以及 其 该 此 这 那 这些 那些 这项 该项 等 根据 依据 按照 依照 规定 提出
明确 明确提出 要求 指出 显示 提到 写明 说明 称 文件 资料 政策 细则
内容 主要 具体 包括 包含 分别 有 共 共有 目标 任务 措施 举措 方面 此外 另外 同时 其中 即 也 就是 就是说 指
是指 指的是 一种 一个 一项 所谓 相关 有关 情况 如下 因此 可见 综上 综上所述 据此 答 问题 回答 而 对 对于
关于 从 到 至 以 用 通过 上 中 下 里 内 前 后 时 年 月 日 之 所 得 着 过 地 我们 您 你 达到 达 数量 金额 规模 个
项 件 家 名 来说 总体 整体 具有 属于 作为 进行 名称 时间 日期 文号 发文字号 印发 标题 本文 本市 本省 本区 则 且
并 并且 还 又 又称 也就是说 简称 当中 方式 做法 部分 条款 条文 内容为 第 一 二 三 四 五 六 七 八 九 十 分为 会
能 来 去 让 使 给 向 因 因为 所以 由于 如 例如 比如 像 那么 呢 吧 吗 啊 嘛 它 他们 它们 他 她 您好 好的 当然
工作 单位 简单 来说 从而 进而 目前 当前 现阶段 两者 二者 如果 若 倘若 假如 或 或者 外 以外 除 除了 主要 总之 而言 首先
是因为 是由于 截至
其次 最后 值得 注意 值得注意 据 需要注意 换言之 总结 概括 归纳 至于 总数 总计 共计 合计 一共 任 拥有 实现 进一步
积极 切实 不断
大力 着力 认真 努力 扎实 稳步 充分 深入 逐步 同样 已 已经 使得 以此 由此 此次 本次 按 凡 需 当 之一 等等 以便 通常
一项 之外 之后 之前 以后 以前
应当 应 必须 须 可以 可 不得 不能 不可 不准 不许 不应 不应当 禁止 严禁 均 都 具体来说 具体而言 简单来说 上述 所述
前述 总体而言 需要注意的是 可以看出 看出 可见 介绍 用于 用来 经由 文中 来源 现 现有 当时 时候 情况下 方 就此 对此
尚有 仍有 还有 已有 尚 仍 仍然 还 给予 为此 旨在 总的来说 总体来看 来看 整体来看 先 再 后
"""
_FRAME: Final = frozenset(_FRAME_WORDS.split())
_ENGLISH_FRAME_WORDS: Final = """
the a an of to in is are and by for on at with as that this
"""
_ENGLISH_FRAME: Final = _FRAME | frozenset(_ENGLISH_FRAME_WORDS.split())
"""Words that may stand in a sentence though its source has others: they lead, join and refer, and claim nothing."""
_MUST_NOT: Final = (
    r"不得(?!已|不)|不可以|不可(?![或]缺|避免|抗力|分割|逆|估量)|不能|不准|不许|不允许|不应当?|不宜|严禁|禁止"
    r"|禁(?=[采养渔捕放烧种用])|绝不|杜绝|切勿|勿"
)
_MUST: Final = (
    r"应当|应该|必须|务必|须(?!知)|应(?=[^急对变用届征运付邀聘收答允])"
    r"|应(?=对(?!等|措施|机制|能力|方案|工作|预案|挑战|气候|危机|突发)[\u4e00-\u9fff]{2})|需要|需(?!求)|有义务"
)
_NOT: Final = (
    r"尚未|从未|未曾|未(?!来|成年|央|雨)|没有|没(?!收|有)|并非"
    r"|非(?!常|遗|物质|公有|公|凡|洲|营利|独生|金融|居民)"
    r"|无(?!线|人|偿|障碍|形|锡|论|限|害|缝|废|违|纸|水|息|疑)"
    r"|不再|不予|不(?!断|动产|仅|但|同|少于|低于|超过|高于|多于|大于|小于|足|到|满|短于|懈|良|论|管|限|妨|惜|法|正当|亚于|得"
    r"|利|平衡|均衡|确定|含本数|可|能|准|许|允|应|宜|需|必|用)"
    r"|(?<=范围|区域|辖区|目录|名单|预算|规划|计划)[以之]?外|拒绝|拒不|停止|取消|暂停|终止|撤销|废止|排除|除外"
)
_TURNS: Final[tuple[tuple[Turn, str], ...]] = (
    ("must not", _MUST_NOT),
    ("need not", "不需要?|无需|无须|毋须|不必|不用(?!品)|免予|免于|免交|免缴|免收|免征"),
    ("may", "可以|允许|准予|准许|可(?=[由在向按凭申直享延给获提自依予])|得以|有权"),
    ("must", _MUST),
    ("only", "仅(?!仅)|只(?!要)|唯一|限于|仅仅"),
    ("all", "全部|一律|所有(?![权制者方])|任何(?![^,。;]{0,12}(?:不得|不能|不可|不准|不应|严禁|禁止))|均|全体|一切"),
    ("not", _NOT),
    ("will", r"(?<![需主重必只纪摘概提扼简首显紧纲])要(?![求素点闻是么件约领害目义])|将(?=[^军来])|力争|争取"),
)
_LISTED: Final = re.compile(
    r"(?:以下|下列|如下|上述)(?=几|[:：]|内容|措施|方面|任务|目标|条件|部门|单位|要求|$)"
    r"|(?:所|您|你)?(?:提供|给出|给定|检索到|查到)的?(?=资料|文件|材料|信息|内容|段落|文本|文档)"
    r"|^再次$|最[多少长高低](?=[^,。;]{0,6}[\d两三四五六七八九十])|标准(?=[为是:每不]|\d)|原文(?=[为是写][^，,]|如下)|[该此](?:[市省区县]|[项份]?(?:文件|政策|任务|目标|规定|意见|方案|措施))"
)
# Joints at which the segmenter would run words together: 由|大数据局, 登记额|为12.5亿元.
_JOINT: Final = re.compile(
    r"(?<![理自事缘案经])由(?![于此])|(?<=[额量数率值模期限长人员位书任号])[为是]|(?<=[\u4e00-\u9fff])为(?=[\d\s]|$)"
    r"|(?<=[\u4e00-\u9fff])任(?=$|[,。;])|任(?=[\u4e00-\u9fff]{0,6}(?:组长|主任|局长|书记|委员|秘书长|市长|区长))|(?<=[\u4e00-\u9fff])(?=排名)|(?<=排名)(?=第)|是指|(?<=[\u4e00-\u9fff])指(?=年满)|(?<=[位门])有(?=[市省区县国])"
)
_ANY_TURN: Final = re.compile("|".join(f"(?P<t{i}>{pattern})" for i, (_, pattern) in enumerate(_TURNS)))


@lru_cache(maxsize=8192)
def content(text: str) -> tuple[str, ...]:
    """The words of `text` that claim something, in order."""
    frame = _ENGLISH_FRAME if text.isascii() else _FRAME
    return tuple(word for word in words(_JOINT.sub(" ", _LISTED.sub("", text))) if word not in frame)


@lru_cache(maxsize=8192)
def turns(text: str) -> tuple[Turn, ...]:
    """The turns of a `plain` text in order: what it forbids, allows, demands or denies, and whom it confines to."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Turn]:
    for match in _ANY_TURN.finditer(text):
        yield _TURNS[int((match.lastgroup or "t0")[1:])][0]


def turned_words(text: str) -> tuple[str, ...]:
    """The word behind each turn of a `plain` text."""
    behind = (content(text[match.end() :]) for match in _ANY_TURN.finditer(text))
    return tuple(words[0] for words in behind if words)


def turned_alike(said: tuple[Turn, ...], source: tuple[Turn, ...]) -> bool:
    """Whether both forbid, allow, demand and deny the same in the same order; a demand may be left out, not added, and
    what is to be (要, 将) is a demand or told as it stands."""
    rest = list(said)
    for turn in source:
        while rest and rest[0] == "will" != turn:
            rest.pop(0)
        if rest and (rest[0] == turn or (turn == "will" and rest[0] == "must")):
            rest.pop(0)
        elif turn not in ("must", "will"):
            return False
    return all(turn == "will" for turn in rest)


def stands(word: str, text: str) -> bool:
    """Whether `word` stands in `text`, a long Chinese one at least in two halves."""
    if word in text:
        return True
    return (
        len(word) >= 4
        and not word.isascii()
        and any(word[:at] in text and word[at:] in text for at in range(2, len(word) - 1))
    )
