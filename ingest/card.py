"""The card of a government web page: the table above the text that names 发文机关, 发文字号 and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.loaders.block import Block

_LABELS: Final = """
索引号 主题分类 发文机关 发布机关 发文机构 发布机构 制发机关 成文日期 生成日期 标题 名称 发文字号 文号 发布日期
公开日期 主题词 有效性 时效性 公文时效 公开方式 信息分类 信息来源 体裁分类 组配分类 统一编号 统一登记号 施行日期
实施日期 废止日期 失效日期 关键词 内容概述
"""
_LABEL: Final = re.compile(
    r"[\[【]?(" + "|".join(r"\s*".join(label) for label in _LABELS.split()) + r")[\]】]?\s*[:：]"
)
_HEAD_LINES: Final = 40
_FEWEST: Final = 2
"""A single “标题:” may be anything; labels of two kinds make a card."""


def split_card(lines: Sequence[Block]) -> tuple[dict[str, str], list[Block]]:
    """What the card says, by label without blanks, and the lines without it; ({}, all lines) where there is none."""
    card: dict[str, str] = {}
    rows: list[int] = []
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if not _LABEL.match(line.text):
            continue
        labels = list(_LABEL.finditer(line.text))
        rows.append(i)
        ends = [label.start() for label in labels[1:]] + [len(line.text)]
        for label, end in zip(labels, ends, strict=True):
            value = line.text[label.end() : end].strip()
            if value:
                card.setdefault(re.sub(r"\s", "", label[1]), value)
    if len(rows) < _FEWEST or len(card) < _FEWEST:
        return {}, list(lines)
    gone = set(rows)
    return card, [line for i, line in enumerate(lines) if i not in gone]
