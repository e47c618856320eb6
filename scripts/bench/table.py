"""The lines of the page's tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table; `target` is the figure it should stay under, or with `at_least` reach, or None."""

    what: str
    figure: float
    unit: str
    target: float | None
    runs: str
    at_least: bool = False

    def __str__(self) -> str:
        digits = 0 if self.unit in ("MB", "ms", "chunks/s") else 2
        target = f"{'≥' if self.at_least else '<'} {self.target:g} {self.unit}".rstrip() if self.target else "—"
        fails = self.target and (self.figure < self.target if self.at_least else self.figure >= self.target)
        figure = f"{self.figure:.{digits}f} {self.unit}".rstrip() + " (missed)" * bool(fails)
        return f"| {self.what} | {target} | {figure} | {self.runs} |"


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(
        [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *(f"| {' | '.join(line)} |" for line in lines)]
    )
