"""Ways of saying the same thing, brought to one: 提升至 and 提高到, 同比 and 比上年同期. A closed list."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.verification.values import plain

_SAME: Final = """
提高到 提升至 提升到 提高至 上升至 上升到 增长至 增长到 增加至 增加到 增至 升至 升到
降低到 下降至 下降到 降低至 降至 降到 减少至 减少到 减至 压减至 压减到
缩短到 缩短至 压缩至 压缩到 缩减至 缩减到
延长到 延长至
扩大到 扩大至
提高 提升
增长 增加
降低 下降 减少
比上年同期 同比 较上年同期 较去年同期 比去年同期 与上年同期相比 与去年同期相比 和上年同期相比 较上一年同期 比上年 较上年
建立 设立 成立
印发 出台 颁布 下发
推动 推进 促进
支持 扶持
加强 强化
完善 健全
帮助 协助
购买 采购
获得 取得 获取 得到
使用 利用 运用 采用
免费 不收取费用 不收取任何费用 不收费 无需缴费
拥有量 拥有数量 保有量
创建 创办
办理 处理
培训 培养
奖励 奖赏
缩短 压缩 缩减
截止 截至
全部 全体
每人 每个人
应当 应该
或 或者 或是
给予 予以
负责 主管
严禁 禁止
对外开放 向社会开放
不要求 不需要
签订 订立
用来 可用来 可以用来 可用于 可以用于 用于
"""
"""A group a line; the first of each stands for the others."""
_IN_PLACE: Final = (
    (r"可以?(?:获得?|享受|得到)(?=[^,。;]{0,12}(?:奖励|补助|补贴|资助|支持|优惠))", "给予"),
    (r"(?:排名|位列|位居|排在|排到|列|居|排(?!行))(?=[^,。;\d]{0,8}第\d)", "排名"),
    (r"(?:形成|产生|发生|造成|出现)(?=了?损失)", "形成"),
    (r"(?<=[可以者业客人民指种是])(?:拿|用)(?=[\u4e00-\u9fff]{2})(?![到出走手来给])", "使用"),
    (r"(?<![首成古京新帝国陪丰])都(?=[是为有能可应要须不得由在属])", "均"),
    (r"(?:截[至止]到?|截至目前为止)(?=(?:19|20)?\d|今年|去年|上年)", "截至"),
    (r"比上年全年", "比上年全年"),  # isn't 比上年同期
    (r"所有(?![权制者方])", "全部"),
    (r"担任|出任", "任"),
    (r"非常(?![规设务态驻])|(?<![一二三四五六七八九\d])十分(?![之钟])", "十分"),
    (r"不(?:能|得|可|应)(?=超过|低于|高于|少于|多于)", "不"),
    (r"不需(?![要求])", "不要求"),
    (r"没有", "未"),
    (r"较(?=年度|计划|目标|上[半个一]|\d{4}年|\d月)", "比"),
    (r"(?<![这同第近])一年(?![内以之后前级来中度期左半一间])(?=[^\d])", "每年"),
    (r"(?<![不无非许认宁])可(?=[\u4e00-\u9fff])(?![以能靠见持观行信控视比逆燃再研供否是惜谓缺避抗口乐爱变操])", "可以"),
    (r"(?<=起)(?:施行|实施|执行|生效)", "施行"),
    (r"(?<![\u4e00-\u9fff])(?:计划|拟|争取|目标是|的目标是)(?=[到在于培建新引打\d一二三四五六七八九十])", "力争"),
    (r"发布(?!会|厅|者)", "印发"),
    (r"实施(?!意见|方案|细则|办法|条例|规划|纲要|期)", "开展"),
)
"""What says the same only in its place."""
_CHARGED: Final = re.compile(
    r"(?P<office>[^,。;:由]{0,14}(?:长|主任|书记|召集人))由(?P<who>[^,。;由]{2,40}?)(?P<does>兼?任)(?![\u4e00-\u9fff])"
)
"""组长由甲任 is 由甲任组长."""
_FIRST: Final = {other: group.split()[0] for group in _SAME.strip().splitlines() for other in group.split()[1:]}
_ANY: Final = re.compile(
    "|".join([f"(?P<p{n}>{pattern})" for n, (pattern, _) in enumerate(_IN_PLACE)])
    + "|"
    + "|".join(sorted(map(re.escape, {*_FIRST, *_FIRST.values()}), key=len, reverse=True))
)


@lru_cache(maxsize=8192)
def reading(text: str) -> str:
    """`text` as it is compared: `plain`, and of several ways of saying the same always the first."""
    return _CHARGED.sub(r"由\g<who>\g<does>\g<office>", _ANY.sub(_first, plain(text)))


def _first(match: re.Match[str]) -> str:
    if match.lastgroup:
        return _IN_PLACE[int(match.lastgroup[1:])][1]
    return _FIRST.get(match.group(), match.group())
