"""What an answer says of documents from their cards: what identifies one, whether it holds, how many there are."""

from __future__ import annotations

from datetime import date

from vectorstore.model import Document


def identity(document: Document) -> str:
    """Number, issuer and date, as far as they are known: 济政字〔2017〕27号，济宁市人民政府，2017年4月12日."""
    day = document.date or document.published
    return "，".join(part for part in (document.doc_number, document.issuer, written(day) if day else None) if part)


def standing(document: Document) -> str:
    """Status and the reason for it: 目标期已过，目标年份2020年已过."""
    return "，".join(part for part in (document.status, document.status_reason) if part)


def so_many(documents: int) -> str:
    """How many documents a list of them has: 共5份."""
    return f"共{documents}份"


def written(day: date) -> str:
    """A day as documents write it: 2017年4月12日."""
    return f"{day.year}年{day.month}月{day.day}日"
