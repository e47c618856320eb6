"""`zhengwen keys`: makes, lists and revokes the keys of the HTTP API."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from ui.api.keys import Keys, Scope
from ui.console import Painted, note, one_line, say, say_json
from ui.errors import WrongUsage
from ui.helping import ChineseCommand, ChineseGroup
from ui.invocation import AsJson, Home, settings_of

app = typer.Typer(
    cls=ChineseGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_SCOPES = {"ask": "提问和查阅", "admin": "也可以加入和移除文件"}


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """HTTP API 的密钥：建立、列出、吊销。"""
    if context.invoked_subcommand is None:
        say(context.get_help())


def create(
    context: typer.Context,
    scope: Annotated[
        str, typer.Option("--scope", metavar="范围", help="ask：提问和查阅；admin：也可以增删文件")
    ] = "ask",
    name: Annotated[str, typer.Option("--name", metavar="名称", help="给谁用，便于以后辨认")] = "",
    days: Annotated[
        int | None, typer.Option("--days", metavar="天数", min=1, max=3650, help="多少天后失效；默认不失效，直到吊销")
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """建一个密钥；只显示这一次。有了密钥，HTTP API 就不再接受没有密钥的请求。"""
    if scope not in get_args(Scope):
        raise WrongUsage(f"没有范围 {scope}。可用的有：{'、'.join(get_args(Scope))}。")
    keys = Keys(settings_of(context, home).home)
    first = not keys.any()
    chosen: Scope = "admin" if scope == "admin" else "ask"
    key, text = keys.create(chosen, name=name, days=days)
    if as_json:
        say_json({**_plain(key), "key": text})
    else:
        say(text)
    until = f"，到 {key.expires.astimezone():%Y-%m-%d %H:%M} 失效" if key.expires else ""
    note(Painted(f"编号 {key.id}，{_SCOPES[scope]}{until}。请马上保存，以后无法再次显示。", dim=True))
    if first:
        note(Painted("从现在起，/v1 和 /mcp 的每个请求都要带密钥：Authorization: Bearer <密钥>。", dim=True))


def list_(context: typer.Context, as_json: AsJson = False, home: Home = None) -> None:
    """列出密钥的编号、范围和名称（不含密钥本身）。"""
    found = Keys(settings_of(context, home).home).list()
    if as_json:
        say_json([{**_plain(key)} for key in found])
        return
    for key in found:
        state = f"，{key.revoked:%Y-%m-%d} 吊销" if key.revoked else ""
        if key.expires and not key.revoked:
            state = f"，{key.expires.astimezone():%Y-%m-%d} {'已失效' if key.expired else '失效'}"
        about = f" · {key.created:%Y-%m-%d} 建{state}"
        say(f"{key.id}  {key.scope:<5}  {one_line(key.name)}".rstrip(), Painted(about, dim=True))
    note(Painted(f"共 {len(found)} 个密钥", dim=True))


def revoke(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="编号", help="密钥的编号，见 zhengwen keys list")],
    home: Home = None,
) -> None:
    """吊销一个密钥，马上生效。"""
    key = Keys(settings_of(context, home).home).revoke(id)
    say(f"已吊销 {key.id}  {one_line(key.name)}".rstrip())


def _plain(key: object) -> dict[str, object]:
    names = ("id", "name", "scope", "created", "revoked", "expires")
    return {name: str(value) if (value := getattr(key, name)) is not None else None for name in names}


for name, command in (("create", create), ("list", list_), ("revoke", revoke)):
    app.command(name, cls=ChineseCommand, options_metavar="[选项]")(command)
