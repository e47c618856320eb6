"""When a document was made, published and in force, until when, and which years it is about."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ingest.dates import DATE, find_date, small_number, to_date
from ingest.title import is_byline
from vectorstore.model import Day

_HISTORY_LINES: Final = 40
_LONGEST_EVENT: Final = 400
_EVENT: Final = re.compile(r"通过|批准|公布|发布|颁布|印发|修正|修订|修改|施行|实施|生效|公告|决定")
_IN_FORCE: Final = re.compile(r"\s*(?:起|开始)?\s*(?:正式)?(?:施行|实施|生效|执行)")
_PERIOD: Final = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-—–~～至到]{1,2}\s*((?:19|20)\d{2})\s*年?")
_TARGET: Final = re.compile(r"(?:到|至|截至)\s*(20\d{2})\s*年(?!以来)")
EXPECTED: Final = re.compile(r"预计|预测|有望|可望|估计")
"""Words of a forecast, which is nobody's goal and reports nothing."""
_AIMS: Final = re.compile(r"目标|力争|争取|确保|努力")
_REPORTS: Final = re.compile(r"截至[^，,。；;]{0,20}年[^。；;]{0,40}?(?:已|累计|共有|共计|实有|现有|为止)")
# What a document says of itself, never of the licences and permits it deals with (许可证有效期5年).
_TELLING: Final = re.compile(r"起(?:正式)?(?:施行|实施|执行|生效|废止|失效)|有效期|试行|期满|停止执行")
_ITSELF: Final = re.compile(
    r"(?:本|该|此)(?:法|条例|规定|办法|细则|意见|通知|方案|措施|规则|规划|计划|政策|文件|决定|制度|规程|解释|章程|标准)"
    r"|^(?:第[^条]{1,8}条|[一二三四五六七八九十]{1,3}、|[(（][^()（）]{1,3}[)）])?\s*自[^，,]{2,24}起(?:施行|实施|执行|生效)"
)
_FROM: Final = re.compile(r"自(?P<day>[^，,自]{2,24}?)之?日?起(?:正式)?(?:施行|实施|执行|生效|试行)")
_ON_ISSUE: Final = re.compile(r"^(?:发布|公布|颁布|印发|下发|发文|签发)$")
_UNTIL: Final = re.compile(r"(?:有效期|期限?)[^，,至到截]{0,8}(?:至|到|截止)(?:于|到|至|日期为)?(?P<day>[^，,]{4,20})")
_ENDS: Final = re.compile(r"自(?P<day>[^，,自]{4,24}?)起?(?:自动)?(?:废止|失效|停止执行)")
_LASTS: Final = re.compile(
    r"(?:有效期|试行期|施行期|执行期|实施期)限?(?:为|暂定|暂定为)?\s*(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})\s*(?P<unit>年|个月)"
)
_MONTH: Final = re.compile(r"((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月)?\s*底?")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dates that a document or its page states; None where they don't."""

    date: Day | None = None
    """成文日期, of an amended law the date of the amendment; else `published`."""
    published: Day | None = None
    effective: Day | None = None
    expires: Day | None = None
    """The last day it holds."""
    period: tuple[int, int] | None = None
    """First and last year that the title names: 2019-2022年."""
    target_year: int | None = None
    """The latest year that the text sets a goal for: 到2020年."""


def read_timeline(title: str, texts: Sequence[str], card: Mapping[str, str], signed: date | None) -> Timeline:
    """The dates of a document whose lines begin with its title; `signed` is the date below its signature."""
    published = _first_date(card, "发布日期", "公开日期")
    bylines = (day for text in texts[:12] if _is_byline(text) and (day := find_date(text)))
    published = published or next((day for day in bylines if day != signed), None)
    history = list(_history(texts))
    made = _first_date(card, "成文日期", "生成日期") or signed
    made = made or max((day for day, in_force in history if not in_force), default=None)
    made = made or next((day for text in texts[:12] if DATE.fullmatch(text) and (day := find_date(text))), None)
    effective = _first_date(card, "施行日期", "实施日期") or max(
        (day for day, starts in history if starts), default=None
    )
    expires = _first_date(card, "废止日期", "失效日期")
    for sentence in _sentences(texts):
        effective = effective or _start(sentence, made or published)
        expires = expires or _end(sentence, effective or made or published)
    period = _PERIOD.search(title)
    years = [year for text in texts if _TARGET.search(text) for year in _target_years(text)]
    return Timeline(
        date=made or published,
        published=published,
        effective=effective,
        expires=expires,
        period=(int(period[1]), int(period[2])) if period and period[1] <= period[2] else None,
        target_year=max(years, default=None),
    )


def _target_years(text: str) -> Iterator[int]:
    """The years of goals that a line names; a forecast's and a report's are none."""
    for sentence in re.split(r"[。；;]", text):
        if not _REPORTS.search(sentence) and (not EXPECTED.search(sentence) or _AIMS.search(sentence)):
            yield from map(int, _TARGET.findall(sentence))


def _first_date(card: Mapping[str, str], *labels: str) -> date | None:
    return next((day for label in labels if (day := find_date(card.get(label, "")))), None)


def _is_byline(text: str) -> bool:
    """Whether a line tells of publication: not a sentence, nor a step in the making of a law."""
    dated = DATE.match(text)
    told = dated is not None and (_EVENT.search(text) or text.startswith(("，", ","), dated.end()))
    return is_byline(text) and not told and not text.endswith("。")


def _history(texts: Sequence[str]) -> Iterator[tuple[date, bool]]:
    """The dates below a title that tell what became of a law → whether on that day it came into force.

    They stand in brackets, on one line or several, or each at the start of its own line: 2020年9月25日 第十五届…通过.
    """
    open_bracket = False
    for i, text in enumerate(texts[1:_HISTORY_LINES], start=1):
        if len(text) > _LONGEST_EVENT:
            return
        begins = text.startswith(("(", "（"))
        dated = DATE.match(text)
        tells = dated is not None and not text.startswith(("，", ",", "、"), dated.end()) and not text.endswith("。")
        if (begins or open_bracket or tells) and _EVENT.search(text):
            for found in DATE.finditer(text):
                if day := to_date(found):
                    yield day, bool(_IN_FORCE.match(text, found.end()))
        elif not open_bracket and i > 2 and len(text) > 60:
            return
        open_bracket = (begins or open_bracket) and not text.endswith((")", "）"))


def _sentences(texts: Sequence[str]) -> Iterator[str]:
    """Sentences in which the document speaks of its own time in force."""
    for text in texts:
        if _TELLING.search(text):
            for sentence in re.split(r"[。；;]", text):
                if _TELLING.search(sentence) and _ITSELF.search(sentence):
                    yield sentence


def _start(sentence: str, issued: date | None) -> date | None:
    found = _FROM.search(sentence)
    if found is None:
        return None
    return issued if _ON_ISSUE.match(found["day"].strip()) else find_date(found["day"] + "日")


def _end(sentence: str, start: date | None) -> date | None:
    """The last day by a sentence: 有效期至…, 自…起废止, or so many years from the `start`."""
    if until := _UNTIL.search(sentence):
        return _last_day(until["day"])
    if (ends := _ENDS.search(sentence)) and (day := find_date(ends["day"])):
        return day - timedelta(days=1)
    lasts = _LASTS.search(sentence)
    if lasts is None or start is None:
        return None
    months = small_number(lasts["n"]) * (12 if lasts["unit"] == "年" else 1)
    years, month = divmod(start.month - 1 + months, 12)
    year = min(start.year + years, date.max.year)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])) - timedelta(days=1)


def _last_day(text: str) -> date | None:
    """The day named, or the last of the month or year named: 2025年12月, 2025年底."""
    if day := find_date(text):
        return day
    found = _MONTH.match(text.strip())
    if found is None:
        return None
    month = int(found[2] or 12)
    year = int(found[1])
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
