"""The settings of a run: the only reader of the environment (ZHENGWEN_…)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import misset
from bot.errors import BadSettings
from vectorstore.embeddings import Wanted
from vectorstore.pretrained import Backend, Running

PREFIX = "ZHENGWEN_"


class Settings(BaseSettings):
    """Everything that can be set, each from the variable ZHENGWEN_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(
        default_factory=lambda: user_data_path("zhengwen", appauthor=False),
        description="资料库所在的文件夹",
    )
    embedding: str | None = Field(
        default=None,
        description="新资料库的向量模型：embedded（内置）或任一 sentence-transformers 模型的名称或文件夹；"
        "已有的资料库记得自己的模型，不必设",
    )
    reranker: str | None = Field(
        default=None,
        description="重排模型：空为内置，否则为任一 sentence-transformers CrossEncoder 的名称或文件夹",
    )
    reranked: int = Field(default=20, ge=2, le=200, description="重排模型读排在最前的多少个段落，2 到 200")
    device: str | None = Field(default=None, description="预训练模型在哪里运行：cpu、cuda、cuda:1、mps，空为自动")
    batch: int = Field(default=32, ge=1, le=4096, description="预训练模型一次算多少段文字，1 到 4096")
    backend: Backend | None = Field(default=None, description="预训练模型用什么运行：torch 或 onnx，空为建索引时用的")
    passages: int = Field(default=40, ge=5, le=200, description="每个问题最多取多少个段落来比较，5 到 200")
    password: SecretStr | None = Field(default=None, description="打开网页要输的口令；空为不要口令")
    uploads: bool | None = Field(
        default=None,
        description="网页上能否添加和移出文件：true 或 false；空为只有本机能访问、或要口令或登录时才能",
    )
    server: str | None = Field(
        default=None, description="改用一个正在运行的政问服务，如 http://127.0.0.1:8501；空为用本机的资料库"
    )
    key: SecretStr | None = Field(default=None, description="使用该服务的密钥（由 zhengwen keys create 发给）")
    workers: int | None = Field(
        default=None,
        ge=1,
        le=256,
        description="zhengwen serve 同时回答多少个 HTTP 提问，1 到 256；空为 1，另选重排模型时为 4，用语言模型时为 32",
    )
    waiting: int = Field(default=120, ge=0, le=10_000, description="此外还可以有多少个提问排队，再多的请对方稍后再试")
    rate: int = Field(
        default=600,
        ge=0,
        description="每个密钥（没有密钥时：每个地址，本机不限）每分钟最多多少次 HTTP 请求，0 为不限",
    )
    hosts: str = Field(default="", description="只监听本机时，除 localhost 外还可以用哪些域名访问，以逗号分开")
    log_questions: bool = Field(default=False, description="HTTP 请求的日志里是否写下提问的文字")
    url: str | None = Field(
        default=None,
        description="大家打开网页用的地址，如 https://zhengwen.example.com；Slack 和飞书里的回答用它链接到原文",
    )
    slack_bot_token: SecretStr | None = Field(default=None, description="Slack：机器人令牌，以 xoxb- 开头")
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Slack：Signing Secret；设了就在 /slack/events 接收 Slack 的请求"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="Slack：应用令牌，以 xapp- 开头；设了就用 Socket Mode，不需要公网地址"
    )
    slack_api: str = Field(default="https://slack.com/api/", description="Slack：Web API 的地址")
    feishu_app_id: str | None = Field(default=None, description="飞书：应用的 App ID")
    feishu_app_secret: SecretStr | None = Field(default=None, description="飞书：应用的 App Secret")
    feishu_encrypt_key: SecretStr | None = Field(
        default=None, description="飞书：Encrypt Key；设了就在 /feishu/events 接收事件，空为长连接，不需要公网地址"
    )
    feishu_token: SecretStr | None = Field(default=None, description="飞书：Verification Token，与 Encrypt Key 一起设")
    feishu_domain: str = Field(
        default="https://open.feishu.cn", description="飞书：开放平台的地址；Lark 用 https://open.larksuite.com"
    )
    llm: str | None = Field(
        default=None,
        description="写回答的语言模型，提供方:模型，如 openai:deepseek-chat；空为不用，回答直接摘自原文",
    )
    llm_base_url: str | None = Field(
        default=None, description="语言模型服务的地址，如 https://api.deepseek.com；空为提供方自己的"
    )
    llm_key: SecretStr | None = Field(
        default=None, description="语言模型的密钥；空为提供方自己的变量，如 OPENAI_API_KEY"
    )
    llm_timeout: float = Field(default=30.0, gt=0, le=600, description="语言模型多少秒没有动静就不再等")
    llm_seconds: float = Field(default=90.0, gt=0, le=3600, description="语言模型写一个回答最多多少秒")
    llm_tokens: int = Field(default=1000, ge=16, le=32_000, description="语言模型写一个回答最多多少个 token")
    llm_retries: int = Field(default=2, ge=0, le=10, description="语言模型服务忙或出错时再试几次")
    llm_characters: int = Field(default=6000, ge=200, le=200_000, description="每个问题最多给语言模型多少字的段落")
    llm_temperature: float | None = Field(default=0.0, ge=0, le=2, description="语言模型的温度；空为模型自己的")
    llm_stream: bool = Field(default=True, description="语言模型的回答是否边写边传")
    llm_rewrite: bool = Field(default=True, description="追问是否也由语言模型补全；补得不可靠时用内置的规则")
    debug: bool = Field(default=False, description="程序出错时显示完整的调用过程")

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator(
        "embedding",
        "reranker",
        "device",
        "backend",
        "password",
        "server",
        "key",
        "url",
        "llm",
        "llm_base_url",
        "llm_key",
        "llm_temperature",
        "slack_bot_token",
        "slack_signing_secret",
        "slack_app_token",
        "feishu_app_id",
        "feishu_app_secret",
        "feishu_encrypt_key",
        "feishu_token",
        mode="before",
    )
    @classmethod
    def _blank_is_unset(cls, name: Any) -> Any:
        return name.strip() or None if isinstance(name, str) else name

    @field_validator("llm_base_url", "url", "slack_api", "feishu_domain")
    @classmethod
    def _is_a_web_address(cls, url: str | None) -> str | None:
        if url is not None and not (url.isascii() and url.startswith(("http://", "https://"))):
            raise ValueError("must begin with http:// or https://")
        return url

    @property
    def running(self) -> Running:
        """How pretrained models are run."""
        return Running(self.device, self.batch, self.backend)

    @property
    def wanted(self) -> Wanted:
        """The embedding that a library is opened or made with."""
        return Wanted(self.embedding, self.running)


@lru_cache(maxsize=8)  # reading and checking them takes longer than half an answer
def _made(environ: tuple[tuple[str, str], ...], folder: str, given: tuple[tuple[str, Any], ...]) -> Settings:
    """The settings `given`, on top of what the environment says; a relative home lies in `folder`."""
    return Settings(**dict(given))


def _folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - as a key
    except FileNotFoundError:  # deleted; what isn't relative needs none
        return ""


def load_settings(*, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """The settings of the environment, with `overrides` (those that are not None) on top.

    Raises BadSettings for a value that can't be used and for a ZHENGWEN_ variable that no setting reads: a
    misspelled name that is silently ignored costs an afternoon.
    """
    names = os.environ if environ is None else environ
    known = [name.upper() for name in Settings.model_fields]
    unknown = sorted(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))
    unknown = [name for name in unknown if name.upper() not in known]
    if unknown:
        raise BadSettings(misset.unknown(unknown, known, PREFIX))
    try:
        given = tuple((name, value) for name, value in overrides.items() if value is not None)
        settings = _made(tuple(os.environ.items()), _folder(), given)
    except ValidationError as error:
        raise BadSettings(misset.unusable(error, Settings.model_fields, PREFIX)) from error
    places = (settings.home, *settings.home.parents)
    # Path.is_file raises where a folder above must not be looked into.
    file = next((place for place in places if os.path.isfile(place)), None)  # noqa: PTH113
    if file is not None:
        raise BadSettings(f"{file} 是一个文件，资料库要放在文件夹里。请用 --home 或 {PREFIX}HOME 另指定一个。")
    return settings
