"""The settings of a run: the only reader of the environment (ZHENGWEN_…)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadSettings

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
        description="向量模型：空为内置模型，否则为任一 sentence-transformers 模型的名称或路径",
    )
    passages: int = Field(default=40, ge=5, le=200, description="每个问题最多取多少个段落来比较，5 到 200")
    debug: bool = Field(default=False, description="程序出错时显示完整的调用过程")

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("embedding")
    @classmethod
    def _blank_is_embedded(cls, name: str | None) -> str | None:
        return None if name is None or name.strip() in ("", "embedded") else name.strip()


def load_settings(*, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """The settings of the environment, with `overrides` (those that are not None) on top.

    Raises BadSettings for a value that can't be used and for a ZHENGWEN_ variable that no setting reads: a
    misspelled name that is silently ignored costs an afternoon.
    """
    names = os.environ if environ is None else environ
    unknown = sorted(
        n for n in names if n.startswith(PREFIX) and n.removeprefix(PREFIX).lower() not in Settings.model_fields
    )
    if unknown:
        known = "、".join(PREFIX + name.upper() for name in Settings.model_fields)
        raise BadSettings(f"不认识的设置 {'、'.join(unknown)}。可用的有：{known}。")
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + ".".join(str(part) for part in first["loc"]).upper()
        field = Settings.model_fields.get(str(first["loc"][0])) if first["loc"] else None
        meaning = f"（{field.description}）" if field else ""
        raise BadSettings(f"设置 {name} 的值 {first['input']!r} 不能用{meaning}。请改正或去掉这个设置。") from error
