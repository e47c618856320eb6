"""Reads answers.txt: what chat models write to questions over samples/, and what of it must be kept or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.verification.source import Source
from bot.verify import Verdict
from ingest.pipeline import read_document

TABLE = Path(__file__).with_name("answers.txt")
SAMPLES = Path(__file__).resolve().parents[3] / "samples"
_SIGNS = {"+": "kept", "-": "dropped", "=": "nothing", "~": "lost"}
_NAMED = re.compile(r"\{([^{}]+)\}")
_MARKUP = re.compile(
    r"[\[【［(（](?:来源|资料|根据|\^)?[\d,，、\s]*[\]】］)）]|\*\*|^\s*(?:[-*•]|#+|\d+[.、])\s*|[|\s]|[，,。；;：:]"
)


@dataclass(frozen=True)
class Said:
    """A part of a draft; `must` tells what is to become of it, `cites` the words of the passage it names."""

    text: str
    must: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """An answer as a chat model writes it to `question`."""

    question: str
    text: str
    said: tuple[Said, ...]


@cache
def sample_passages() -> tuple[Source, ...]:
    """Every chunk of the sample briefs, as a prompt would number them."""
    found = []
    for path in sorted(SAMPLES.iterdir()):
        document, chunks = read_document(path, data=path.read_bytes())
        found += [Source(document, c.path, c.start, c.end, c.region or document.region) for c in chunks]
    return tuple(found)


def drafts(table: str, sources: Sequence[Source]) -> Iterator[Draft]:
    """The drafts of a table in the form of answers.txt."""
    for block in re.split(r"\n(?=问 )", re.sub(r"^#.*\n", "", table, flags=re.MULTILINE).lstrip()):
        question, *lines = block.strip().split("\n")
        text, said = "", []
        for line in lines:
            glued, sign, words = (line[0] == "&", *line.removeprefix("&").split(" ", 1))
            shown = _NAMED.sub(lambda named: str(_number(named[1], sources)), words)
            text += ("" if glued or not text else "\n") + shown
            said.append(Said(shown, _SIGNS[sign], tuple(_NAMED.findall(words))))
        yield Draft(question.removeprefix("问 "), text, tuple(said))


def _number(words: str, sources: Sequence[Source]) -> int:
    return next(n for n, source in enumerate(sources, 1) if words in source.text)


def bare(text: str) -> str:
    """The words of a part, without markers, markup and punctuation."""
    return _MARKUP.sub("", text)


def is_kept(said: Said, verdict: Verdict) -> bool:
    """Whether all that a part says stands in what is left of its answer; of a table's row, each cell in one line."""
    if said.text.startswith("|"):
        cells = [bare(cell) for cell in said.text.split("|") if cell.strip()]
        return any(all(cell in bare(line) for cell in cells) for line in verdict.text.splitlines())
    return bare(said.text) in bare(verdict.text)
