"""Help pages in Chinese: the look of `zhengwen --help` and `zhengwen COMMAND --help`."""

from __future__ import annotations

import sys
from typing import Any
from unicodedata import east_asian_width

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from ui.console import note
from ui.errors import INTERRUPTED, WrongUsage
from ui.usage import unknown_command


def _write(command: TyperCommand | TyperGroup, context: Any, formatter: Any) -> None:
    """Usage, what it does, commands, arguments, options, and what stands below them."""
    formatter.write_usage(context.command_path, " ".join(_pieces(command, context)), prefix="用法：")
    formatter.write_paragraph()
    formatter.write_text(command.help or "")
    shown = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    arguments = [(_name(param), param.help or "") for param in shown if isinstance(param, TyperArgument)]
    options = [(_name(param), param.help or "") for param in shown if isinstance(param, TyperOption)]
    for title, rows in (("命令", _commands(command, context)), ("参数", arguments), ("选项", options)):
        if rows:
            formatter.write(f"\n{title}：\n")
            column = max(_cells(name) for name, _ in rows) + 2
            for name, about in rows:
                formatter.write(f"  {name}{' ' * (column - _cells(name))}{about}\n")
    if command.epilog:
        formatter.write_paragraph()
        for line in command.epilog.splitlines():
            formatter.write(line + "\n")


def _pieces(command: TyperCommand | TyperGroup, context: Any) -> list[str]:
    """What stands behind the command's name; typer's own puts braces around what is required."""
    if isinstance(command, TyperGroup):
        return list(command.collect_usage_pieces(context))
    arguments = [param for param in command.get_params(context) if isinstance(param, TyperArgument)]
    named = [(_name(param).strip("[]"), param.required) for param in arguments]
    return [command.options_metavar or "", *(name if required else f"[{name}]" for name, required in named)]


def _cells(text: str) -> int:
    """The width of the text on a terminal, where Chinese characters take two cells."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _name(param: TyperArgument | TyperOption) -> str:
    if isinstance(param, TyperArgument):
        return str(param.metavar or param.name)
    names = ", ".join([*param.opts, *param.secondary_opts])
    return names if param.is_flag or param.count else f"{names} {param.metavar or '值'}"


def _commands(command: TyperCommand | TyperGroup, context: Any) -> list[tuple[str, str]]:
    if not isinstance(command, TyperGroup):
        return []
    found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [(name, (one.help or "").splitlines()[0]) for name, one in found if one is not None and not one.hidden]


def _translated(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "显示这段说明"
    return option


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese, and which says so when Ctrl-C ends it."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            note(("\n" if sys.stderr.isatty() else "") + "已中断。")  # the terminal has put ^C where the cursor stood
            raise typer.Exit(INTERRUPTED) from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _translated(super().get_help_option(ctx))


class ChineseGroup(TyperGroup):
    """The program itself, whose help page is Chinese."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            raise WrongUsage(unknown_command(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _translated(super().get_help_option(ctx))
