"""What one call of the command line carries: the library's folder, the wish to see tracebacks, the settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.console import note

if TYPE_CHECKING:
    from bot.settings import Settings

Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="文件夹", help="资料库所在的文件夹（也可设 ZHENGWEN_HOME）"),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档，供程序读取")]


READING = ("ask", "chat", "search", "documents", "show", "facts", "mcp", "config")
"""Commands that can use a server in place of a library on this machine."""


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
    """The effective settings for the command that is running; says so where it uses no server though one is set."""
    root = context.find_root()
    invocation: Invocation = root.obj
    settings = invocation.settings(home)
    if settings.server and root.invoked_subcommand not in READING:
        note(f"提醒：设了 ZHENGWEN_SERVER，但 {root.invoked_subcommand} 用的是本机的资料库：{settings.home}")
    return settings
