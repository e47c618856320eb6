"""What is told to whoever called a command in a way it can't be called: what is wrong, and what would be right."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)|unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


def usage_told(error: Exception) -> str:
    """The option parser's usage error, whose own words are English, in one Chinese line."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "zhengwen"
    return f"{_wrong(error, context)}。用 {command} --help 查看用法。"


def unknown_command(name: str, known: list[str]) -> str:
    """The line for a command that there isn't."""
    near = get_close_matches(name, known, n=1)
    return f"没有命令 {name}{f'，是不是 {near[0]}？' if near else '。'}可用的命令：{'、'.join(known)}。"


def _wrong(error: Exception, context: Any) -> str:
    kind, param, option = type(error).__name__, getattr(error, "param", None), getattr(error, "option_name", None)
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        return f"没有选项 {option}" + (f"，是不是 {'、'.join(near)}" if near else "")
    if kind == "BadOptionUsage":
        return f"选项 {option} 后面不写值" if "not take" in str(error) else f"选项 {option} 后面缺少值"
    if kind == "MissingParameter" and param is not None:
        return f"缺少 {_name(param)}" + (f"（{param.help}）" if getattr(param, "help", None) else "")
    if param is not None:
        return f"{_name(param)} 的值不对{_right(param)}"
    extra = _EXTRA.search(str(error))
    if extra is not None:
        params = context.command.params if context is not None else []
        if any(one.param_type_name == "argument" for one in params):
            return f"多写了“{extra[1] or extra[2]}”；含有空格的内容请用引号括起来"
        named = "、".join(one.opts[0] for one in params if not one.is_eager)
        return f"多写了“{extra[1] or extra[2]}”；这个命令后面只写选项" + (f"：{named}" if named else "")
    return "命令或参数不对"


def _name(param: Any) -> str:
    """How people know the option or argument."""
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar or param.name)


def _right(param: Any) -> str:
    """What the value may be, as far as the parser knows."""
    kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    least, most = getattr(param, "min", None), getattr(param, "max", None)
    if kind not in (int, list[int]):
        return ""
    if least is not None and most is not None:
        return f"，应为 {least} 到 {most} 之间的整数"
    return f"，应为不小于 {least} 的整数" if least is not None else "，应为整数"
