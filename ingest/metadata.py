"""What a document says about itself: number, issuer, region, kind, source and times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ingest.byline import read_byline
from ingest.dates import DATE, find_date
from ingest.loaders.block import Block
from ingest.numbers import find_numbers, find_order, find_promulgation, whole_number
from ingest.timeline import Timeline, read_timeline
from ingest.title import KINDS, closed_up
from vectorstore.numbers import usual
from vectorstore.regions import Gazetteer

_COUNTY: Final = re.compile(r"[\u4e00-\u9fff][区县旗市]")
_CENTRAL: Final = re.compile(
    r"^(?:国务院|中共中央|中央|全国|国家|中华人民共和国|最高人民)|^(?!.*[省市县区州盟旗]).{2,10}部$"
)
_ORGANISATION: Final = re.compile(
    r"[\u4e00-\u9fff、\s]{2,60}?(?:人民政府|政府|国务院|办公厅|办公室|委员会|常委会|[部厅局委院署会社]|军委|集团|中心|公司)"
)
_LEADER: Final = r"(?:总\s*理|主\s*席|[省市区县州部局厅]\s*长|主\s*任)\s*[\u4e00-\u9fff\s]{2,10}"
_SIGNER: Final = re.compile(rf"{_ORGANISATION.pattern}|{_LEADER}")
_TITLE_ISSUER: Final = re.compile(
    r"^([\u4e00-\u9fff、\s]{2,40}?(?:人民政府|政府|国务院|办公厅|办公室|委员会|常委会|[部厅局委院署会]|军委))(?=关于|印发|转发|批转|对[^外])"
)
_HEAD_LINES: Final = 12
_LONGEST_DATE: Final = 40
_ORIGIN: Final = re.compile(
    r"(?:来\s*源|稿\s*源|文章来源|信息来源|转载自|原载)\s*[:：]\s*([^\s|丨]+(?:\s(?!作者|编辑|责任|时间|日期|发布|浏览|字[体号]|阅读|\d)[^\s|丨]+)?)"
)
_FOOT_LINES: Final = 4
_LONGEST_BYLINE: Final = 100
_ENDED: Final = re.compile(r"废止|失效")
_BY_REPORTERS: Final = re.compile(r"来\s*源\s*[:：]|记者|通讯员")
_REPORTED: Final = re.compile(r"出台|印发|发布|公布|召开|举行|启动|获批|亮相|解读")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a Document that its text or its page states; None where they don't."""

    doc_number: str | None
    issuer: str | None
    region: str | None
    kind: str | None
    timeline: Timeline
    repealed: str | None
    """What says so."""
    origin: str | None
    refers_to: tuple[str, ...]


def read_metadata(title: str, lines: Sequence[Block], card: Mapping[str, str]) -> Metadata:
    """Reads the metadata of a document whose lines begin with its title.

    A number counts as the document's own only where it stands as a line of its head or in its card: numbers that the
    text cites, the number of a policy that a press conference presents among them, are `refers_to`.
    """
    texts = [line.text for line in lines]
    head = texts[:_HEAD_LINES]
    number = _stated(card, "发文字号", "文号")
    order = find_order(head) or find_promulgation(head)
    own = usual(number) if number else order.number if order else None
    own = own or next((found for text in head if (found := whole_number(text))), None)
    signed = _signature(texts)
    byline = None if signed else read_byline(title, texts)
    own = own or (byline.number if byline else None)
    kind = _kind(title, head)
    stated = _stated(card, "发文机关", "发布机关", "发文机构", "制发机关")
    signer = signed[0] if signed else byline.issuer if byline else None
    day = signed[1] if signed else byline.day if byline else None
    # Who publishes isn't always who issued: where nothing else tells.
    issuer = stated or (order and order.issuer) or signer or _title_issuer(title) or _stated(card, "发布机构")
    cited = dict.fromkeys(number for text in texts for number in find_numbers(text))
    return Metadata(
        doc_number=own,
        issuer=issuer,
        region=_region(issuer, title, texts),
        kind=kind,
        timeline=read_timeline(title, texts, card, day),
        repealed=_repealed(title, card),
        origin=_origin(texts, card),
        refers_to=tuple(number for number in cited if number != own),
    )


def signature_at(texts: Sequence[str]) -> tuple[int, int] | None:
    """The span of lines that sign a document: one or more organisations and below them a line that is a date.

    What follows (an annex, “此件公开发布”) is not part of it.
    """
    for i, text in enumerate(texts):
        if i == 0 or len(text) > _LONGEST_DATE or not DATE.fullmatch("".join(text.split()).strip("()（）")):
            continue
        start = i
        while start > 0 and len(texts[start - 1]) <= 60 and _SIGNER.fullmatch(texts[start - 1]):
            start -= 1
        if start < i and start > 0:
            return start, i + 1
    return None


def _signature(texts: Sequence[str]) -> tuple[str | None, date | None] | None:
    span = signature_at(texts)
    if span is None:
        return None
    signers = (text for text in texts[span[0] : span[1] - 1] if _ORGANISATION.fullmatch(text))
    names = [name for text in signers for name in re.split(r"[\s、]+", closed_up(text)) if name]
    return "、".join(names) or None, find_date(texts[span[1] - 1])


def _stated(card: Mapping[str, str], *labels: str) -> str | None:
    return next((card[label] for label in labels if label in card), None)


def _title_issuer(title: str) -> str | None:
    found = _TITLE_ISSUER.match(title)
    return found[1] if found else None


def _region(issuer: str | None, title: str, texts: Sequence[str]) -> str | None:
    """The region of the issuer, or of the title where the issuer names none; a central organ's documents have none.

    Names of several regions that don't lie in each other give none. A county that stands there alone (东丽区) is placed
    by the text, which names it in full somewhere.
    """
    gazetteer = Gazetteer()
    if issuer and _CENTRAL.search(issuer) and not gazetteer.find(issuer):
        return None  # 国家税务总局重庆市税务局 is 重庆's.
    for text in filter(None, (issuer, title)):
        named = [mention.region for mention in gazetteer.find(text)]
        if not named and _COUNTY.search(text):
            counties = {found.region.name for line in texts for found in gazetteer.find(line) if found.region.county}
            named = [mention.region for mention in Gazetteer(sorted(counties)).find(text)]
        innermost = [region for region in named if all(other.covers(region) for other in named)]
        if named:
            return innermost[0].name if innermost else None
    return None


def _kind(title: str, head: Sequence[str]) -> str | None:
    """The kind that the title names outside quoted titles, or 报道 for what reports on a policy."""
    if "新闻发布会" in title:
        return "新闻发布会"
    outside = re.sub(r"《[^《》]*》", "", title)
    plain = re.sub(r"[(（][^()（）]*[)）]$", "", outside).strip()
    kind = next((kind for kind in KINDS if plain.endswith(kind)), None)
    if kind:
        return kind
    reported = any(_BY_REPORTERS.search(text) for text in head if len(text) <= 70)
    if reported or _REPORTED.search(outside):
        return "报道"
    quoted = re.fullmatch(r"《(.*)》", title)
    return next((kind for kind in KINDS if quoted and quoted[1].endswith(kind)), None)


def _repealed(title: str, card: Mapping[str, str]) -> str | None:
    """What says that the document is repealed: the page's card, or a mark in the title."""
    stated = _stated(card, "有效性", "时效性", "公文时效") or ""
    if _ENDED.search(stated):
        return f"网页标明“{stated}”"
    marked = re.search(r"[(（【\[]\s*((?:已|全文)?(?:废止|失效))\s*[)）】\]]", title)
    return f"标题标明“{marked[1]}”" if marked else None


def _origin(texts: Sequence[str], card: Mapping[str, str]) -> str | None:
    """来源 as the byline, the card or the last lines name it."""
    for text in (*texts[:_HEAD_LINES], *texts[-_FOOT_LINES:]):
        found = _ORIGIN.search(text) if len(text) <= _LONGEST_BYLINE else None
        if found and (name := found[1].strip(" ()（）[]【】|·《》")):
            return name
    return _stated(card, "信息来源")
