"""What the API's own routes take and give; answers and documents have the form of their dataclasses."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.feedback import Verdict

Name = Annotated[str, Field(min_length=1, max_length=200)]
Question = Annotated[str, Field(description="问题，不超过 1000 字", examples=["什么是专利银行"])]


_ERROR: dict[str, Any] = {
    "error": {
        "message": "问题是空的。请写出想问的内容，例如：什么是专利银行？",
        "type": "invalid_request_error",
        "param": None,
        "code": "blank_question",
    }
}


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

    query: Annotated[str, Field(min_length=1, max_length=1000, description="查什么", examples=["知识产权质押融资"])]
    k: int = Field(default=10, ge=1, le=50, description="最多几段")


class Said(BaseModel):
    """A verdict on an answer."""

    model_config = ConfigDict(extra="forbid")

    answer: Name = Field(description="回答的编号：/v1/ask、/v1/chat/completions 给出的 id")
    verdict: Verdict = Field(description="useful（有用）或 useless（无用）")
    reason: str = Field(default="", max_length=2000, description="原因，可以不写")


class NewConversation(BaseModel):
    """A conversation to begin, or the new title of one."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(default="", max_length=200, description="标题；空的：用第一个问题")


class ErrorObject(BaseModel):
    """What went wrong, in OpenAI's form."""

    message: str = Field(description="出了什么事、该怎么办，中文一句话")
    type: str = Field(
        description="invalid_request_error、authentication_error、permission_error、rate_limit_error 或 server_error"
    )
    param: str | None = Field(description="不对的是哪个参数")
    code: str = Field(description="错误的代号，如 blank_question、document_not_found、invalid_api_key、busy")


class Error(BaseModel):
    """The body of every response that isn't a success."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ERROR]})

    error: ErrorObject = Field(description="与 OpenAI 的错误对象相同")


class Card(BaseModel):
    """What identifies a document; what it doesn't state is null."""

    id: str = Field(description="文件编号")
    title: str = Field(description="标题")
    source: str = Field(description="文件名或网址")
    sha256: str = Field(description="原文件的 SHA-256")
    doc_number: str | None = Field(description="发文字号")
    issuer: str | None = Field(description="发文机关")
    region: str | None = Field(description="地区的全称")
    date: str | None = Field(description="成文日期")
    published: str | None = Field(description="发布日期")
    effective: str | None = Field(description="施行日期")
    expires: str | None = Field(description="失效日期")
    period: list[int] | None = Field(description="标题写明的起止年份")
    target_year: int | None = Field(description="目标的最后一年")
    kind: str | None = Field(description="类别，如 实施意见")
    status: str = Field(description="现行、目标期已过、已失效、废止、未知等")
    status_reason: str | None = Field(description="为什么这样说")
    repealed_by: str | None = Field(description="废止它的文件的编号")
    superseded: dict[str, Any] | None = Field(description="资料库里代替它的文件：较新的版本，或内容相同的一份")
    warnings: list[str] | None = Field(description="可能的笔误或误识；由旧版本读入、还没有检查过的为 null")
    origin: str | None = Field(description="来源")
    refers_to: list[str] = Field(description="正文提到的文号")
    sample: bool = Field(description="是不是示例文件")


class Whole(Card):
    """A document with its text, into which all offsets point."""

    text: str = Field(description="全文")
    sections: list[dict[str, Any]] = Field(description="各级标题和起止位置")


class Documents(BaseModel):
    """A page of the library's documents, by title."""

    total: int = Field(description="符合条件的共有几份")
    documents: list[Card] = Field(description="其中的这一页")


class Citation(BaseModel):
    """A passage that backs a sentence: `quote` is `text[start:end]` of the document with this id."""

    number: int = Field(description="正文里的 [n]")
    document: Card = Field(description="文件，不带全文")
    path: list[str] = Field(description="各级标题")
    start: int = Field(description="从全文的第几个字（Unicode 码位）")
    end: int = Field(description="到第几个字之前")
    quote: str = Field(description="原文，等于全文的 [start:end]")


class AnswerBody(BaseModel):
    """An answer, and the id under which a verdict can be given on it."""

    id: str = Field(description="评价时用的编号")
    conversation: str | None = Field(description="所在的对话")
    question: str = Field(description="所提的问题")
    text: str = Field(description="回答，句末的 [n] 是依据的编号")
    status: Literal["answered", "not_found", "courtesy"] = Field(
        description="answered 有依据；not_found 资料里没有；courtesy 问候"
    )
    citations: list[Citation] = Field(description="依据，按编号")
    nearest: list[Card] = Field(description="没有答案时内容最接近的文件")
    standalone: str = Field(description="补全后的问题（追问时）")
    follow_ups: list[str] = Field(description="可以接着问的")
    notices: list[str] = Field(description="提示，如所引文件的目标期已过")
    writer: str = Field(description="extractive 为摘自原文，否则是语言模型的名称")
    seconds: float = Field(description="用了几秒")


class Passage(BaseModel):
    """A passage that was found: `text` is `document.text[start:end]`."""

    document: Card = Field(description="所在的文件")
    path: list[str] = Field(description="各级标题")
    start: int = Field(description="从全文的第几个字")
    end: int = Field(description="到第几个字之前")
    text: str = Field(description="这一段")
    score: float = Field(description="相关程度，越大越相关")


class Found(BaseModel):
    """Passages, best first."""

    query: str
    hits: list[Passage] = Field(description="段落，最相关的在前")


class Facts(BaseModel):
    """A page of what the documents state; each fact has its kind, its figures or names, and the words that state it."""

    total: int = Field(description="符合条件的共有几条")
    facts: list[dict[str, Any]] = Field(
        description="其中的这一页；每条有 kind、document、doc_id、start、end、quote 和各自的内容"
    )


class Conversation(BaseModel):
    """A conversation."""

    id: str = Field(description="编号")
    title: str = Field(description="标题")
    created: datetime
    updated: datetime
    length: int = Field(description="有几次问答")


class Turn(BaseModel):
    """An answer within a conversation."""

    id: str = Field(description="评价时用的编号")
    asked: datetime
    answer: dict[str, Any] = Field(description="与 /v1/ask 的回答相同")


class WholeConversation(Conversation):
    """A conversation with its answers, oldest first."""

    turns: list[Turn]


class Conversations(BaseModel):
    """The caller's conversations, newest first."""

    conversations: list[Conversation]


class JobOutcome(BaseModel):
    """What became of one file."""

    file: str = Field(description="送来时的文件名")
    status: Literal["added", "updated", "unchanged", "removed", "failed"] = Field(
        description="added 新增、updated 更新、unchanged 未变、removed 移除、failed 没有读入"
    )
    reason: str | None = Field(description="为什么")
    document: str | None = Field(description="文件编号")


class JobState(BaseModel):
    """Documents being added or removed."""

    id: str = Field(description="编号")
    kind: Literal["add", "remove"]
    state: Literal["waiting", "running", "done", "failed"] = Field(
        description="waiting 等待、running 进行中、done 完成、failed 没有完成"
    )
    created: datetime
    files: int = Field(description="共有几个文件")
    outcomes: list[JobOutcome] = Field(description="已读的文件")
    passages: int = Field(description="要建索引的段落数；还在读文件时为 0")
    indexed: int = Field(description="已建索引的段落数")
    generation: int | None = Field(description="完成后资料库的代数")
    error: str | None = Field(description="没有完成的原因")
