"""`zhengwen eval`: measures the library, or a corpus, with questions whose answers are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.ingesting import Bar
from ui.console import Painted, note, one_line, say_json
from ui.errors import WrongUsage
from ui.invocation import AsJson, Home, settings_of

if TYPE_CHECKING:
    from bot.evaluation.baseline import Comparison
    from bot.evaluation.outcome import Evaluation
    from bot.evaluation.questions import QuestionSet
    from bot.settings import Settings
    from ui.evaluation.corpus import Corpus

_NAMED = 10
"""How many of the documents that are missing a remark names."""


def evaluate(
    context: typer.Context,
    questions: Annotated[
        list[Path], typer.Option("--questions", metavar="题集", help="题集：.jsonl 文件，每行一题（可重复）")
    ],
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="语料", help="检验这份语料（.jsonl、.jsonl.gz 或文件夹），不给则检验资料库"),
    ] = None,
    no_answers: Annotated[bool, typer.Option("--no-answers", help="只检验检索，不作回答")] = False,
    within: Annotated[bool, typer.Option("--within", help="每题只在它的 docs 这几份文件里找")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="题数", help="每份题集只取前几题")] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="结果", help="与以前 --json 的结果比较，看哪里变好变差")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="网页", help="把结果写成一个网页，含每道没答好的题")
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """用一份题集检验检索、回答、引用和拒答的质量。"""
    from bot.evaluation.baseline import compare, read_baseline
    from bot.evaluation.questions import read_questions

    settings = settings_of(context, home)
    if html is not None and (html.is_dir() or not html.absolute().parent.is_dir()):
        raise WrongUsage(f"--html {html} 写不了：{'它是文件夹' if html.is_dir() else '没有这个文件夹'}。")
    earlier = None if baseline is None else read_baseline(baseline)
    asked = read_questions(questions, limit=limit, within=within)
    evaluation = measure(
        asked, corpus, settings, name="、".join(path.stem for path in questions), answers=not no_answers
    )
    comparison = None if earlier is None else compare(earlier, evaluation.outcomes)
    if html is not None:
        from ui.evaluation.page import page

        html.write_text(page(evaluation, comparison), encoding="utf-8")
    if as_json:
        say_json(document(evaluation, comparison))
    else:
        from ui.evaluation.table import print_evaluation

        print_evaluation(evaluation, comparison)
    if evaluation.unknown:
        named = "、".join(one_line(name, 40) for name in evaluation.unknown[:_NAMED])
        more = "…" if len(evaluation.unknown) > _NAMED else ""
        told = f"题集里有 {len(evaluation.unknown)} 个文件不在资料库里，这些题按没找到计：{named}{more}"
        note(Painted(told, colour="yellow"))


def measure(
    asked: QuestionSet, corpus: Path | None, settings: Settings, *, name: str, answers: bool = True
) -> Evaluation:
    """The evaluation of `corpus` and of the texts that come with the questions; of the library when there are none."""
    from bot.evaluation.run import evaluate as run
    from bot.front import open_reranker
    from vectorstore.library import Library

    with Bar("准备题目") as bar, _place(asked, corpus, settings, bar) as place:
        for reason in place.left_out[:_NAMED] if place else ():
            note(f"跳过：{one_line(reason, 200)}")
        where = place.home if place else settings.home
        with Library.open(where, embedding=settings.wanted) as library:
            return run(
                library,
                asked.questions,
                name=name,
                embedding=library.embedding,
                answers=answers,
                passages=settings.passages,
                reranker=open_reranker(settings),
                names=place.names if place else None,
                progress=lambda done, total: bar.step("检验", done, total),
            )


def document(evaluation: Evaluation, comparison: Comparison | None) -> dict[str, Any]:
    """What --json writes, and --baseline reads."""
    from bot.evaluation.measures import figures, scores
    from bot.evaluation.refusals import curve

    return {
        "name": evaluation.name,
        "embedding": evaluation.embedding,
        "documents": evaluation.documents,
        "answered": evaluation.answered,
        "unknown": evaluation.unknown,
        "figures": figures(evaluation.outcomes),
        "curve": curve(*scores(evaluation.outcomes)),
        "baseline": comparison,
        "outcomes": evaluation.outcomes,
    }


@contextmanager
def _place(asked: QuestionSet, corpus: Path | None, settings: Settings, bar: Bar) -> Iterator[Corpus | None]:
    if corpus is None and not asked.texts:
        yield None
        return
    from ui.evaluation.corpus import corpus_library

    with corpus_library(corpus, asked.texts, embedding=settings.wanted, progress=bar.embed) as made:
        yield made
