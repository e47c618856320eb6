"""A temporary library of the texts that questions are asked of, gone when the evaluation is done."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.evaluation.lines import BadFile
from bot.evaluation.questions import Text, read_texts
from ingest.doubts import find_doubts
from ingest.errors import UnreadableFile
from ingest.facts import find_facts
from ingest.pipeline import ingest, read_document
from vectorstore.embeddings import Embedding
from vectorstore.writer import Writer

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A library made for an evaluation."""

    home: Path
    names: dict[str, str]
    """The ids of its documents by what the corpus calls them."""
    left_out: tuple[str, ...]
    """What held no readable text, with the reason."""


@contextmanager
def corpus_library(
    corpus: Path | None, texts: Sequence[Text] = (), *, embedding: Embedding = None, progress: Progress | None = None
) -> Iterator[Corpus]:
    """A library of a corpus and of `texts`, in a folder that goes when the context ends.

    A corpus is a .jsonl or .jsonl.gz file of {"id", "title"?, "text"}, each read as a file id.txt would be, or a folder
    or file of documents. Raises BadFile, also when nothing in it can be read, and LibraryError.
    """
    with tempfile.TemporaryDirectory(prefix="zhengwen-eval-") as folder:
        home = Path(folder) / "library"
        left_out: list[str] = []
        names: dict[str, str] = {}
        if corpus is not None and not _is_lines(corpus):
            report = ingest([corpus], home=home, embedding=embedding, on_embed=progress)
            left_out += [f"{o.source}：{o.reason}" for o in report.outcomes if o.status == "failed"]
            held = sum(o.status == "added" for o in report.outcomes)
        else:
            held = 0
        records = [*(read_texts(corpus) if corpus is not None and _is_lines(corpus) else ()), *texts]
        if records:
            names, unread = _put(records, home, embedding=embedding, progress=progress)
            left_out += unread
        if not (held or names):
            raise BadFile(f"语料 {corpus or ''} 里没有一份能读的文件：{'；'.join(left_out[:3])}。")
        yield Corpus(home, names, tuple(left_out))


def _put(
    records: Sequence[Text], home: Path, *, embedding: Embedding, progress: Progress | None
) -> tuple[dict[str, str], list[str]]:
    names: dict[str, str] = {}
    unread: list[str] = []
    with Writer(home, embedding=embedding, facts=find_facts, doubts=find_doubts) as writer:
        for number, record in enumerate(records):
            data = "\n".join(part for part in (record.title, record.text) if part).encode("utf-8")
            try:
                # The id says what a file would be called; a number keeps apart what a file system would take for one.
                document, chunks = read_document(Path(f"/{number}") / f"{_flat(record.id)}.txt", data)
            except UnreadableFile as error:
                unread.append(f"{record.id}：{error.reason}")
                continue
            writer.put(replace(document, source=f"/{record.id}.txt"), chunks, data)
            names[record.id] = document.id
        writer.publish(progress=progress)
    return names, unread


def _flat(name: str) -> str:
    return "".join(character if character.isalnum() or character in "-_+." else "_" for character in name)[:80] or "_"


def _is_lines(path: Path) -> bool:
    return path.name.endswith((".jsonl", ".jsonl.gz"))
