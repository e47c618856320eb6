"""The way of files into the library: find, compare with what is held, read, store, publish once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.document import read_document
from ingest.doubts import find_doubts
from ingest.errors import NothingToRead, SamplesRefused, UnreadableFile
from ingest.facts import find_facts
from ingest.files import Problem, find_files, read_file, source_of
from ingest.loaders import LOADERS, check_suffix
from ingest.report import Outcome, Report
from vectorstore.embeddings import Embedding
from vectorstore.model import Document
from vectorstore.writer import Writer

__all__ = ["Outcome", "Report", "ingest", "read_document"]


def ingest(
    paths: Sequence[Path],
    *,
    home: Path,
    embedding: Embedding = None,
    prune: bool = False,
    sample: bool = False,
    replacing: str | None = None,
    on_file: Callable[[Outcome, int, int], None] | None = None,
    on_embed: Callable[[int, int], None] | None = None,
) -> Report:
    """Reads files and folders into the library at `home` and publishes them as one generation.

    A file that can't be read is an outcome, and the others go on. What is held unchanged is left alone; a second file
    with the same bytes makes no second document. With `prune`, documents go whose file is gone from a folder given.
    The user's first own document takes the place of all samples, and what is added that of the document with the id
    `replacing`. `on_file` gets each outcome with its number from 1 and
    how many there are to be, removals excepted; `on_embed` what is embedded and to be embedded.

    Raises NothingToRead where there is no file and nothing to prune, SamplesRefused, and LibraryError when the library
    can't be opened or written; it is then as it was, as it is when the call is interrupted.
    """
    found = list(find_files(paths))
    if not found and not (prune and (home / "CURRENT").exists()):  # before a library's folder is made for nothing
        where = "、".join(source_of(path) for path in paths)
        raise NothingToRead(f"{where} 里没有找到可以读的文件。支持的格式：{' '.join(LOADERS)}")
    outcomes: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if on_file is not None:
            on_file(outcome, len(outcomes), max(len(found), len(outcomes)))

    with Writer(home, embedding=embedding, facts=find_facts, doubts=find_doubts) as writer:
        held = {document.source: document for document in writer.documents()}
        if sample and any(not document.sample for document in held.values()):
            raise SamplesRefused("资料库里已有您自己的文件，不再加入示例文件。要看示例，请用 --home 另选一个文件夹")
        vanished = _vanished(held.values(), paths) if prune else []
        for document in vanished:
            writer.remove(document.id)
            del held[document.source]
        hashes = _hashes(found)
        holders = _holders(held.values(), hashes, sample=sample)
        refused: dict[str, str] = {}
        for item in found:
            if isinstance(item, Problem):
                tell(Outcome(item.source, "failed", item.reason))
            else:
                tell(_take(item, writer, held, holders, refused, sample=sample))
        for document in vanished:
            tell(Outcome(document.source, "removed", "原文件已不存在", document))
        added = any(outcome.status == "added" for outcome in outcomes)
        for document in [one for one in held.values() if one.id == replacing and added]:
            writer.remove(document.id)
            tell(Outcome(document.source, "removed", "由新的文件代替", document))
        for document in [] if sample else _stepping_aside(writer.documents()):
            writer.remove(document.id)
            tell(Outcome(document.source, "removed", "示例文件已让位给您的文件", document))
        generation = writer.publish(progress=on_embed)
        shared = writer.warnings()
    return Report(tuple(_with_warnings(outcome, shared) for outcome in outcomes), generation or None)


def _with_warnings(outcome: Outcome, shared: Mapping[str, tuple[str, ...]]) -> Outcome:
    """The outcome of a document that was read now, with what the rest of the library says against it."""
    document = outcome.document
    if document is None or outcome.status not in ("added", "updated") or document.id not in shared:
        return outcome
    return replace(outcome, document=replace(document, warnings=(*(document.warnings or ()), *shared[document.id])))


def _take(
    path: Path,
    writer: Writer,
    held: Mapping[str, Document],
    holders: Mapping[str, str],
    refused: dict[str, str],
    *,
    sample: bool,
) -> Outcome:
    """Stages one file where it is new or changed, and says what became of it."""
    source = source_of(path)
    before = held.get(source)
    try:
        check_suffix(path.suffix)
        data = read_file(path)
        sha256 = hashlib.sha256(data).hexdigest()
        if before is not None and before.sha256 == sha256 and before.sample == sample:
            return Outcome(source, "unchanged", None, before)
        holder = holders.get(sha256, source)
        if holder != source:
            if sha256 in refused:
                raise UnreadableFile(refused[sha256])
            if before is None:
                return Outcome(source, "unchanged", f"与 {holder} 内容相同")
            writer.remove(before.id)
            return Outcome(source, "removed", f"现在与 {holder} 内容相同", before)
        try:
            document, chunks = read_document(path, data, sample=sample)
        except UnreadableFile as error:
            refused[sha256] = error.reason
            raise
    except UnreadableFile as error:
        return Outcome(source, "failed", error.reason)
    writer.put(document, chunks, data)
    return Outcome(source, "added" if before is None else "updated", None, document)


def _hashes(found: Iterable[Path | Problem]) -> dict[str, str]:
    """The hash of every readable file by its source, known before any is stored, so that order plays no part."""
    hashes: dict[str, str] = {}
    for item in found:
        if isinstance(item, Path):
            try:
                check_suffix(item.suffix)  # what can't be read must not keep a copy that can from being read
                hashes[source_of(item)] = hashlib.sha256(read_file(item)).hexdigest()
            except UnreadableFile:
                continue  # its turn will come, and say why
    return hashes


def _holders(held: Iterable[Document], hashes: Mapping[str, str], *, sample: bool) -> dict[str, str]:
    """Which source keeps the document of each hash: one that has it already, else the first of the new ones."""
    holders: dict[str, str] = {}
    for document in held:
        if document.sample == sample and hashes.get(document.source, document.sha256) == document.sha256:
            holders.setdefault(document.sha256, document.source)
    for source, sha256 in hashes.items():
        holders.setdefault(sha256, source)
    return holders


def _vanished(held: Iterable[Document], paths: Sequence[Path]) -> list[Document]:
    """Documents whose file is gone from under a folder that was given and is there."""
    roots = [source_of(path).rstrip(os.sep) + os.sep for path in paths if path.is_dir()]
    return [
        document for document in held if document.source.startswith(tuple(roots)) and not Path(document.source).exists()
    ]


def _stepping_aside(documents: Sequence[Document]) -> list[Document]:
    """The samples, once there is a document of the user's own."""
    samples = [document for document in documents if document.sample]
    return samples if len(samples) < len(documents) else []
