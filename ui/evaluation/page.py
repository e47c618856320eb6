"""An evaluation as one self-contained page: figures, plots, and every question that failed with what it got.

Nothing is fetched and nothing runs: no script, no font, no picture from elsewhere. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from bot.evaluation.baseline import Comparison
from bot.evaluation.measures import METHODS, RETRIEVAL, Figure, figures, quantile, scores
from bot.evaluation.outcome import Evaluation, Outcome
from bot.evaluation.refusals import curve
from ui.evaluation.plots import bars, curves
from ui.evaluation.table import (
    CHANGE_HEADS,
    OTHER_HEADS,
    change_rows,
    headline,
    kinds,
    other_rows,
    retrieval_rows,
    told,
)

_STYLE = """
body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222;background:#fff;
max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;margin:.8rem 0;display:block;
overflow-x:auto}th,td{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #ddd;white-space:nowrap}
figure{margin:1rem 0}figcaption{color:#555}svg{width:100%;height:auto}svg text{font-size:11px;fill:#444}
details{border-top:1px solid #ddd;padding:.5rem 0}summary{cursor:pointer}.fault{color:#a33}.dim{color:#666}
blockquote{margin:.3rem 0;padding:.2rem .8rem;border-left:3px solid #ccc;white-space:pre-wrap;overflow-wrap:anywhere}
.right{border-color:#4a4}@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#ddd}.dim,figcaption{color:#aaa}
svg text{fill:#bbb}.fault{color:#e88}th,td,details{border-color:#444}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(evaluation: Evaluation, comparison: Comparison | None = None) -> str:
    """The page as HTML."""
    found = figures(evaluation.outcomes)
    heads, rows = retrieval_rows(found)
    parts = [f"<h1>检验结果</h1><p>{escape(headline(evaluation))}</p>"]
    if evaluation.unknown:
        named = "、".join(evaluation.unknown)
        parts.append(f'<p class="fault">有 {len(evaluation.unknown)} 个答案文件不在资料库里：{escape(named)}</p>')
    if len(heads) > 1:
        parts += ["<h2>检索</h2>", _table(heads, rows), _retrieval_plot(found)]
    parts += ["<h2>其它指标</h2>", _table(OTHER_HEADS, other_rows(found))]
    if len(kinds(evaluation.outcomes)) > 1:
        cells = [[kind or "—", f"{well}/{number}"] for kind, (well, number) in kinds(evaluation.outcomes).items()]
        parts += ["<h2>按类型</h2>", _table(("类型", "答好的题"), cells)]
    parts += [*_refusals(evaluation), *_latency(evaluation)]
    if comparison is not None:
        parts += ["<h2>与之前相比</h2>", f"<p>{escape(told(comparison))}</p>"]
        parts.append(_table(CHANGE_HEADS, change_rows(comparison)))
    failed = [outcome for outcome in evaluation.outcomes if outcome.faults]
    parts += [f"<h2>没有{'答' if evaluation.answered else '找'}好的 {len(failed)} 题</h2>", *map(_failure, failed)]
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(evaluation.name)} · 政问检验</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _retrieval_plot(found: dict[str, Figure]) -> str:
    keys = [m.key for m in RETRIEVAL if m.key in found and not m.key.startswith("R@")]
    series = {name: [_value(found, prefix + key) for key in keys] for prefix, name in METHODS.items()}
    return bars(keys, series, title="检索：各方法比较")


def _value(found: dict[str, Figure], key: str) -> float | None:
    return found[key].value if key in found else None


def _refusals(evaluation: Evaluation) -> list[str]:
    points = curve(*scores(evaluation.outcomes))
    if not points:
        return []
    series = {
        "没有答案而拒答": [(p.threshold, p.right) for p in points],
        "有答案却拒答": [(p.threshold, p.wrong) for p in points],
    }
    ends = (points[0].threshold, points[-1].threshold)
    return ["<h2>拒答的门槛</h2>", curves(series, title="依据分数低于门槛的题若都拒答", x_axis="门槛", ends=ends)]


def _latency(evaluation: Evaluation) -> list[str]:
    series = {}
    for key, name in (("search_seconds", "检索"), ("answer_seconds", "回答")):
        seconds = [outcome.values[key] * 1000 for outcome in evaluation.outcomes if key in outcome.values]
        if seconds:
            series[name] = [(quantile(seconds, step / 50), step / 50) for step in range(1, 51)]
    slowest = max(points[-1][0] for points in series.values())
    return ["<h2>用时</h2>", curves(series, title="在多少毫秒内完成的题", x_axis="毫秒", ends=(0.0, slowest))]


def _failure(outcome: Outcome) -> str:
    kind = f"（{outcome.kind}）" if outcome.kind else ""
    parts = [f"<summary>{escape(outcome.id)} {escape(outcome.question)}{escape(kind)} "]
    parts.append(f'<span class="fault">{escape("；".join(outcome.faults))}</span></summary>')
    parts.append(f'<p class="dim">应有：</p>{_quotes(outcome.expected)}')
    if outcome.answer is not None:
        parts.append(f'<p class="dim">{"拒答" if outcome.refused else "回答"}：</p>{_quotes([outcome.answer])}')
    if outcome.citations:
        parts.append('<p class="dim">引用：</p>')
        parts.append(_quotes(f"{cited.document}：{cited.quote}" for cited in outcome.citations))
    parts.append('<p class="dim">找到：</p>' if outcome.found else '<p class="dim">什么也没找到。</p>')
    for found in outcome.found:
        where = " › ".join((found.document, *found.path))
        side = ' class="right"' if found.right else ""
        parts.append(f'<p class="dim">{found.score:.3f} {escape(where)}</p>')
        parts.append(f"<blockquote{side}>{escape(found.text)}</blockquote>")
    return f"<details>{''.join(parts)}</details>"


def _quotes(texts: Iterable[str]) -> str:
    return "".join(f"<blockquote>{escape(text)}</blockquote>" for text in texts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
