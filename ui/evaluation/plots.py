"""Plots as inline SVG: grouped bars, and curves over 0…1. Every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

COLOURS = ("#2f5d8a", "#b5722c", "#6b8f52", "#8a4f7d")
_WIDTH, _HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 30, 40


def bars(groups: Sequence[str], series: Mapping[str, Sequence[float | None]], *, title: str) -> str:
    """For each group a bar, 0…1, of every series; None draws none."""
    inner = (_WIDTH - _LEFT - _RIGHT) / max(len(groups), 1)
    width = inner * 0.8 / max(len(series), 1)
    parts = []
    for g, group in enumerate(groups):
        x = _LEFT + g * inner
        parts.append(_text(x + inner / 2, _HEIGHT - _BOTTOM + 16, group))
        for s, values in enumerate(series.values()):
            value = values[g]
            if value is None:
                continue
            left, top = x + inner * 0.1 + s * width, _y(value)
            parts.append(
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{width * 0.92:.1f}" height="{_y(0) - top:.1f}" '
                f'fill="{COLOURS[s % len(COLOURS)]}"><title>{escape(f"{group} {value:.3f}")}</title></rect>'
            )
            if width > 26:
                parts.append(_text(left + width * 0.46, top - 3, f"{value:.2f}"))
    return _figure([*_grid(), *parts, *_legend(list(series))], title)


def curves(
    series: Mapping[str, Sequence[tuple[float, float]]], *, title: str, x_axis: str, ends: tuple[float, float] = (0, 1)
) -> str:
    """A line for each series of (x, y), y in 0…1 and x between `ends`."""
    low, high = ends
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return _LEFT + (value - low) / span * (_WIDTH - _LEFT - _RIGHT)

    parts = []
    for s, points in enumerate(series.values()):
        path = " ".join(f"{x(a):.1f},{_y(b):.1f}" for a, b in points)
        colour = COLOURS[s % len(COLOURS)]
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>')
    ticks = [low + span * i / 4 for i in range(5)]
    parts += [_text(x(tick), _HEIGHT - _BOTTOM + 16, f"{tick:.3g}") for tick in ticks]
    parts.append(_text(_LEFT + (_WIDTH - _LEFT - _RIGHT) / 2, _HEIGHT - 6, x_axis))
    return _figure([*_grid(), *parts, *_legend(list(series))], title)


def _y(value: float) -> float:
    return _TOP + (1 - min(max(value, 0.0), 1.0)) * (_HEIGHT - _TOP - _BOTTOM)


def _grid() -> list[str]:
    parts = []
    for step in range(6):
        value = step / 5
        y = _y(value)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{value:.1f}", anchor="end"))
    return parts


def _legend(names: Sequence[str]) -> list[str]:
    parts, x = [], float(_LEFT)
    for s, name in enumerate(names):
        parts.append(f'<rect x="{x:.0f}" y="6" width="12" height="12" fill="{COLOURS[s % len(COLOURS)]}"/>')
        parts.append(_text(x + 17, 16, name, anchor="start"))
        x += 40 + 13 * len(name)
    return parts


def _text(x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _figure(parts: Sequence[str], title: str) -> str:
    name = escape(title)
    return (
        f'<figure><figcaption>{name}</figcaption><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{name}">{"".join(parts)}</svg></figure>'
    )
