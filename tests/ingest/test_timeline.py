"""When documents were made, published and in force, and whether they still hold: as stated, never guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import read_document
from ingest.timeline import Timeline, read_timeline
from vectorstore.model import Document

TODAY = date(2024, 6, 1)


def read(*lines: str) -> Document:
    return read_document(Path("/政策/文件.txt"), "\n".join(lines).encode(), today=TODAY)[0]


def timeline(*lines: str) -> Timeline:
    return read_timeline(lines[0], lines, {}, None)


@pytest.mark.parametrize(
    ("lines", "status", "reason"),
    [
        (("云梦县数据开放方案(2019-2022年)", "到2030年建成。"), "目标期已过", "标题写明的期限2019—2022年已过"),
        (("云梦县数据开放方案(2022—2025年)", "正文。"), "现行", "标题写明的期限是2022—2025年"),
        (("云梦县数据开放意见", "到2018年起步,到2020年建成。"), "目标期已过", "目标年份2020年已过"),
        (("云梦县数据开放意见", "到2020年起步,到2035年建成。"), "现行", "目标年份是2035年"),
        (("云梦县数据开放意见", "2015年以来成效明显。"), "未知", None),
        (
            ("云梦县数据开放办法", "本办法自2020年1月1日起施行,有效期3年。"),
            "有效期已过",
            "有效期至2022年12月31日，已过",
        ),
        (("云梦县数据开放办法", "本办法自2023年1月1日起施行，有效期五年。"), "现行", "有效期至2027年12月31日"),
        (("云梦县数据开放办法", "本办法自2025年1月1日起施行。"), "尚未施行", "自2025年1月1日起施行"),
        (("云梦县数据开放办法（已废止）", "正文。"), "废止", "标题标明“已废止”"),
        (("发文机关：云梦县数据局", "有效性：已失效", "云梦县数据开放办法", "正文。"), "废止", "网页标明“已失效”"),
    ],
)
def test_status_and_its_reason(lines: tuple[str, ...], status: str, reason: str | None) -> None:
    found = read(*lines)
    assert (found.status, found.status_reason) == (status, reason)


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本办法自2021年3月1日起施行。", date(2021, 3, 1), None),
        ("第九条 本办法自2021年3月1日起施行，有效期至2026年2月28日。", date(2021, 3, 1), date(2026, 2, 28)),
        ("本意见自印发之日起实施，有效期5年。", date(2020, 5, 6), date(2025, 5, 5)),
        ("本通知自2021年3月1日起执行，试行期两年。", date(2021, 3, 1), date(2023, 2, 28)),
        ("本规定有效期至2025年底。", None, date(2025, 12, 31)),
        ("本通知自2025年1月1日起废止。", None, date(2024, 12, 31)),
        ("自2021年3月1日起施行。", date(2021, 3, 1), None),
        ("许可证有效期5年，自颁发之日起施行。", None, None),
        ("《旧办法》自2019年1月1日起施行。", None, None),
        ("本办法有效期另行规定。", None, None),
        ("本办法自2021年13月40日起施行，有效期至2021年99月。", None, None),
    ],
)
def test_time_in_force(sentence: str, effective: date | None, expires: date | None) -> None:
    found = timeline("云梦县数据开放办法", "2020年5月6日", sentence)
    assert (found.effective, found.expires) == (effective, expires)


def test_the_history_of_an_amended_law() -> None:
    in_lines = timeline(
        "云梦县数据条例",
        "2003年8月8日 云梦县第一届人民代表大会常务委员会第六次会议通过",
        "2021年11月25日 云梦县第五届人民代表大会常务委员会第四次会议修订",
        "2022年1月1日 施行",
        "第一条 为了开放，制定本条例。",
    )
    in_brackets = timeline(
        "云梦县数据条例",
        "（2003年8月8日云梦县第一届人民代表大会常务委员会第六次会议通过",
        "根据2021年11月25日云梦县第五届人民代表大会常务委员会第四次会议修正",
        "自2022年1月1日起施行）",
        "第一条 为了开放，制定本条例。",
    )
    assert in_lines == in_brackets == Timeline(date=date(2021, 11, 25), effective=date(2022, 1, 1))


def test_the_day_of_issue_and_the_day_of_publication_are_two() -> None:
    found = read(
        "云梦县数据开放意见",
        "发布时间：2023-05-20 来源：云梦县政府网 浏览次数：3",
        "正文。",
        "云梦县人民政府",
        "2023年5月6日",
    )
    assert (found.date, found.published, found.origin) == (date(2023, 5, 6), date(2023, 5, 20), "云梦县政府网")
    assert read("云梦县数据开放意见", "2023-05-20", "正文。").date == date(2023, 5, 20)
    signed = read("云梦县数据开放意见", "正文。", "云梦县人民政府", "2023年5月6日")
    assert (signed.date, signed.published) == (date(2023, 5, 6), None)


def test_a_body_that_begins_with_a_date_is_no_history() -> None:
    assert timeline("云梦县数据简报", "2020年2月4日，县数据局印发通知。").date is None


@given(st.lists(st.text(alphabet="本办法自起施行有效期至年月日印发之5二十〇2019（）。，\n", max_size=60), max_size=6))
def test_no_text_is_too_odd(lines: list[str]) -> None:
    found = timeline("云梦县数据开放办法", *lines)
    assert found.period is None
    assert found.published is None or found.date is not None
