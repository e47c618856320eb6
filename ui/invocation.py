"""What one call of the command line carries: the library's folder, the wish to see tracebacks, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="文件夹", help="资料库所在的文件夹（也可设 ZHENGWEN_HOME）"),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档，供程序读取")]


@dataclass
class Invocation:
    """Filled by the options before the command; the command's own --home wins."""

    home: Path | None = None
    debug: bool = False
    server: str | None = None

    def settings(self, home: Path | None) -> Settings:
        """The effective settings of this call; raises BadSettings."""
        from bot.settings import load_settings

        settings = load_settings(home=home or self.home, debug=self.debug or None, server=self.server)
        self.debug = settings.debug
        return settings


def settings_of(context: typer.Context, home: Path | None) -> Settings:
    """The effective settings for the command that is running."""
    invocation: Invocation = context.find_root().obj
    return invocation.settings(home)
