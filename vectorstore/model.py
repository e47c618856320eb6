"""The values a library keeps and gives back: documents, their sections, chunks and facts, and search hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, TypeAlias

Day: TypeAlias = date
"""So that a field may be called date."""
Status = Literal["现行", "尚未施行", "目标期已过", "有效期已过", "已有更新", "废止", "未知"]


@dataclass(frozen=True, slots=True)
class Section:
    """One item of a document's hierarchy: its heading path and the span it covers, subsections included.

    `path` names every level from the outermost, e.g. ("三、重点任务", "(三)推进知识产权运用", "6.促进…").
    The section covers `document.text[start:end]`, the heading itself included.
    """

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Superseded:
    """What a document of a library gives way to: another copy of the same text, or a newer version of it."""

    kind: Literal["copy", "older"]
    doc_id: str
    title: str
    date: Day | None = None

    def named(self) -> str:
        """Title and date of what is to be read instead: 《数据条例》（2021年3月1日）."""
        title = self.title if "《" in self.title else f"《{self.title}》"
        return title + (f"（{self.date.year}年{self.date.month}月{self.date.day}日）" if self.date else "")


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document as read: its cleaned text, what identifies it, and its structure.

    Every offset in this program (sections, chunks, citations) points into `text`. Metadata that the document does
    not state is None, never guessed.
    """

    id: str
    title: str
    text: str
    source: str
    """Absolute path or URL that the document was read from; one source is one document."""
    sha256: str
    """Hex digest of the original bytes, also the name of the copy under originals/."""
    doc_number: str | None = None
    """发文字号, e.g. 济政字〔2017〕27号."""
    issuer: str | None = None
    """发文机关, e.g. 济宁市人民政府."""
    region: str | None = None
    """行政区划 by full name, e.g. 山东省济宁市 or 天津市东丽区."""
    date: Day | None = None
    """成文日期 where stated, of an amended law the date of the amendment; else the publication date."""
    published: Day | None = None
    """发布日期: when the page that held it went online, or the paper was given to the public."""
    effective: Day | None = None
    """施行日期: the first day it holds."""
    expires: Day | None = None
    """有效期至: the last day it holds."""
    period: tuple[int, int] | None = None
    """First and last year that the title names, e.g. (2019, 2022)."""
    target_year: int | None = None
    """The latest year that the text sets a goal for, e.g. 2020 of 到2020年."""
    kind: str | None = None
    """实施意见, 实施方案, 新闻发布会, 报道, …"""
    status: Status = "未知"
    """As of the day it was read from the library; see `vectorstore.validity`."""
    status_reason: str | None = None
    """Why the status is what it is, in a few words for the user; None for 未知."""
    repealed: str | None = None
    """What says that it is repealed: its page (网页标明“已废止”), its title, or another document of the library."""
    repealed_by: str | None = None
    """Id of the document of the library that repeals it; None where none does, or its own page says so."""
    origin: str | None = None
    """来源: who published it first, as the page names it."""
    refers_to: tuple[str, ...] = ()
    """Document numbers this one cites, in order of first mention."""
    sections: tuple[Section, ...] = ()
    sample: bool = False
    """True for the briefs that ship with the product; they step aside for the user's own documents."""
    superseded: Superseded | None = None
    """What the library holds in its stead; None for a current document, and for one that is in no library yet."""
    warnings: tuple[str, ...] | None = ()
    """What may be a slip or a misreading, a sentence each: items numbered twice, a number that another document has
    too. None for one stored by a version of the product that looked for none; the next ingest or repair does."""

    def __hash__(self) -> int:
        """By id: equal documents have the same, and a set of them needn't read through all their sections."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that is indexed as one: `document.text[start:end] == text`, always.

    The chunks of a document never overlap and together cover its text, in the order of `ordinal` (from 0).
    """

    id: str
    doc_id: str
    ordinal: int
    start: int
    end: int
    path: tuple[str, ...]
    """Heading path of the section it stands in; () before the first heading."""
    text: str
    region: str | None = None
    """The region its heading path names (a speech in a digest), else the document's."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query, with its score and the scores it was made of."""

    chunk: Chunk
    document: Document
    score: float
    scores: Mapping[str, float] = field(default_factory=dict)
    """"lexical", "dense" and "document", each as the engine gave it, before normalisation."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is restricted to; an empty tuple restricts nothing. Fields combine with AND, values with OR."""

    regions: tuple[str, ...] = ()
    """Full or short region names; a region admits what lies inside it."""
    years: tuple[int, ...] = ()
    issuers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    """Document ids."""


FactKind = Literal["target", "figure", "forecast", "responsibility", "reference", "person"]
Comparator = Literal["达到", "超过", "不低于", "不超过", "低于", "左右"]
Change = Literal["增长", "下降", "年均增长", "年均下降", "翻番"]
Relation = Literal["依据", "贯彻", "落实", "参照", "修订", "废止", "印发"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What every fact has: the words that state it, `document.text[start:end] == quote`, always, and where they stand.

    What the document doesn't state is None or (), never guessed.
    """

    doc_id: str
    start: int
    end: int
    quote: str
    path: tuple[str, ...] = ()
    """Heading path of the section it stands in."""
    region: str | None = None
    """The region its heading path names, else the document's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Stated):
    """A figure that a document sets as a goal, or (`planned` False) reports as reached or, `expected`, foresees."""

    indicator: str
    """What is measured, in the document's words without the figure: 每万人口有效发明专利拥有量, 培育专业化运营机构."""
    comparator: Comparator
    """How the value binds: 以上, 至少 and 不少于 are 不低于; 突破 and 余 are 超过; 约 and 接近 are 左右."""
    value: int | float
    upper: int | float | None = None
    """Upper end of a range (10%—15%)."""
    unit: str
    """As written, with 万 and 亿: 万件, 亿元, %, 个百分点, 家, 件/万人."""
    change: Change | None = None
    """What the value is a change of, rather than a level: 年均增长15%."""
    year: int | None = None
    """The year it is to be reached by or was reached in: the sentence's, else its section's, else for a goal the end of
    the period in the document's title."""
    year_words: str | None = None
    """The words that give the year, where they count from the day the document was written: 今年, 到明年底."""
    planned: bool = True
    expected: bool = False
    """A forecast (预计达到, 有望突破): nobody's goal, and not reached."""

    @property
    def kind(self) -> FactKind:
        return "target" if self.planned else "forecast" if self.expected else "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Stated):
    """Who sees to a task."""

    kind: ClassVar[FactKind] = "responsibility"
    task: str
    """The heading of the item without its number, or the words before the units where an item has several tasks."""
    lead: tuple[str, ...] = ()
    """牵头单位."""
    units: tuple[str, ...] = ()
    """责任单位, and those for whom the text only says 负责."""
    assisting: tuple[str, ...] = ()
    """配合单位."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Stated):
    """A document that this one names; `vectorstore.citing` tells which document of a library it is."""

    kind: ClassVar[FactKind] = "reference"
    number: str | None = None
    """发文字号 as official papers write it: 国发〔2015〕71号."""
    title: str | None = None
    """Without 《》."""
    relation: Relation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Stated):
    """Somebody named with an office."""

    kind: ClassVar[FactKind] = "person"
    name: str
    office: str
    """As written, with the organisation where it stands beside: 青岛市知识产权局局长."""


Fact: TypeAlias = Target | Responsibility | Reference | Person
