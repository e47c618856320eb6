"""`zhengwen doctor`: checks that everything an answer needs is in place, and says the next step where it isn't."""

from __future__ import annotations

import importlib
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.console import Painted, one_line, say, say_json
from ui.invocation import AsJson, Home, settings_of
from vectorstore.errors import LibraryError
from vectorstore.trouble import in_words

if TYPE_CHECKING:
    from bot.settings import Settings

_NEEDED = ("chromadb", "tantivy", "model2vec", "rjieba", "langchain-core", "streamlit")
_READERS = {
    "lxml": "lxml.etree",
    "lxml-html-clean": "lxml_html_clean",
    "trafilatura": "trafilatura",
    "pypdfium2": "pypdfium2",
    "python-docx": "docx",
}
"""What reads files, and the module that must load: installed is not enough where a library of the system is missing."""
_OPTIONAL = {"sentence-transformers": "换用其它向量模型、重排模型时需要：pip install 'zhengwen[models]'"}
_PYTHON = (3, 11)


AskModel = Annotated[bool, typer.Option("--llm", help="也向语言模型发一个很短的请求，看它是否回答。")]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is all right, what was found, and the next step where it is not."""

    name: str
    ok: bool
    found: str
    next: str = ""


def doctor(context: typer.Context, llm: AskModel = False, as_json: AsJson = False, home: Home = None) -> None:
    """检查运行环境、资料库和语言模型的设置，哪里不对就告诉您怎么办。"""
    checks = list(_checks(settings_of(context, home), llm=llm))
    if as_json:
        say_json({"ok": all(check.ok for check in checks), "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            sign = Painted("✓", colour="green") if check.ok else Painted("✗", colour="red", bold=True)
            say(sign, f" {check.name}：{check.found}", Painted(f"（{check.next}）" if check.next else "", dim=check.ok))
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _checks(settings: Settings, *, llm: bool) -> Iterator[Check]:
    fresh = sys.version_info[:2] >= _PYTHON
    yield Check("Python", fresh, platform.python_version(), "" if fresh else "请安装 Python 3.11 或更新的版本")
    for package in ("zhengwen", *_NEEDED):
        found = _version(package)
        yield Check(package, found is not None, found or "未安装", "" if found else f"pip install {package}")
    for package, module in _READERS.items():
        yield _reader(package, module)
    for package, why in _OPTIONAL.items():
        found = _version(package)
        yield Check(package, True, found or "未安装（可选）", "" if found else why)
    yield _writable(settings.home)
    yield _embedding(settings)
    if settings.reranker is not None:
        yield _reranker(settings.reranker, settings)
    yield _chat_model(settings, ask=llm)
    yield _library(settings)
    yield _remembered(settings.home)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _reader(package: str, module: str) -> Check:
    """Whether a package that reads files can be loaded, not only found."""
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - a broken package may raise anything while it loads
        found = f"不能使用：{one_line(str(error)) or type(error).__name__}" if _version(package) else "未安装"
        return Check(package, False, found, f"pip install --force-reinstall {package}")
    return Check(package, True, _version(package) or "可用")


def _writable(home: Path) -> Check:
    """Whether the library's folder, or the nearest folder above that exists, can be written to."""
    folder = next((place for place in (home, *home.parents) if place.exists()), home)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Check("资料库文件夹", True, str(home))
    except OSError as error:
        return Check("资料库文件夹", False, f"{home} 不能写入：{in_words(error)}", "改正权限，或用 --home 换一个文件夹")


def _embedding(settings: Settings) -> Check:
    from vectorstore.chosen import chosen
    from vectorstore.repair import newest

    try:
        built = newest(settings.home) if (settings.home / "CURRENT").exists() else None
        embedder = chosen(settings.wanted, built)
        vectors = embedder.encode_query(["政策"])
    except (LibraryError, OSError, ValueError, ImportError) as error:
        return Check("向量模型", False, str(error), "zhengwen model 显示现在用的模型，zhengwen model 名称 换成另一个")
    return Check("向量模型", True, f"{embedder.name}，{vectors.shape[1]} 维")


def _reranker(model: str, settings: Settings) -> Check:
    from bot.cross_encoder import CrossEncoderReranker
    from bot.errors import RerankerUnavailable

    try:
        CrossEncoderReranker(model, running=settings.running).scores("政策", ["政策"])
    except RerankerUnavailable as error:
        return Check("重排模型", False, str(error))
    return Check("重排模型", True, model)


def _chat_model(settings: Settings, *, ask: bool) -> Check:
    """Whether the chat model that is set, if one is, can be opened and, where that is asked for, answers."""
    from bot.errors import BadSettings
    from bot.front import chat_settings

    name = "语言模型"
    try:
        chat = chat_settings(settings)
    except ImportError as error:
        return Check(name, False, f"不能使用：{one_line(str(error))}", "pip install 'zhengwen[llm]'")
    if chat is None:
        how = (
            "设置 ZHENGWEN_LLM，例如 openai:deepseek-chat，再试一次" if ask else "设置 ZHENGWEN_LLM 后由语言模型写回答"
        )
        return Check(name, not ask, "没有设置，回答直接摘自原文（可选）", how)
    from bot.llm.chat_model import ChatModel
    from bot.llm.prompts import PROBE
    from bot.llm.writer import WriterFailed

    where = chat.base_url or "提供方的默认地址"
    found = f"{chat.model}，{where}，密钥{'已设置' if chat.key else '没有用 ZHENGWEN_LLM_KEY 设置'}"
    try:
        # A few words, once: whoever looks for a fault doesn't wait for second tries.
        model = ChatModel(replace(chat, tokens=min(chat.tokens, 64), retries=0))
        if not ask:
            return Check(name, True, found, "zhengwen doctor --llm 试着向它提问")
        began = time.monotonic()
        "".join(model.stream(*PROBE))
    except BadSettings as error:
        return Check(name, False, str(error))
    except WriterFailed as failure:
        return Check(name, False, f"{found}；{failure}", "改好后再执行 zhengwen doctor --llm；其间回答直接摘自原文")
    return Check(name, True, f"{found}，{time.monotonic() - began:.1f} 秒后答完")


def _library(settings: Settings) -> Check:
    from vectorstore.library import Library

    try:
        with Library.open(settings.home, embedding=settings.wanted) as library:
            documents = library.documents()
            chunks = sum(len(library.chunks(document.id)) for document in documents)
            found = f"第 {library.generation} 代，{len(documents)} 份文件，{chunks} 个段落"
    except LibraryError as error:
        return Check("资料库", False, str(error))
    if not documents:
        return Check("资料库", False, found, "用 zhengwen ingest 路径 读入文件")
    return Check("资料库", True, found)


def _remembered(home: Path) -> Check:
    """Whether conversations can be kept, and whether what was kept is whole."""
    from bot.conversations import LOCAL, Conversations
    from bot.errors import StateUnavailable
    from bot.state import state_of

    if not state_of(home).file.exists():
        return Check("对话和反馈", True, "还没有")
    try:
        count = len(Conversations(home).list(owner=LOCAL, limit=-1))
    except StateUnavailable as error:
        return Check("对话和反馈", False, str(error))
    notice = state_of(home).notice
    return Check("对话和反馈", notice is None, notice or f"命令行的对话 {count} 个")
