"""No lie gets past, of thousands made from true sentences; and of true sentences hardly any is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.verification.source import Source
from bot.verify import verify
from ingest.pipeline import read_document
from tests.bot.verification.liar import Lie, lies, true_sentences
from vectorstore.model import Chunk, Document

REPO = Path(__file__).resolve().parents[3]
OWN = [*(REPO / "tests").rglob("policies/*.txt"), *(REPO / "samples").glob("*")]
SHARED = REPO.parent / "shared" / "policies"
HARMLESS = 0.01
"""Share of lies about the subject that may pass: another word of the same documents can make another truth."""
LOST = 0.01
"""Share of true sentences that may be dropped."""
FRAMES = ("{}", "根据文件，{}", "{} ")


def read(paths: list[Path]) -> dict[str, tuple[Document, list[Source]]]:
    """Each document with its chunks as sources, by id."""
    made: list[tuple[Document, list[Chunk]]] = [read_document(path, data=path.read_bytes()) for path in sorted(paths)]
    return {d.id: (d, [Source(d, c.path, c.start, c.end, c.region or d.region) for c in chunks]) for d, chunks in made}


def given(shelf: dict[str, tuple[Document, list[Source]]], document: Document, start: int) -> list[Source]:
    """The passage that holds document.text[start], and one of every other document."""
    own = next(source for source in shelf[document.id][1] if source.start <= start < source.end)
    others = [sources[start % len(sources)] for name, (_, sources) in shelf.items() if name != document.id]
    return [own, *others[:5]]


def passed(shelf: dict[str, tuple[Document, list[Source]]], seed: int) -> tuple[Counter[str], list[Lie]]:
    """How many lies were told of each kind, and those that got past."""
    told: Counter[str] = Counter()
    believed = []
    for lie in lies([document for document, _ in shelf.values()], seed=seed):
        told[lie.kind] += 1
        verdict = verify(f"{lie.text.rstrip('。')}[1]。", given(shelf, lie.document, lie.start))
        if verdict.citations and not verdict.dropped:  # of 甲；乙。 the part that is true may stand
            believed.append(lie)
    return told, believed


def lost(shelf: dict[str, tuple[Document, list[Source]]]) -> tuple[int, list[str]]:
    """How many true sentences were told, and those that were dropped."""
    count, dropped = 0, []
    for document, _ in shelf.values():
        for start, end in true_sentences(document):
            for frame in FRAMES:
                said = frame.format(document.text[start:end].rstrip("。")).replace(",", "，")
                count += 1
                verdict = verify(f"{said}[1]。", given(shelf, document, start))
                if verdict.dropped or not verdict.citations:
                    dropped.append(said)
    return count, dropped


def check(paths: list[Path], seed: int, *, least: int) -> None:
    shelf = read(paths)
    told, believed = passed(shelf, seed)
    assert told.total() >= least and len(told) >= 26, told
    subjects = [lie for lie in believed if lie.kind == "subject"]
    assert [lie for lie in believed if lie.kind != "subject"] == []
    assert len(subjects) <= HARMLESS * told["subject"], [(lie.truth, lie.text) for lie in subjects]
    count, dropped = lost(shelf)
    assert len(dropped) <= LOST * count, dropped


@pytest.mark.parametrize("seed", [1, 2])
def test_no_lie_about_our_own_policies_gets_past(seed: int) -> None:
    check(OWN, seed, least=1500)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public policies of ../shared aren't here")
def test_no_lie_about_the_public_policies_gets_past() -> None:
    check(list(SHARED.glob("*.txt")), 1, least=2500)
