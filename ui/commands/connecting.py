"""`zhengwen mcp`: the library for a program on this machine that speaks the Model Context Protocol."""

from __future__ import annotations

import typer

from bot.llm.leaving import in_thread
from ui.backend import backend_of
from ui.invocation import Home, settings_of


def mcp(context: typer.Context, home: Home = None) -> None:
    """让支持 MCP 的程序（由它启动，用标准输入输出交谈）查阅资料库。"""
    from ui.mcp_server import tools

    settings = settings_of(context, home)
    server = tools(backend_of(settings), in_thread, url=settings.url or settings.server)
    server.run("stdio")
