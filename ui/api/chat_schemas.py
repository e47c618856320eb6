"""What OpenAI's clients send: what of a chat completion request means something here; the rest is passed over."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ui.api.schemas import Restrictions


class TextPart(BaseModel):
    """A part of a message's content."""

    type: str
    text: str | None = None


class Message(BaseModel):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """The content as text."""
        if isinstance(self.content, list):
            return "".join(part.text or "" for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """How to stream."""

    include_usage: bool | None = Field(default=None, description="最后再给一段字数")


class Completion(Restrictions):
    """A chat completion request. The last message is the question; what it may be restricted to goes in extra_body."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [{"model": "zhengwen", "messages": [{"role": "user", "content": "什么是专利银行"}]}]
        },
    )

    messages: list[Message] = Field(
        min_length=1, max_length=200, description="最后一条是问题（role 为 user），此前的是对话；system 不起作用"
    )
    model: str = Field(default="zhengwen", max_length=200, description="填什么都是 zhengwen")
    stream: bool | None = Field(default=False, description="true：以 Server-Sent Events 给出，以 [DONE] 结束")
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=1, ge=1, le=1, description="只给一个回答")
    response_format: dict[str, Any] | None = Field(default=None, description="只有 {“type”: “text”}")


class Model(BaseModel):
    """The one model there is."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(BaseModel):
    """OpenAI's list of models."""

    object: Literal["list"]
    data: list[Model]


class Choice(BaseModel):
    """The one choice of a completion."""

    index: int
    message: dict[str, Any]
    finish_reason: Literal["stop"]
    logprobs: None = None


class Usage(BaseModel):
    """Characters of the messages and of the answer, for clients that ask how many tokens there were."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionBody(BaseModel):
    """A completion in OpenAI's form, and beside it what stands behind the answer."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    citations: list[dict[str, Any]]
    status: Literal["answered", "not_found", "courtesy"]
    notices: list[str]
