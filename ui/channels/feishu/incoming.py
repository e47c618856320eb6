"""What 飞书 sends, turned into Messages; whatever isn't a person's question to us becomes None."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ui.channels.base import Message


@dataclass(frozen=True, slots=True)
class Place:
    """Which message is replied to."""

    message: str
    threaded: bool
    """Whether the reply opens or continues a thread, as in groups."""


def from_event(data: Any) -> Message | None:
    """The question of an im.message.receive_v1 event: of a direct chat, or of a group where a bot is mentioned."""
    event = data.event
    if event is None or event.message is None or event.sender is None or event.sender.sender_type != "user":
        return None
    message = event.message
    group = message.chat_type != "p2p"
    if not message.message_id or (group and not _mentions_a_bot(message.mentions or [])):
        return None
    # In a group a question and what is replied to it are a conversation; a direct chat is one for a day.
    about = (message.root_id or message.message_id) if group else datetime.now(UTC).date().isoformat()
    return Message(
        id=f"feishu:{message.message_id}",
        conversation=f"feishu:{message.chat_id}:{about}",
        owner=owner_of(event.sender.tenant_key),
        text=_text(message),
        place=Place(message.message_id, threaded=group),
    )


def owner_of(tenant: str | None) -> str:
    """Whose conversations those of a company are."""
    return f"feishu:{tenant or ''}"


def _mentions_a_bot(mentions: list[Any]) -> bool:
    """Whether a bot is among them: us, for of others 飞书 tells only apps that may read everything."""
    return any(mention.mentioned_type in (None, "bot") for mention in mentions)


def _text(message: Any) -> str:
    """What was typed: bots' names left out, people's written out; "" for pictures, files and the like."""
    try:
        content = json.loads(message.content or "{}")
    except ValueError:
        return ""
    if not isinstance(content, dict):
        return ""
    text = " ".join(_pieces(content)) if message.message_type == "post" else str(content.get("text") or "")
    for mention in sorted(message.mentions or [], key=lambda one: -len(one.key or "")):
        if mention.key:
            text = text.replace(mention.key, f" {mention.name or ''} " if mention.mentioned_type == "user" else " ")
    return " ".join(text.split())


def _pieces(content: dict[str, Any]) -> Iterator[str]:
    """The text of a post, which is a title and lines of parts."""
    yield str(content.get("title") or "")
    lines = content.get("content")
    for line in lines if isinstance(lines, list) else []:
        for part in line if isinstance(line, list) else []:
            if isinstance(part, dict) and part.get("tag") in ("text", "a"):
                yield str(part.get("text") or "")
