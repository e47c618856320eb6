"""A chat model of any provider that LangChain knows, with bounded time, retries, and failures in plain words."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.errors import BadSettings
from bot.llm.background import Left, OutOfTime, pause, read
from bot.llm.chat_failures import is_about_the_key, told_of, wait_before_retry
from bot.llm.writer import CutShort, WriterFailed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import SecretStr

PIP = "pip install 'zhengwen[llm]'"
_NO_KEY = "none"
"""What servers of one's own are sent where no key is set; the client insists on one."""
_ENDED = ("finish_reason", "stop_reason", "done_reason")
_CUT = {
    "length": "语言模型的回答到了长度上限，没有写完",
    "max_tokens": "语言模型的回答到了长度上限，没有写完",
    "content_filter": "语言模型服务拦下了后面的内容",
    "safety": "语言模型服务拦下了后面的内容",
}
"""What is told of an answer that ends for another reason than being whole."""
_CHARACTERS_PER_TOKEN = 8
"""More text than this for every token allowed is no answer any more."""
_MISSING = re.compile(r"pip install (?:-U )?([\w-]+)")


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """How the model is reached and what it may take: `timeout` seconds of silence, `seconds` for a whole answer."""

    model: str
    """provider:model."""
    base_url: str | None = None
    key: SecretStr | None = None
    timeout: float = 30.0
    seconds: float = 90.0
    tokens: int = 1000
    retries: int = 2
    temperature: float | None = 0.0
    stream: bool = True


class ChatModel:
    """A chat model, opened at once; its requests begin with the first piece asked for."""

    def __init__(self, settings: ChatSettings) -> None:
        """Raises BadSettings where a package, a provider's name or the key is missing."""
        self._settings = settings
        self._model = _open(settings)

    @property
    def name(self) -> str:
        return self._settings.model.partition(":")[2] or self._settings.model

    def stream(self, system: str, human: str) -> Generator[str, None, None]:
        """The model's words as they come. Closing the generator closes the request, and so does the asker's leaving
        (`bot.llm.leaving`), also while a word is waited for. Raises WriterFailed.

        What fails before the first word is tried again, as often as the settings say, while there is time.
        """
        deadline = time.monotonic() + self._settings.seconds
        for attempt in range(self._settings.retries + 1):
            began = False
            try:
                with closing(self._once(system, human, deadline)) as pieces:
                    for piece in pieces:
                        began = True
                        yield piece
                return
            except WriterFailed:
                raise
            except Left:
                raise WriterFailed("提问的人已经离开") from None
            except OutOfTime:
                raise WriterFailed(f"语言模型没有在 {self._settings.seconds:g} 秒内写完") from None
            except Exception as error:  # noqa: BLE001 - every provider's client raises its own
                wait = None if began or attempt == self._settings.retries else wait_before_retry(error, attempt)
                if wait is None or time.monotonic() + wait >= deadline:
                    # Whatever the error holds stays here: a server may have put the key into it.
                    raise WriterFailed(told_of(error, self._settings.timeout)) from None
            self._wait(wait)

    def _wait(self, seconds: float) -> None:
        try:
            pause(seconds)
        except Left:
            raise WriterFailed("提问的人已经离开") from None

    def _once(self, system: str, human: str, deadline: float) -> Generator[str, None, None]:
        """One request's words."""
        from langchain_core.prompts import ChatPromptTemplate

        chain = ChatPromptTemplate.from_messages([("system", "{system}"), ("human", "{human}")]) | self._model
        given = {"system": system, "human": human}

        async def chunks() -> AsyncIterator[Any]:
            if not self._settings.stream:
                yield await chain.ainvoke(given)
                return
            async for chunk in chain.astream(given):
                yield chunk

        length, ended, cut = 0, not self._settings.stream, None
        with closing(read(chunks, until=deadline)) as found:
            for chunk in found:
                reasons = [str(reason) for name in _ENDED if (reason := chunk.response_metadata.get(name))]
                ended = ended or bool(reasons)
                cut = next((_CUT[reason.lower()] for reason in reasons if reason.lower() in _CUT), cut)
                if chunk.text:
                    length += len(chunk.text.strip())
                    if length > self._longest:
                        raise WriterFailed("语言模型写得太长，已停止")
                    yield chunk.text
        if cut:
            raise CutShort(cut)
        if not length:
            raise WriterFailed("语言模型没有写出任何内容")
        if not ended and self._settings.model.startswith("openai:"):
            raise WriterFailed("语言模型的回答没有传完就断了")

    @property
    def _longest(self) -> int:
        return self._settings.tokens * _CHARACTERS_PER_TOKEN


def _open(settings: ChatSettings) -> BaseChatModel:
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise BadSettings(f"用语言模型（ZHENGWEN_LLM）还缺软件包。请执行：{PIP}") from error
    options: dict[str, Any] = {
        "base_url": settings.base_url,
        "api_key": settings.key.get_secret_value() if settings.key else None,
        "timeout": settings.timeout,
        "max_retries": 0,
        "max_tokens": settings.tokens,
        "temperature": settings.temperature,
    }
    given = {name: value for name, value in options.items() if value is not None}
    try:
        opened: BaseChatModel = init_chat_model(settings.model, **given)
    except ImportError as error:
        package = _MISSING.search(str(error))
        command = f"pip install {package[1]}" if package and package[1] != "langchain-openai" else PIP
        raise BadSettings(f"用 ZHENGWEN_LLM={settings.model} 还缺软件包。请执行：{command}") from error
    except Exception as error:  # noqa: BLE001 - every provider's client raises its own
        if settings.key is None and is_about_the_key(error):
            if settings.base_url:  # a server of one's own
                return cast("BaseChatModel", init_chat_model(settings.model, **given, api_key=_NO_KEY))
            raise BadSettings(
                f"没有 {settings.model} 的密钥。请设置 ZHENGWEN_LLM_KEY，或模型提供方自己的变量（如 OPENAI_API_KEY）；"
                "自己的服务器请设置 ZHENGWEN_LLM_BASE_URL。"
            ) from None
        raise BadSettings(
            f"ZHENGWEN_LLM 的值 {settings.model!r} 不能用。写法是 提供方:模型，例如 openai:deepseek-chat。"
        ) from None
    return opened
