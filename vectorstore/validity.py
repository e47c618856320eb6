"""Whether a document still holds on a given day, and why one can say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vectorstore.model import Document, Status


def judged(document: Document, today: date) -> Document:
    """The document with its status as of `today`, and the reason for it.

    Without anything stated about its time nothing tells whether it still holds: 未知.
    """
    status, reason = _status(document, today)
    if (status, reason) == (document.status, document.status_reason):
        return document
    return replace(document, status=status, status_reason=reason)


def _status(document: Document, today: date) -> tuple[Status, str | None]:
    if document.repealed:
        return "废止", document.repealed
    if document.superseded and document.superseded.kind == "older":
        return "已有更新", f"资料库中有更新的版本：{document.superseded.named()}"
    if document.expires:
        day = _written(document.expires)
        if document.expires < today:
            return "有效期已过", f"有效期至{day}，已过"
        return "现行", f"有效期至{day}"
    if document.effective and document.effective > today:
        return "尚未施行", f"自{_written(document.effective)}起施行"
    if document.period:
        first, last = document.period
        if last < today.year:
            return "目标期已过", f"标题写明的期限{first}—{last}年已过"
        return "现行", f"标题写明的期限是{first}—{last}年"
    if document.target_year:
        if document.target_year < today.year:
            return "目标期已过", f"目标年份{document.target_year}年已过"
        return "现行", f"目标年份是{document.target_year}年"
    return "未知", None


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
