"""What Slack sends, turned into Messages; whatever isn't a person's question becomes None."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ui.channels.base import Message

_SUBTYPES = (None, "file_share", "thread_broadcast")
"""Kinds of message that a person writes; all others are edits, deletions, joinings, other programs' messages."""
_REFERENCE = re.compile(r"<([^<>]*)>")
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes."""

    team: str
    user: str
    channel: str = ""
    thread: str | None = None
    """The message that the thread hangs on; None for a command."""
    url: str | None = None
    """For a command: where to send the reply."""


def from_event(body: Mapping[str, Any]) -> Message | None:
    """The question of an app_mention, or of a message in a direct chat; None for all other events."""
    event = body.get("event")
    if not isinstance(event, Mapping) or not _by_a_person(event):
        return None
    direct = event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")
    if event.get("type") != "app_mention" and not (event.get("type") == "message" and direct):
        return None
    team = str(body.get("team_id") or event.get("team") or "")
    channel, stamp = str(event.get("channel") or ""), str(event.get("ts") or "")
    if not channel or not stamp:
        return None
    thread = str(event.get("thread_ts") or stamp)
    return Message(
        id=f"slack:{team}:{channel}:{stamp}",
        conversation=f"slack:{team}:{channel}:{thread}",
        owner=owner_of(team),
        text=plain(str(event.get("text") or "")),
        place=Place(team, str(event["user"]), channel, thread),
    )


def from_command(body: Mapping[str, Any]) -> Message:
    """The question of a slash command; one person's in one channel are a conversation for a day."""
    team, user, channel = (str(body.get(name) or "") for name in ("team_id", "user_id", "channel_id"))
    return Message(
        id=f"slack:{team}:command:{body.get('trigger_id')}",
        conversation=f"slack:{team}:{channel}:{user}:{datetime.now(UTC).date()}",
        owner=owner_of(team),
        text=plain(str(body.get("text") or "")),
        place=Place(team, user, channel, url=str(body.get("response_url") or "")),
    )


def owner_of(team: str) -> str:
    """Whose conversations those of a workspace are."""
    return f"slack:{team}"


def plain(text: str) -> str:
    """What was typed: mentions dropped, links and channels by their names, Slack's escapes undone."""
    text = _REFERENCE.sub(_named, text)
    for escape, char in _ESCAPES:
        text = text.replace(escape, char)
    return " ".join(text.split())


def _named(reference: re.Match[str]) -> str:
    target, _, label = reference[1].partition("|")
    if target.startswith("@") or target.startswith("!"):
        return " "
    return label or target.removeprefix("mailto:").removeprefix("#")


def _by_a_person(event: Mapping[str, Any]) -> bool:
    return (
        event.get("subtype") in _SUBTYPES
        and bool(event.get("user"))
        and not any(event.get(sign) for sign in ("bot_id", "bot_profile", "edited", "hidden"))
    )
