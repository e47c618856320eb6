"""`zhengwen model`: shows the models in use, and switches the library's embedding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.ingesting import Bar
from ui.console import Painted, note, say, say_json
from ui.errors import INTERRUPTED, WrongUsage
from ui.invocation import AsJson, Home, settings_of

if TYPE_CHECKING:
    from bot.settings import Settings
    from vectorstore.manifest import Manifest


def model(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="模型", help="换成这个向量模型：hub 上的名称、文件夹，或 embedded（内置）；不给则显示"),
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """显示现在用的模型，或把资料库换到另一个向量模型。"""
    settings = settings_of(context, home)
    if name is not None:
        _switch(name.strip(), settings)
    elif as_json:
        say_json(_facts(settings, _built(settings)))
    else:
        _show(settings, _built(settings))


def _switch(name: str, settings: Settings) -> None:
    from vectorstore.embeddings import Wanted
    from vectorstore.errors import NoLibrary
    from vectorstore.model_folder import canonical
    from vectorstore.repair import newest, switch

    if not name:
        raise WrongUsage("没有写模型的名称。例如：zhengwen model embedded")
    if settings.embedding is not None and canonical(settings.embedding) != canonical(name):
        raise WrongUsage(
            f"ZHENGWEN_EMBEDDING 设成了 {settings.embedding}，与要换成的 {name} 不同。"
            "资料库记得自己的模型，请先去掉 ZHENGWEN_EMBEDDING"
        )
    try:
        before = newest(settings.home)
    except NoLibrary as error:
        raise NoLibrary(
            f"{settings.home} 里还没有资料库。要一开始就用这个模型："
            f"ZHENGWEN_EMBEDDING={name} zhengwen ingest 文件或文件夹"
        ) from error
    if canonical(name) != before.model:
        note(Painted(f"从 {before.model} 换成 {name}，先打开模型；换好以前，原来的索引照常使用。", dim=True))
    try:
        with Bar("打开模型") as bar:
            generation = switch(settings.home, Wanted(name, settings.running), progress=bar.embed)
    except KeyboardInterrupt:
        note(f"已中断：资料库仍用 {before.model}。已算好的向量留着，再运行 zhengwen model {name} 就接着算。")
        raise typer.Exit(INTERRUPTED) from None
    if generation is None:
        say(f"资料库已经在用 {before.model}（{before.embedding}），不用换。")
        return
    after = newest(settings.home)
    say(f"已换成 {after.model}（{after.embedding}，{after.dimensions} 维），现在是第 {generation} 代。")


def _built(settings: Settings) -> Manifest | None:
    """What the library was built with; None where there is none yet."""
    from vectorstore.errors import NoLibrary
    from vectorstore.repair import newest

    try:
        return newest(settings.home)
    except NoLibrary:
        return None


def _facts(settings: Settings, built: Manifest | None) -> dict[str, Any]:
    index = ("model", "embedding", "dimensions", "generation", "documents", "chunks", "created")
    return {
        "configured": settings.embedding,
        **{name: getattr(built, name, None) for name in index},
        "reranker": settings.reranker,
        "reranked": settings.reranked,
        "device": settings.device,
        "batch": settings.batch,
        "backend": settings.backend,
    }


def _show(settings: Settings, built: Manifest | None) -> None:
    from vectorstore.chosen import chosen
    from vectorstore.errors import EmbeddingMismatch
    from vectorstore.model_folder import EMBEDDED_MODEL

    if built is None:
        say(f"向量模型：{_called(settings.embedding or EMBEDDED_MODEL)}，还没有资料库")
    else:
        say(f"向量模型：{_called(built.model)}，{built.dimensions} 维")
        held = f"{built.documents} 份文件，{built.chunks} 个段落"
        say(f"索引：第 {built.generation} 代，{held}，用 {built.embedding} 建成")
    if settings.reranker is None:
        say("重排：内置")
    else:
        say(f"重排：{settings.reranker}，读排在最前的 {settings.reranked} 个段落")
    backend = settings.backend or "torch（建索引时用 onnx 的除外）"
    say(f"预训练模型：设备 {settings.device or '自动选择'}，用 {backend} 运行，一次 {settings.batch} 段")
    try:
        chosen(settings.wanted, built)
    except EmbeddingMismatch as error:
        note(Painted(str(error), colour="yellow"))


def _called(model: str) -> str:
    from vectorstore.model_folder import EMBEDDED_MODEL

    return f"{model}（内置）" if model == EMBEDDED_MODEL else model
