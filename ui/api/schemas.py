"""What the API's own routes take and give; answers and documents have the form of their dataclasses."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.feedback import Verdict

Name = Annotated[str, Field(min_length=1, max_length=200)]
Question = Annotated[str, Field(description="问题，不超过 1000 字", examples=["什么是专利银行"])]


class Restrictions(BaseModel):
    """What an answer may be restricted to; an empty list restricts nothing. Fields combine with AND, values with OR."""

    regions: list[Name] = Field(default=[], max_length=50, description="地区的全称或简称，如 济宁市")
    years: list[Annotated[int, Field(ge=1000, le=9999)]] = Field(default=[], max_length=50, description="文件的年份")
    issuers: list[Name] = Field(default=[], max_length=50, description="发文机关，或其名称的一部分")
    kinds: list[Name] = Field(default=[], max_length=50, description="文件的类别，如 实施意见")
    documents: list[Name] = Field(default=[], max_length=50, description="文件的编号或标题")

    def filters(self) -> dict[str, list[Any]]:
        """The fields by the names that `bot.ask` gives them."""
        return {name: getattr(self, name) for name in Restrictions.model_fields}


class Ask(Restrictions):
    """A question."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    conversation: Annotated[str, Field(max_length=100)] | None = Field(
        default=None, description="对话的编号：接着它问，问答记入其中"
    )
    history: list[dict[str, Any]] = Field(
        default=[], max_length=20, description="不用 conversation 时：此前的回答（这个接口给出的原样），从早到晚"
    )
    stream: bool = Field(default=False, description="true：以 Server-Sent Events 逐步给出")


class Search(Restrictions):
    """A search for passages."""

    model_config = ConfigDict(extra="forbid")

    query: Annotated[str, Field(min_length=1, max_length=1000)]
    k: int = Field(default=10, ge=1, le=50, description="最多几段")


class Said(BaseModel):
    """A verdict on an answer."""

    model_config = ConfigDict(extra="forbid")

    answer: Name = Field(description="回答的编号：/v1/ask、/v1/chat/completions 给出的 id")
    verdict: Verdict = Field(description="useful（有用）或 useless（无用）")
    reason: str = Field(default="", max_length=2000)


class NewConversation(BaseModel):
    """A conversation to begin, or the new title of one."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(default="", max_length=200)


class ErrorObject(BaseModel):
    """What went wrong, in OpenAI's form."""

    message: str
    type: str
    param: str | None
    code: str


class Error(BaseModel):
    """The body of every response that isn't a success."""

    error: ErrorObject


class Card(BaseModel):
    """What identifies a document; what it doesn't state is null."""

    id: str
    title: str
    source: str
    sha256: str
    doc_number: str | None
    issuer: str | None
    region: str | None
    date: str | None
    published: str | None
    effective: str | None
    expires: str | None
    period: list[int] | None = Field(description="标题写明的起止年份")
    target_year: int | None
    kind: str | None
    status: str
    status_reason: str | None
    repealed_by: str | None = Field(description="废止它的文件的编号")
    superseded: dict[str, Any] | None = Field(description="资料库里代替它的文件：较新的版本，或内容相同的一份")
    warnings: list[str] | None = Field(description="可能的笔误或误识；由旧版本读入、还没有检查过的为 null")
    origin: str | None
    refers_to: list[str]
    sample: bool


class Whole(Card):
    """A document with its text, into which all offsets point."""

    text: str
    sections: list[dict[str, Any]]


class Documents(BaseModel):
    """A page of the library's documents, by title."""

    total: int
    documents: list[Card]


class Citation(BaseModel):
    """A passage that backs a sentence: `quote` is `text[start:end]` of the document with this id."""

    number: int
    document: dict[str, Any]
    path: list[str]
    start: int
    end: int
    quote: str


class AnswerBody(BaseModel):
    """An answer, and the id under which a verdict can be given on it."""

    id: str
    conversation: str | None
    question: str
    text: str
    status: Literal["answered", "not_found", "courtesy"]
    citations: list[Citation]
    nearest: list[dict[str, Any]]
    standalone: str
    follow_ups: list[str]
    notices: list[str]
    writer: str
    seconds: float


class Passage(BaseModel):
    """A passage that was found: `text` is `document.text[start:end]`."""

    document: Card
    path: list[str]
    start: int
    end: int
    text: str
    score: float


class Found(BaseModel):
    """Passages, best first."""

    query: str
    hits: list[Passage]


class Facts(BaseModel):
    """A page of what the documents state; each fact has its kind, its figures or names, and the words that state it."""

    total: int
    facts: list[dict[str, Any]]


class Conversation(BaseModel):
    """A conversation."""

    id: str
    title: str
    created: datetime
    updated: datetime
    length: int


class Turn(BaseModel):
    """An answer within a conversation."""

    id: str
    asked: datetime
    answer: dict[str, Any]


class WholeConversation(Conversation):
    """A conversation with its answers, oldest first."""

    turns: list[Turn]


class Conversations(BaseModel):
    """The caller's conversations, newest first."""

    conversations: list[Conversation]


class JobOutcome(BaseModel):
    """What became of one file."""

    file: str
    status: Literal["added", "updated", "unchanged", "removed", "failed"]
    reason: str | None
    document: str | None


class JobState(BaseModel):
    """Documents being added or removed."""

    id: str
    kind: Literal["add", "remove"]
    state: Literal["waiting", "running", "done", "failed"]
    created: datetime
    files: int
    outcomes: list[JobOutcome]
    passages: int
    indexed: int
    generation: int | None
    error: str | None
