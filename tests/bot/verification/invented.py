"""An invented policy, and what the tests of verification make of it."""

from __future__ import annotations

from datetime import date

from bot.verification.source import Source
from vectorstore.model import Document

TEXT = """青石市公园条例(虚构)

第一条 为了规范公园管理,制定本条例。见附件[1]和国发〔2020〕5号。

第二条 到2031年,全市公园达到120个,绿地面积不低于3.5万亩,年均增长15%以上;每年安排专项资金4千万元。

第三条 公园应当每日开放,夜间可以关闭照明。单位不得占用绿地。

第四条 市园林局牵头,市财政局、市公安局配合。局长王建国于2030年12月28日签发。

第五条 未成年人免费入园,70岁以上老人凭证入园。参观人数从15万人次下降到9万人次。

青石市人民政府
2030年12月30日
青政发〔2030〕8号
"""
PARK = Document(
    "park", "青石市公园条例", TEXT, "/park.txt", "0" * 64, doc_number="青政发〔2030〕8号", issuer="青石市人民政府",
    date=date(2030, 12, 30),
)  # fmt: skip
MARKET = Document(
    "market", "夜市管理办法", "夜市于每晚10时关闭。摊位费每月800元。\n经营者应当保持清洁。", "/market.txt", "1" * 64
)


def passages() -> list[Source]:
    """The articles of the park policy, then the market policy: passages 1 to 7."""
    starts = [TEXT.index(f"第{n}条") for n in "一二三四五"] + [TEXT.index("青石市人民政府\n2030")]
    spans = [(a, TEXT[:b].rstrip().__len__()) for a, b in zip(starts, [*starts[1:], len(TEXT)], strict=True)]
    return [Source(PARK, (), a, b) for a, b in spans] + [Source(MARKET, (), 0, len(MARKET.text))]
