"""What went wrong with a chat model's service: whether to try again and when, and how a reader is told."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TOO_LONG = re.compile(
    r"context.{0,8}(?:length|window)|maximum.{0,20}(?:tokens|length)|too (?:long|large)|too many (?:input )?tokens",
    re.IGNORECASE,
)
_BACKOFF = 0.5
"""Seconds before the second try; twice as many before each further one."""


def is_about_the_key(error: Exception) -> bool:
    """Whether a client complains that it has no key."""
    told = str(error).lower()
    return "api_key" in told or "api key" in told or "credentials" in told


def status_of(error: Exception) -> int | None:
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) else None


def wait_before_retry(error: Exception, attempt: int) -> float | None:
    """Seconds to wait before the request is sent again; None for what a second try doesn't change."""
    status = status_of(error)
    if status is None:
        return _BACKOFF * 2**attempt if _is_connection(error) and not _is_timeout(error) else None
    if status not in (408, 409, 425, 429) and status < 500:
        return None
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = _seconds(str(headers.get("retry-after", "")))
    return told if told is not None else _BACKOFF * 2**attempt * (1 + random.random())


def _seconds(retry_after: str) -> float | None:
    """Seconds that a Retry-After header asks for, given in seconds or as a date."""
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _is_timeout(error: Exception) -> bool:
    return any("timeout" in kind.__name__.lower() for kind in type(error).__mro__)


def _is_connection(error: Exception) -> bool:
    return any(
        "connect" in kind.__name__.lower() or "protocol" in kind.__name__.lower() for kind in type(error).__mro__
    )


def told_of(error: Exception, timeout: float) -> str:
    """What went wrong, for the reader; nothing of the error's own text, which may hold a key."""
    status = status_of(error)
    if status in (401, 403):
        return f"语言模型服务不接受密钥（{status}），请检查 ZHENGWEN_LLM_KEY"
    if status == 404:
        return "语言模型服务上没有这个模型或地址（404），请检查 ZHENGWEN_LLM 和 ZHENGWEN_LLM_BASE_URL"
    if status == 402:
        return "语言模型服务的余额不足（402）"
    if status in (400, 413) and _TOO_LONG.search(str(error)):
        return "段落超过了语言模型一次能读的长度，请把 ZHENGWEN_LLM_CHARACTERS 调小"
    if status == 429:
        return "语言模型服务正忙或额度已用完（429）"
    if status is not None:
        return f"语言模型服务出错（{status}）"
    if _is_timeout(error):
        return f"语言模型 {timeout:g} 秒没有回应"
    if _is_connection(error):
        return "与语言模型服务的连接断了或连不上，请检查 ZHENGWEN_LLM_BASE_URL"
    return "语言模型服务的回答看不懂"
