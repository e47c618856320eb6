"""What is said to a greeting, thanks or a farewell, and to who the program is: a sentence, not a search."""

from __future__ import annotations

import re

_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"(?:你们?|您)好|早上好|上午好|下午好|晚上好|早安|晚安|哈喽|嗨|在吗|在不在|hello|hi|hey",
        "你好！请直接输入要查的政策问题，例如某项目标是多少、由哪个部门负责、某文件第几条怎么规定。",
    ),
    (
        r"(?:非常|多|十分)?(?:感谢|谢谢?)(?:你|您|啦|了|大家)?|辛苦了?|好的?|好吧|明白了?|知道了|收到|了解了?|ok|thanks?|thankyou",
        "不客气。还有要查的，请继续问。",
    ),
    (r"再见|拜拜|回头见|bye", "再见。需要查政策时随时来问。"),
    (
        r"(?:请问)?(?:你|您)(?:是谁|叫什么(?:名字)?|是什么|能做什么|会什么|会做什么|有什么用|能干什么|可以做什么)|怎么用|帮助|help",
        "我是政策问答助手：从资料库的文件里找出原文来回答问题，并注明出处；文件没有写的，我会说没有。"
        "请直接输入要查的政策问题。",
    ),
)
_FILLER = re.compile(r"[\W_]+|[啊呀呢吧哦嗯哈了]+$")
_PATTERNS = tuple((re.compile(rf"(?:{words})+", re.IGNORECASE), said) for words, said in _WORDS)


def courtesy(question: str) -> str | None:
    """The reply to a text that is nothing but a greeting, thanks, a farewell or a question about the program itself."""
    said = _FILLER.sub("", re.sub(r"[\W_]+", "", question)) or re.sub(r"[\W_]+", "", question)
    return next((reply for pattern, reply in _PATTERNS if pattern.fullmatch(said)), None)
