"""Content as Slack's blocks: rich text, in which nothing a document holds is a mention, a link or markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.feedback import REASONS
from ui.channels.content import Content, Source, packed, shortened, split

TEXT = 3_000
"""Characters of one block."""
MESSAGE = 10_000
"""Characters of one message; Slack refuses about 12,000."""
BLOCKS = 45
"""Blocks of one message; Slack refuses more than 50."""
SUMMARY = 200
USEFUL, USELESS, REASON = "zhengwen_useful", "zhengwen_useless", "zhengwen_reason"

Block = dict[str, Any]


def messages(content: Content) -> list[list[Block]]:
    """The blocks of each message that the content takes, in order; the buttons stand under the last."""
    blocks = [rich(section(text(piece))) for piece in split(content.text or "…", TEXT)]
    blocks += [rich(section(text(f"提示：{shortened(notice, TEXT // 2)}", italic=True))) for notice in content.notices]
    if content.sources:
        blocks += [{"type": "divider"}, *map(_source, content.sources)]
    if content.nearest:
        blocks += [rich(section(text("内容最接近的文件", bold=True))), *map(_source, content.nearest)]
    if content.turn is not None:
        blocks.append(_buttons(content.turn))
    sizes = [len(json.dumps(block, ensure_ascii=False)) if block["type"] != "actions" else 0 for block in blocks]
    return [blocks[group] for group in packed(sizes, most=BLOCKS, heaviest=MESSAGE)]


def summary(content: Content) -> str:
    """What a notification shows, where blocks can't be: plain, with Slack's three special characters escaped."""
    return escaped(shortened(" ".join(content.text.split()), SUMMARY))


def escaped(plain: str) -> str:
    """Text for a field that Slack reads as its markup: nothing in it is a mention or a link."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def draft_blocks(draft: str) -> list[Block]:
    """An answer so far; of a long one its end."""
    shown = draft if len(draft) <= TEXT else f"…{draft[-TEXT + 1 :]}"
    return [rich(section(text(shown or "…", italic=True)))]


def rich(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def section(*parts: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(parts)}


def text(literal: str, **style: bool) -> Block:
    """Text that Slack shows as it stands."""
    return {"type": "text", "text": literal, **({"style": style} if style else {})}


def _source(source: Source) -> Block:
    title = f"{source.label} {source.title}".strip()
    about = f"\n{source.about}" if source.about else ""
    head: list[Block] = [text(shortened(title, 300), bold=True), text(shortened(about, 500))]
    if source.link:
        head += [text("  "), {"type": "link", "url": source.link, "text": "查看原文"}]
    parts = [section(*(part for part in head if part.get("text")))]
    if source.quote:
        parts.append({"type": "rich_text_quote", "elements": [text(source.quote)]})
    return rich(*parts)


def _buttons(turn: str) -> Block:
    return {
        "type": "actions",
        "elements": [
            _button("有用", USEFUL, turn),
            _button("无用", USELESS, turn),
            {
                "type": "static_select",
                "action_id": REASON,
                "placeholder": _plain("哪里不好？"),
                "options": [
                    {"text": _plain(reason), "value": f"{turn} {number}"} for number, reason in enumerate(REASONS)
                ],
            },
        ],
    }


def _button(label: str, action: str, turn: str) -> Block:
    return {"type": "button", "text": _plain(label), "action_id": action, "value": turn}


def _plain(label: str) -> Block:
    return {"type": "plain_text", "text": label, "emoji": False}


def chosen(value: str) -> tuple[str, str]:
    """The turn and the reason that an option of the menu stands for; raises ValueError for any other value."""
    turn, _, number = value.partition(" ")
    if not number.isdigit() or int(number) >= len(REASONS):
        raise ValueError(value)
    return turn, REASONS[int(number)]


def suggested(questions: Sequence[str]) -> list[dict[str, str]]:
    """Questions as Slack's suggested prompts, four at most."""
    return [{"title": shortened(question, 75), "message": question} for question in questions[:4]]
