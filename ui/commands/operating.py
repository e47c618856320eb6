"""`zhengwen serve` and `config`: running the page, seeing the settings."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.console import Painted, say, say_json
from ui.invocation import AsJson, Home, settings_of


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1（只有本机能访问）")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option("--port", metavar="端口", help="监听的端口，默认 8501")] = 8501,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="前面有自己的反向代理核对来访者：没有密钥也可以让别的机器访问")
    ] = False,
    home: Home = None,
) -> None:
    """启动问答网页和 HTTP API。"""
    from ui.server import serve as run

    run(settings_of(context, home), host=host, port=port, behind_proxy=behind_proxy)


def config(context: typer.Context, as_json: AsJson = False, home: Home = None) -> None:
    """显示当前生效的设置。"""
    settings = settings_of(context, home)
    values = settings.model_dump(mode="json")
    if as_json:
        say_json(values)
        return
    for name, value in values.items():
        about = type(settings).model_fields[name].description or ""
        say(Painted(f"# {about}（ZHENGWEN_{name.upper()}）", dim=True))
        say(f"{name} = {'（未设）' if value is None else value}")
