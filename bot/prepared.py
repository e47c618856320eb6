"""A chunk's sentences as a question is compared with them: what doesn't depend on the question is worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.question.understand import fold
from vectorstore.model import Chunk
from vectorstore.sentences import sentence_spans

_ANNOUNCES = re.compile(
    r"(?:如下|附后|见附件|另行印发)\s*[。：:]?\s*$|^\s*(?:[图表]\s*\d+|附\s*[件表图]\s*\d*)[\s：:.、]"
)
_PUNISHES = re.compile(
    r"(?:处|并处|可处|可以处)[^，,。；;]{0,24}罚款|责令[^，,。；;]{0,12}(?:改正|退还|停业|停产|限期)|(?:依法|按规定|予以|给予)[^，,。；;]{0,12}(?:处分|处罚)"
    r"|追究(?:其)?(?:刑事|法律|行政)责任|构成犯罪|没收违法所得"
)
_OF_PENALTIES = re.compile(r"第[\u4e00-\u9fff\d]{1,3}[章节]\s*(?:法律责任|罚\s*则|处\s*罚)")
_PASSES = re.compile(
    r"本(?:法|条例|办法|规定|细则)(?:施行|实施|公布|生效)(?:之日)?(?:以?前|之前|后)|本(?:法|条例|办法|规定)自[^，,。]{0,20}(?:施行|实施)"
)
_REQUESTS = re.compile(r"\s*[^，,。]{0,14}(?:请求|恳请|申请|希望)(?:在|[，,国中])")
_SAYS = re.compile(r"[，,。；;：:、！\d]")
_IN_CLAUSES = re.compile("[，,].*。")
LONGEST_HEAD = 24
"""Characters of a column's head."""
LONGEST_HEADING = 40
"""Characters of a heading that, however many clauses it has, tells nothing."""
_LEANS = re.compile(
    r"\s*(?:[（(][^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*[)）]\s*[。；;]?\s*$"
    r"|(?:(?:因此|为此|所以|其中)[，,]?)?(?:该|此|这|上述|前述)项?(?:工作|任务|事项|措施|政策|举措|资金|经费|补贴|补助|奖励|费用|名单|材料|手续|期限|活动|行为)(?:应|须|要|由|于|在|自|将|按|需|原则|[，,]))"
)
_TELLS = re.compile(r"[：:].{4,}|[，,].*\d|\d.*[，,]|共\s*(?:\d+|[一二三四五六七八九十]+)\s*[项个条种类]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a chunk: `text == chunk.text[start:end]`."""

    start: int
    end: int
    text: str
    folded: str
    asks: bool
    """It is a question in the text, answered by what follows it."""
    heads: bool
    """It is a heading over the chunk's other sentences."""
    captions: bool
    """It is the first row of a table, which says what stands in the columns."""
    announces: bool
    """It only says that something follows, or where it stands: …如下, 附件1."""
    punishes: bool
    """It tells what becomes of those who don't keep to a rule, in the rule's words."""
    passes: bool
    """It tells from when a rule holds, and for what began before."""
    requests: bool
    """It tells what somebody asks for: …请求，…"""
    leans: bool
    """It goes on with what the sentence before it speaks of: in brackets behind it, or by 该项工作…."""
    says: bool
    """It has a mark or figure, as what tells something does and an annex's title doesn't."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chunk, ready for comparing."""

    sentences: tuple[Sentence, ...]
    whole: str
    """The folded sentences on end."""
    headings: str
    """The folded path."""


# The same chunks come up for question after question. A chunk has some hundred characters: at most 20 MB.
@lru_cache(maxsize=4096)
def prepared(chunk: Chunk) -> Prepared:
    """The sentences of `chunk`, in order."""
    sentences = tuple(_sentence(chunk, start, end) for start, end in sentence_spans(chunk.text))
    return Prepared(sentences, "".join(sentence.folded for sentence in sentences), fold(" ".join(chunk.path)))


def _sentence(chunk: Chunk, start: int, end: int) -> Sentence:
    text = chunk.text[start:end]
    alone = len(chunk.text.strip()) <= len(text.strip())
    return Sentence(
        start,
        end,
        text,
        fold(text),
        asks=text.rstrip().endswith(("？", "?")),
        heads=not alone and _is_heading(text, chunk),
        captions="\t" in text and _is_tables_head(chunk.text, start, end),
        announces=_ANNOUNCES.search(text) is not None and "收悉" not in text,
        punishes=_PUNISHES.search(text) is not None or _OF_PENALTIES.search("".join(chunk.path[:-1])) is not None,
        passes=_PASSES.search(text) is not None,
        requests=_REQUESTS.match(text) is not None,
        leans=_LEANS.match(text) is not None,
        says=_SAYS.search(text) is not None,
    )


def _is_tables_head(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a line of short cells, below one that is in no table and above a row of as many cells;
    of two cells the first may as well name the second."""
    above, below = text[:start].rstrip("\n").rpartition("\n")[2], text[end:].lstrip("\n").partition("\n")[0]
    cells = text[start:end].strip("\n").split("\t")
    return (
        len(cells) > 2
        and bool(above)
        and "\t" not in above
        and below.count("\t") == len(cells) - 1
        and all(0 < len(cell.strip()) <= LONGEST_HEAD for cell in cells)
    )


def _is_heading(sentence: str, chunk: Chunk) -> bool:
    """Whether `sentence` is one of the headings over `chunk`: it names the passage but tells nothing (元旦：… does)."""
    if _TELLS.search(sentence) or (len(sentence) > LONGEST_HEADING and _IN_CLAUSES.search(sentence)):
        return False
    bare = sentence.strip().rstrip("。:：")
    return any(bare == heading.strip().rstrip("。:：") for heading in chunk.path)
