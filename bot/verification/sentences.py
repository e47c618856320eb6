"""A draft as sentences, each with the passages that its markers name; Markdown, HTML and links are no part of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.verification.markers import find_markers
from vectorstore.sentences import sentence_spans

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Hold a marker's number while the draft is cut into sentences."""
_MARK = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
_THOUGHT = re.compile(
    r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)|\A(?:(?!<think).)*?</think(?:ing)?>",
    re.DOTALL | re.IGNORECASE,
)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_CITE = re.compile(
    r"(?<![A-Za-z])<(cite|sup|ref)\b[^<>]{0,80}>\s*\[?(\s*\d[\d,，、\s]{0,20})\]?\s*</\1>", re.IGNORECASE
)
_SOURCES = re.compile(
    r"(?:\n|\A)[ \t#*]*(?:参考(?:资料|文献|来源)|资料来源|引用(?:来源|资料)?|来源|出处|引文|references|sources)"
    r"[ \t*]*[:：]?[ \t*]*"
    r"(?:\n\s*(?:[-*]\s*)?(?:[\[【［]\^?\d{1,2}[\]】］]|\d{1,2}[.、)]|资料\s*\d)[^\n]*)+\s*\Z",
    re.IGNORECASE,
)
"""A list of the passages behind the answer, which has its own."""
_COURTESY = re.compile(
    r"(?:很|非常|十分)?抱歉|对不起|(?:好的|当然|您好)(?:[，,！!。：:].{0,40})?|.{0,12}(?:我来|我将|为您|以下是|下面是).{0,16}(?:回答|解答|介绍|说明|整理|总结|内容|信息|答案).{0,6}"
    r"|(?:以上|上述)(?:就是|即为|便是|内容|信息|为).{0,40}|(?:[(（]?注|说明|提示|备注)?[:：]?.{0,16}(?:仅供参考|以.{2,20}为准).{0,20}"
    r"|(?:问题?|提问|question|q)[:：].{1,200}"
    r"|希望.{0,12}(?:帮助|有用|参考).{0,6}|(?:如果?|若).{0,12}(?:问题|疑问|了解|信息).{0,24}|(?:更多|详细|具体).{0,12}(?:访问|参阅|查阅|咨询).{0,60}"
)
"""What is mostly said to the reader, and of no document."""
_PROGRAM = re.compile(r"<(script|style|iframe|svg|object)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# Bounded, so that no draft takes quadratic time.
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,300}\])?")
_LINK = re.compile(r"\[([^\]\[\n]{0,300})\]\(([^)\n]{0,2000})\)")
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|br|tr|table|h[1-6]|section|blockquote)\b[^<>]{0,200}>", re.IGNORECASE)
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+(?:[（(]?[\d一二三四五六七八九十]{1,3}[.、)）][ \t]*)?[^\n\d]{1,40}"
    r"|(?:\*\*|__)[^\n\d*_]{1,20}(?:\*\*|__)[ \t]*[:：]?)[ \t]*$",
    re.MULTILINE,
)
"""A line that only heads the next ones."""
_FOOTNOTE = re.compile(r"^[ \t]*\[\^\w{1,8}\][:：][^\n]*$", re.MULTILINE)
_ANSWER = re.compile(
    r"^[ \t]*(?:\*\*)?(?:最终)?(?:回答|答案|答|answer)(?:\*\*)?[:：](?:\*\*)?[ \t]*", re.MULTILINE | re.IGNORECASE
)
_COUNTED = re.compile(
    r"(?<=[:：;；])\s*(?:[（(]\d{1,2}[)）]|[①-⑳]|\d{1,2}[)）]|\d{1,2}[.、](?!\d))\s*|^[ \t]*[①-⑳]\s*", re.MULTILINE
)
"""The numbers of items that one sentence lists."""
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,500}>")
_BULLET = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]*|[-*+•·][ \t]+|[\u2190-\u245f\u2500-\u2bff\ufe0f\U0001f300-\U0001faff]+[ \t]*"
    r"|\d{1,2}[.、)）][ \t]*(?=\D))+",
    re.MULTILINE,
)
_EMPHASIS = re.compile(r"\*\*|__|`+|~~")
_RULE = re.compile(r"^[ \t]*(?:[-=*_|][ \t]*){3,}$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*){1,30}\|?[ \t]*$")
_ANY_HEAD = re.compile("(?:具体|主要)?(?:目标|指标|数)?(?:值|数值|数量|内容|要求|说明|标准|金额|目标|指标|情况)|备注")
"""The head of a column that says no more than that it tells."""
_REFERS = re.compile(r"(?:\s*[\[【［(（]\^?(?:资料|来源)?\s*\d[\d,，、\s-]{0,20}[\]】］)）])+\s*\Z")
"""A cell that only says where its row is from."""
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft, without markers, and the passages it cites; `line` counts the draft's lines."""

    text: str
    numbers: tuple[int, ...]
    line: int


def sentences_of(draft: str, count: int, in_source: Callable[[str], bool]) -> list[Sentence]:
    """The sentences of `draft` in order; its clauses behind ； are sentences of their own.

    A marker belongs to the sentence it stands in or directly behind; what stands before ； without one shares the
    sentence's. `count` and `in_source` as in `find_markers`.
    """
    plain = _plain(draft)
    named: list[tuple[int, ...]] = []
    held, done = "", 0
    for marker in find_markers(plain, count, in_source):
        held += f"{plain[done : marker.start]}{_OPEN}{len(named)}{_CLOSE}"
        named.append(marker.numbers)
        done = marker.end
    held += plain[done:]
    found: list[Sentence] = []
    for number, line in enumerate(held.split("\n")):
        found += _of_line(line, named, number)
    return found


def _of_line(line: str, named: list[tuple[int, ...]], number: int) -> list[Sentence]:
    pieces: list[str] = []
    for start, end in sentence_spans(line, clauses=True):
        piece = line[start:end]
        led = re.match(rf"(?:\s*{_MARK.pattern})+", piece)
        if led and pieces:
            pieces[-1] += led.group()
            piece = piece[led.end() :]
        if piece.strip():
            pieces.append(piece)
    found: list[Sentence] = []
    shared: tuple[int, ...] = ()
    for piece in reversed(pieces):
        numbers = tuple(dict.fromkeys(n for i in _MARK.findall(piece) for n in named[int(i)]))
        text = _MARK.sub("", piece).strip()
        if numbers or not text.endswith(("；", ";")):
            shared = numbers
        if text:
            found.append(Sentence(text, shared, number))
    return found[::-1]


def is_courtesy(text: str) -> bool:
    """Whether a sentence that no passage bears out is only said to the reader: 希望对您有所帮助."""
    return _COURTESY.fullmatch(text.strip("。！!：:；; ")) is not None


def _plain(draft: str) -> str:
    """The draft's words: no thoughts, programs, images, tags, emphasis or bullets; of a link its words."""
    text = _THOUGHT.sub("", _UNSEEN.sub("", draft.replace("\r\n", "\n").replace("\r", "\n")))
    text = _CITE.sub(r"[\2]", _SOURCES.sub("", _FENCE.sub("", text)))
    text = _IMAGE.sub("", _PROGRAM.sub("", text))
    text = _LINK.sub(lambda link: f"[{link[1]}]" if link[1].strip().isdigit() else link[1], text)
    text = _FOOTNOTE.sub("", _TAG.sub("", _BLOCK.sub("\n", text)))
    text = _HEADING.sub("", _RULE.sub("", _rows_said(text)))
    return _COUNTED.sub("", _EMPHASIS.sub("", _ANSWER.sub("", _BULLET.sub("", text))))


def _rows_said(text: str) -> str:
    """`text` with each row of a Markdown table as a line: its first cell, then every other behind its column's head."""
    lines = text.split("\n")
    if not any(_TABLE_RULE.match(line) for line in lines):
        return text
    said: list[str] = []
    heads: list[str] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if _TABLE_RULE.match(below) and "|" in line:
            heads = _cells(line)
        elif heads and not _TABLE_RULE.match(line):
            cells = _cells(line) if "|" in line else []
            heads = heads if cells else []
            told = [
                f"{'' if _ANY_HEAD.fullmatch(head) else head}{cell}"
                for head, cell in zip(heads[1:], cells[1:], strict=False)
                if cell and not _REFERS.match(cell)
            ]
            marks = "".join(cell for cell in cells[1:] if _REFERS.match(cell))
            said.append(f"{cells[0]}：{'，'.join(told)}{marks}" if told else line)
        elif not _TABLE_RULE.match(line):
            said.append(line)
    return "\n".join(said)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
