"""Content as 飞书's message cards: plain text throughout, in which nothing a document holds is a mention or markup."""

from __future__ import annotations

import json
from typing import Any

from bot.feedback import REASONS
from ui.channels.content import Content, Passage, Source, Table, packed, shortened, split

TEXT = 3_000
"""Characters of one element."""
CARD = 20_000
"""Bytes of one card; 飞书 refuses more than about 30,000."""
ELEMENTS = 40
"""Parts of one card, each of a few elements; 飞书 refuses more than 200."""
USEFUL, USELESS = "useful", "useless"

Element = dict[str, Any]


def cards(content: Content) -> list[str]:
    """The cards that the content takes, in order, as JSON; the buttons stand on the last."""
    parts = [_small(content.understood)] if content.understood else []
    parts += [[div(piece)] for piece in split(content.text or "…", TEXT)]
    parts += [
        [div(f"提示：{shortened(notice, TEXT // 2)}", color="orange", size="notation")] for notice in content.notices
    ]
    if content.table is not None:
        parts.append([_table(content.table)])
    if content.sources:
        parts += [[{"tag": "hr"}], *(part for source in content.sources for part in _source(source))]
    if content.nearest:
        parts += [
            [{"tag": "hr"}, div("内容最接近的文件", size="heading")],
            *(part for near in content.nearest for part in _source(near)),
        ]
    if content.turn is not None:
        parts.append([{"tag": "hr"}, _verdicts(content.turn)])
    sizes = [len(json.dumps(part, ensure_ascii=False).encode("utf-8", "replace")) for part in parts]
    summary = shortened(" ".join(content.text.split()), 100)
    groups = packed(sizes, most=ELEMENTS, heaviest=CARD)
    return [card([element for part in parts[group] for element in part], summary=summary) for group in groups]


def draft_card(draft: str) -> str:
    """An answer so far; of a long one its end."""
    shown = draft if len(draft) <= TEXT else f"…{draft[-TEXT + 1 :]}"
    return card([div(shown or "正在查政策文件…", color="grey")], summary="正在作答…")


def card(elements: list[Element], *, summary: str) -> str:
    """A card that can be updated."""
    made = {
        "schema": "2.0",
        "config": {"update_multi": True, "summary": {"content": summary}},
        "body": {"elements": elements},
    }
    return json.dumps(made, ensure_ascii=False).encode("utf-8", "replace").decode()


def div(literal: str, *, color: str = "default", size: str = "normal") -> Element:
    """Text that 飞书 shows as it stands."""
    return {"tag": "div", "text": {"tag": "plain_text", "content": literal, "text_color": color, "text_size": size}}


def chosen(option: str) -> tuple[str, str]:
    """The turn and the reason that an option of the menu stands for; raises ValueError for any other value."""
    turn, _, number = option.partition(" ")
    if not number.isdigit() or int(number) >= len(REASONS):
        raise ValueError(option)
    return turn, REASONS[int(number)]


def _table(table: Table) -> Element:
    names = [f"column{place}" for place in range(len(table.columns))]
    return {
        "tag": "table",
        "page_size": 10,
        "row_height": "high" if len(names) == 2 else "low",  # a passage takes some lines
        "columns": [
            {"name": name, "display_name": shown, "data_type": "text", "width": "auto"}
            for name, shown in zip(names, table.columns, strict=True)
        ],
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
    }


def _source(source: Source) -> list[list[Element]]:
    """A document and what is quoted from it: a single quote under its title, several with their numbers before them."""
    if len(source.passages) < 2:
        only = next(iter(source.passages), Passage("", "", "", source.link))
        quote = [div(f"“{only.quote}”", size="notation")] if only.quote else []
        return [[*_titled(f"{only.label} {source.title}".strip(), source.about), *quote, *_linked(only)]]
    quotes = [[div(f"{p.label} “{p.quote}”", size="notation"), *_small(p.place), *_linked(p)] for p in source.passages]
    return [_titled(source.title, source.about), *quotes]


def _titled(title: str, about: str) -> list[Element]:
    return [div(shortened(title, 300)), *_small(about)]


def _small(told: str) -> list[Element]:
    return [div(shortened(told, 500), color="grey", size="notation")] if told else []


def _linked(passage: Passage) -> list[Element]:
    opened = {"type": "open_url", "default_url": passage.link}
    return [_button("查看原文", opened, kind="text")] if passage.link else []


def _verdicts(turn: str) -> Element:
    reasons = {
        "tag": "select_static",
        "placeholder": _plain("哪里不好？"),
        "options": [{"text": _plain(reason), "value": f"{turn} {number}"} for number, reason in enumerate(REASONS)],
        "behaviors": [{"type": "callback", "value": {"verdict": USELESS, "turn": turn}}],
    }
    elements = [
        _button("有用", {"type": "callback", "value": {"verdict": USEFUL, "turn": turn}}),
        _button("无用", {"type": "callback", "value": {"verdict": USELESS, "turn": turn}}),
        reasons,
    ]
    columns = [{"tag": "column", "width": "auto", "elements": [element]} for element in elements]
    return {"tag": "column_set", "columns": columns}


def _button(label: str, behavior: dict[str, Any], *, kind: str = "default") -> Element:
    return {"tag": "button", "text": _plain(label), "type": kind, "size": "small", "behaviors": [behavior]}


def _plain(label: str) -> Element:
    return {"tag": "plain_text", "content": label}
