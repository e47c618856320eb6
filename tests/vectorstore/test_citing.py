"""Which document of a library a reference names."""

from __future__ import annotations

from datetime import date

import pytest

from vectorstore.citing import Shelf
from vectorstore.model import Document, Reference, Status


def held(
    doc_id: str,
    title: str,
    *,
    number: str | None = None,
    region: str | None = None,
    day: date | None = None,
    status: Status = "未知",
) -> Document:
    return Document(
        id=doc_id,
        title=title,
        text="",
        source=doc_id,
        sha256="",
        doc_number=number,
        region=region,
        date=day,
        status=status,
    )


def to(title: str | None = None, *, number: str | None = None, region: str | None = None) -> Reference:
    return Reference(doc_id="citing", start=0, end=1, quote="《", number=number, title=title, region=region)


CITY = held("city", "清湖市人民政府关于加快绿色制造的实施意见", number="清政发〔2026〕4号", region="甲省清湖市")
OTHER = held("other", "明湖市人民政府关于加快绿色制造的实施意见", number="明政发〔2026〕9号", region="甲省明湖市")
PLAN = held("plan", "绿色制造三年行动方案（2026—2028年）", region="甲省清湖市")
NOTICE = held("notice", "清湖市人民政府关于印发节能奖励办法的通知", number="清政发〔2020〕1号", region="甲省清湖市")
ORDER = held("order", "专利代理条例", number="国令第706号")
OLD = held("old", "中华人民共和国节能法", day=date(2008, 1, 1), status="废止")
LAW = held("law", "中华人民共和国节能法", day=date(2018, 1, 1))
DRAFT = held("draft", "中华人民共和国节能法", day=date(2007, 1, 1))
SHELF = Shelf([CITY, OTHER, PLAN, NOTICE, ORDER, OLD, LAW, DRAFT])


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (to(number="清政发〔2026〕4号"), CITY),
        (to(number="清政发[2026]第4号"), CITY),
        (to("随便什么标题", number="清政发(2026)4号"), CITY),
        (to(number="国务院令第706号"), ORDER),
        (to(number="清政发〔2026〕5号"), None),
        (to("清湖市人民政府关于加快绿色制造的实施意见"), CITY),
        (to("清湖市人民政府关于加快绿色制造的实施意见", number="清政发〔2016〕44号"), None),  # an earlier year's
        (to("绿色制造三年行动方案(2026-2028年)".replace("-", "—")), PLAN),
        (to("节能奖励办法"), NOTICE),
        (to("关于印发《绿色制造三年行动方案（2026—2028年）》的通知"), PLAN),
        (to("关于加快绿色制造的实施意见"), None),  # either city's
        (to("关于加快绿色制造的实施意见", region="甲省明湖市"), OTHER),
        (to("关于印发节能奖励办法的通知"), NOTICE),
        (to("节能法"), LAW),  # in force before repealed, then the newest
        (to("没有这份文件的规定"), None),
        (to(), None),
    ],
)
def test_find(reference: Reference, expected: Document | None) -> None:
    assert SHELF.find(reference) == expected


def test_no_document_cites_itself() -> None:
    own = Reference(doc_id="city", start=0, end=1, quote="《", title=CITY.title)
    assert SHELF.find(own) is None


def test_citings_tell_who_cites_what_and_leave_out_strangers() -> None:
    known = Reference(doc_id="plan", start=0, end=1, quote="《", number="清政发〔2026〕4号")
    missing = Reference(doc_id="plan", start=2, end=3, quote="《", title="不在这里的办法")
    found = list(SHELF.citings([known, missing, to(number="清政发〔2026〕4号")]))
    assert [(citing.document, citing.reference, citing.cited) for citing in found] == [
        (PLAN, known, CITY),
        (PLAN, missing, None),
    ]
