"""Content as Slack's blocks: rich text, in which nothing a document holds is a mention, a link or markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.feedback import REASONS
from ui.channels.content import Content, Passage, Source, Table, packed, shortened, split

TEXT = 3_000
"""Characters of one block."""
MESSAGE = 10_000
"""Characters of one message; Slack refuses about 12,000."""
BLOCKS = 45
"""Blocks of one message; Slack refuses more than 50."""
SUMMARY = 200
_TOGETHER = 8
"""Quotes of one document in one block."""
USEFUL, USELESS, REASON = "zhengwen_useful", "zhengwen_useless", "zhengwen_reason"

Block = dict[str, Any]


def messages(content: Content) -> list[list[Block]]:
    """The blocks of each message that the content takes, in order; the buttons stand under the last."""
    blocks = [{"type": "context", "elements": [_plain(content.understood)]}] if content.understood else []
    blocks += [rich(section(text(piece))) for piece in split(content.text or "…", TEXT)]
    blocks += [rich(section(text(f"提示：{shortened(notice, TEXT // 2)}", italic=True))) for notice in content.notices]
    if content.table is not None:
        blocks.append(_table(content.table))
    if content.sources:
        blocks += [{"type": "divider"}, *(block for source in content.sources for block in _source(source))]
    if content.nearest:
        blocks += [
            rich(section(text("内容最接近的文件", bold=True))),
            *(block for near in content.nearest for block in _source(near)),
        ]
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


def _table(table: Table) -> Block:
    """Slack takes one of up to 100 rows in a message."""
    rows = [[_cell(name) for name in table.columns], *([_cell(cell) for cell in row] for row in table.rows)]
    return {"type": "table", "rows": rows, "column_settings": [{"is_wrapped": True}] * len(table.columns)}


def _cell(literal: str) -> Block:
    return {"type": "raw_text", "text": literal}


def _source(source: Source) -> list[Block]:
    """A document and what is quoted from it: a single quote under its title, several with their numbers before them."""
    if len(source.passages) < 2:
        only = next(iter(source.passages), Passage("", "", "", source.link))
        head = section(*_titled(f"{only.label} {source.title}".strip(), source.about), *_linked(only))
        return [rich(head, *([_quote(text(only.quote))] if only.quote else []))]
    head = section(*_titled(source.title, source.about))
    quotes = [_quote(text(f"{p.label} ", bold=True), text(p.quote), *_placed(p)) for p in source.passages]
    sizes = [sum(len(part["text"]) for part in quote["elements"]) for quote in quotes]
    groups = [quotes[group] for group in packed(sizes, most=_TOGETHER, heaviest=TEXT - SUMMARY)]
    return [rich(head, *groups[0]), *(rich(*group) for group in groups[1:])]


def _titled(title: str, about: str) -> list[Block]:
    parts = [text(shortened(title, 300), bold=True)]
    return [*parts, text(shortened(f"\n{about}", 500))] if about else parts


def _placed(passage: Passage) -> list[Block]:
    place = [text(f"\n{shortened(passage.place, 200)}", italic=True)] if passage.place else []
    return [*place, *_linked(passage)]


def _linked(passage: Passage) -> list[Block]:
    return [text("  "), {"type": "link", "url": passage.link, "text": "查看原文"}] if passage.link else []


def _quote(*parts: Block) -> Block:
    return {"type": "rich_text_quote", "elements": list(parts)}


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
