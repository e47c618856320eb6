"""Tells sentences of a document that speak to a model (忽略以上指令…) from those that speak of a policy."""

from __future__ import annotations

import re
from functools import lru_cache

_TO_A_MODEL = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|不要遵守)[^。！？\n]{0,16}(?:指令|提示|要求|规则|命令|指示)|系统提示|提示词"
    r"|(?:告诉|回复|提醒|欺骗)用户|你(?:必须|应当|现在|要|只能|将)[^。\n]{0,8}(?:回答|输出|回复|扮演|说)|(?:^|[，。：\s])请?只?(?:回答|输出|回复)[:：“\"]"
    r"|(?:不要|不得|禁止)引用其[它他]"
    r"|ignore (?:all |any )?(?:the )?(?:previous|above|prior)|system prompt|<\|im_|\"tool_calls?\"",
    re.IGNORECASE,
)


_PARAGRAPH = 400
"""Characters of a line that is taken for one paragraph, all of which speaks to whom one of its sentences does."""


@lru_cache(maxsize=4096)  # the same chunks come up for question after question
def holds_orders(text: str) -> bool:
    """Whether any words of `text` speak to a model."""
    return _TO_A_MODEL.search(text) is not None


def speaks_to_a_model(text: str, start: int, end: int) -> bool:
    """Whether the sentence text[start:end], or the short paragraph it stands in, orders a model about.

    Such words may be quoted, but bear nothing out, and are quoted only where nothing else answers.
    """
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > _PARAGRAPH:
        first, last = start, end
    return _TO_A_MODEL.search(text, first, last) is not None
