"""The program `zhengwen`: its commands, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from bot.errors import BlankQuestion, BotError, ConversationNotFound
from ingest.errors import IngestError
from ui.commands import (
    asking,
    chatting,
    connecting,
    conversing,
    doctoring,
    documents,
    evaluating,
    facts,
    ingesting,
    judging,
    keys,
    modelling,
    operating,
    searching,
)
from ui.console import Painted, note, one_line, say, use_utf8
from ui.errors import INTERRUPTED, CannotServe, ReaderLeft, WrongUsage
from ui.helping import ChineseCommand, ChineseGroup
from ui.invocation import READING, Home, Invocation
from ui.typed import typed
from ui.usage import usage_told
from vectorstore.errors import DocumentNotFound, LibraryError
from vectorstore.trouble import in_words, is_in_the_way

DONE, FAILED, WRONG_USAGE, NOT_FOUND = 0, 1, 2, 3

_EPILOG = f"""\
退出码：
  {DONE}    完成
  {FAILED}    失败（标准错误上有一行说明；ingest：有文件没能读入；doctor：有一项不正常）
  {WRONG_USAGE}    用法不对
  {NOT_FOUND}    资料里没有答案或没有这样的内容，或没有这份文件、这个对话
  {INTERRUPTED}  被中断（Ctrl-C）

从这里开始：
  zhengwen ingest 政策文件夹
  zhengwen ask "什么是专利银行"
  zhengwen serve
"""

app = typer.Typer(cls=ChineseGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

for name, command in (
    ("ingest", ingesting.ingest),
    ("documents", documents.documents),
    ("show", documents.show),
    ("remove", documents.remove),
    ("facts", facts.facts),
    ("ask", asking.ask),
    ("search", searching.search),
    ("chat", chatting.chat),
    ("conversations", conversing.conversations),
    ("feedback", judging.feedback),
    ("serve", operating.serve),
    ("mcp", connecting.mcp),
    ("config", operating.config),
    ("doctor", doctoring.doctor),
    ("repair", ingesting.repair),
    ("model", modelling.model),
    ("eval", evaluating.evaluate),
):
    app.command(name, cls=ChineseCommand, options_metavar="[选项]")(command)
app.add_typer(keys.app, name="keys", options_metavar="[选项]", subcommand_metavar="命令 …")


def _version(wanted: bool) -> None:
    if wanted:
        say(f"政问 zhengwen {version('zhengwen')}")
        raise typer.Exit


@app.callback(options_metavar="[选项]", subcommand_metavar="命令 …", epilog=_EPILOG, invoke_without_command=True)
def start(
    context: typer.Context,
    home: Home = None,
    server: Annotated[
        str | None,
        typer.Option(
            "--server", metavar="地址", help="改用一个正在运行的政问服务（也可设 ZHENGWEN_SERVER；密钥用 ZHENGWEN_KEY）"
        ),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="程序出错时显示完整的调用过程")] = False,
    shown: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """政问：从政策文件里找答案，每一句都有出处。"""
    invocation: Invocation = context.obj
    invocation.home, invocation.debug, invocation.server = home, debug, server
    if server and context.invoked_subcommand not in (*READING, None):
        raise WrongUsage(
            f"{context.invoked_subcommand} 只能用在本机的资料库上。--server 可用于：{'、'.join(READING)}。"
        )
    if context.invoked_subcommand is None:
        say(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; whatever goes wrong is one line on stderr."""
    use_utf8()
    invocation = Invocation()
    try:
        code = app(arguments, prog_name="zhengwen", standalone_mode=False, obj=invocation)
    except ReaderLeft:
        # What is still buffered goes nowhere; without this Python complains when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: told in one line, shown whole on request
        return _explain(error, debug=invocation.debug)
    return code if isinstance(code, int) else DONE


def _explain(error: Exception, *, debug: bool) -> int:
    """Say on stderr what went wrong and what to do; give the exit code."""
    code, message = _verdict(error)
    if debug:
        note("".join(traceback.format_exception(error)).rstrip())
    note(Painted(one_line(typed(message)), colour="red"))
    return code


def _verdict(error: Exception) -> tuple[int, str]:
    match error:
        case DocumentNotFound() | ConversationNotFound():
            return NOT_FOUND, str(error)
        case WrongUsage() | BlankQuestion():
            return WRONG_USAGE, str(error)
        case LibraryError() | BotError() | IngestError() | CannotServe():
            return FAILED, str(error)
        case typer.Abort():
            return INTERRUPTED, "已中断。"
        case typer.BadParameter():
            return WRONG_USAGE, usage_told(error)
        case OSError():
            where = f"：{error.filename}" if error.filename else ""
            looked = "磁盘空间和文件夹的权限" if is_in_the_way(error) else "这个路径"
            return FAILED, f"系统报错：{in_words(error)}{where}。请检查{looked}，再试一次。"
        case _ if getattr(error, "exit_code", None) == WRONG_USAGE:
            return WRONG_USAGE, usage_told(error)
        case _:
            what = "：".join(part for part in (type(error).__name__, str(error).rstrip(".。 ")) if part)
            return FAILED, f"程序出错：{what}。加 --debug（或设 ZHENGWEN_DEBUG=1）重试，可以看到完整的调用过程。"
