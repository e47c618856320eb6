"""`zhengwen feedback`: what people said of the answers, to read or to take into a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.asking import NOT_FOUND
from ui.console import Painted, note, one_line, put, say, say_json
from ui.errors import WrongUsage
from ui.invocation import AsJson, Home, settings_of
from ui.plain import plain
from ui.sheet import as_csv

if TYPE_CHECKING:
    from bot.feedback import Opinion

_SAID = {"useful": "有用", "useless": "无用"}
_HEADINGS = {
    "given": "时间", "verdict": "评价", "reason": "理由", "question": "问题", "text": "回答", "status": "结果",
    "evidence": "依据", "face": "来自", "zhengwen": "政问版本", "generation": "资料库版本", "embedding": "向量模型",
    "writer": "作答", "owner": "用户", "turn": "回答编号",
}  # fmt: skip


def feedback(
    context: typer.Context,
    as_json: AsJson = False,
    csv: Annotated[bool, typer.Option("--csv", help="输出 CSV（可用 Excel 打开）")] = False,
    home: Home = None,
) -> None:
    """列出大家对回答的评价：有用或无用、理由、问题、回答和依据。"""
    from bot.feedback import Feedback

    if as_json and csv:
        raise WrongUsage("--json 和 --csv 只能用一个。")
    opinions = Feedback(settings_of(context, home).home).all()
    if as_json:
        say_json([{**plain(opinion), "given": opinion.given.isoformat()} for opinion in opinions])
    elif csv:
        put(as_csv(_rows(opinions), _HEADINGS))
    else:
        _print(opinions)
    if not opinions:
        raise typer.Exit(NOT_FOUND)


def _rows(opinions: Sequence[Opinion]) -> list[dict[str, Any]]:
    return [
        {
            "given": opinion.given.astimezone().strftime("%Y-%m-%d %H:%M:%S"),
            "verdict": _SAID[opinion.verdict],
            "reason": opinion.reason,
            "question": opinion.answer.question,
            "text": opinion.answer.text,
            "status": "有回答" if opinion.answer.status == "answered" else "没有找到",
            "evidence": "\n".join(f"[{c.number}] {c.document.title}：{c.quote}" for c in opinion.answer.citations),
            "face": opinion.face,
            **plain(opinion.versions),
            "owner": opinion.owner,
            "turn": opinion.turn,
        }
        for opinion in opinions
    ]


def _print(opinions: Sequence[Opinion]) -> None:
    for opinion in opinions:
        look = "green" if opinion.verdict == "useful" else "red"
        when = opinion.given.astimezone().strftime("%Y-%m-%d %H:%M")
        say(Painted(_SAID[opinion.verdict], bold=True, colour=look), f"  {when}  {one_line(opinion.answer.question)}")
        say(Painted(f"    {one_line(opinion.answer.text, 160)}", dim=True))
        if opinion.reason:
            say(f"    理由：{one_line(opinion.reason)}")
    useful = sum(opinion.verdict == "useful" for opinion in opinions)
    told = f"共 {len(opinions)} 条，有用 {useful} 条，无用 {len(opinions) - useful} 条" if opinions else "还没有评价"
    note(Painted(told, dim=True))
