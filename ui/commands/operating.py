"""`zhengwen serve`, `config` and `eval`: running the page, seeing the settings, measuring the answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.console import Painted, say, say_json
from ui.errors import WrongUsage
from ui.invocation import AsJson, Home, settings_of

_SECRET = ("key", "token", "secret", "password")
_MASK = "******"


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="监听的地址，默认 127.0.0.1（只有本机能访问）")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option("--port", metavar="端口", help="监听的端口，默认 8501")] = 8501,
    home: Home = None,
) -> None:
    """启动问答网页。"""
    from ui.server import serve as run

    run(settings_of(context, home), host=host, port=port)


def config(context: typer.Context, as_json: AsJson = False, home: Home = None) -> None:
    """显示当前生效的设置，密钥不显示。"""
    settings = settings_of(context, home)
    values = {
        name: _MASK if value is not None and any(word in name for word in _SECRET) else value
        for name, value in settings.model_dump(mode="json").items()
    }
    if as_json:
        say_json(values)
        return
    for name, value in values.items():
        about = type(settings).model_fields[name].description or ""
        say(Painted(f"# {about}（ZHENGWEN_{name.upper()}）", dim=True))
        say(f"{name} = {'（未设）' if value is None else value}")


def evaluate(
    context: typer.Context,
    questions: Annotated[Path, typer.Argument(metavar="题集", help="题集文件（.jsonl）")],
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """用一份题集检验回答的质量。"""
    if not questions.is_file():
        raise WrongUsage(f"没有题集文件 {questions}。请给出一个 .jsonl 文件的路径。")
    from bot.evaluate import evaluate as run

    report = run(questions, home=settings_of(context, home).home)
    if as_json:
        say_json(report)
    else:
        say(str(report))
