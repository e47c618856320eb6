"""How Slack is called: which faults are waited out, and what Slack says when we are too fast."""

from __future__ import annotations

import logging
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from vectorstore.trouble import in_words

logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)  # it tells of every fault in English; we say what matters
_TIMEOUT = 10
"""Seconds one call may take."""
_TRIES = 4
"""How often a call is tried again: where Slack says we are too fast, answers with a fault, or doesn't answer."""
_TOKEN = "机器人令牌不对或已失效，请检查 ZHENGWEN_SLACK_BOT_TOKEN"
_ADVICE = {
    **dict.fromkeys(("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"), _TOKEN),
    **dict.fromkeys(("not_in_channel", "channel_not_found"), "机器人不在这个频道，请在频道里输入 /invite"),
    "is_archived": "这个频道已归档",
    "restricted_action": "工作区不许应用在这里发言",
}
_UNSAID = 30.0
"""Seconds to be quiet where Slack says that we are too fast, and not for how long."""


def client(token: str, api: str, *, retrying: bool) -> WebClient:
    """A client of the Web API at `api`; without `retrying` it gives up at the first fault, as drafts should."""
    base = api if api.endswith("/") else f"{api}/"
    return WebClient(token, base_url=base, timeout=_TIMEOUT, retry_handlers=_handlers() if retrying else [])


def hook(url: str) -> WebhookClient:
    """What sends to the address that Slack gave for the reply to a command or button."""
    return WebhookClient(url, timeout=_TIMEOUT, retry_handlers=_handlers())


def too_fast(error: SlackApiError) -> float:
    """Seconds for which Slack wants us to be quiet; 0 where it refused for another reason."""
    response: Any = error.response
    if getattr(response, "status_code", None) != 429:
        return 0.0
    headers = {name.lower(): value for name, value in response.headers.items()}
    asked = headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else _UNSAID


def refusal(error: Exception) -> str:
    """Why Slack didn't take a call, for whoever runs the server, and what to do."""
    response: Any = getattr(error, "response", None)
    if response is None:
        return f"连不上 Slack（{in_words(getattr(error, 'reason', None) or error)}）"
    code = str(response.get("error"))
    if code == "missing_scope":
        needed = response.get("needed") or ""
        return f"missing_scope：应用缺少权限 {needed}，加上后在 Install App 里重新安装"
    return f"{code}：{_ADVICE[code]}" if code in _ADVICE else code


class _ServerFault(RetryHandler):
    """Tries again after any answer of 500 and more; the library's own knows two of them."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return response is not None and response.status_code >= 500


def _handlers() -> list[RetryHandler]:
    # A call that timed out may have been done. Twice the same answer is better than none.
    lost: list[type[Exception]] = [URLError, ConnectionResetError, RemoteDisconnected, TimeoutError]
    return [
        ConnectionErrorRetryHandler(max_retry_count=_TRIES, error_types=lost),
        RateLimitErrorRetryHandler(max_retry_count=_TRIES),
        _ServerFault(max_retry_count=_TRIES),
    ]
