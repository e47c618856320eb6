"""Measures the search on public question sets and writes docs/quality.md: python -m ui.evaluation --all."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluate import Evaluation, evaluate
from ingest.errors import UnreadableFile
from ingest.pipeline import read_document
from vectorstore.embeddings import load_embedder
from vectorstore.writer import Writer


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set by the name its files begin with, and how many of its questions are asked (None: all)."""

    name: str
    limit: int | None
    about: str


SETS = (
    QuestionSet("ncp", None, "599 份 2020 年疫情政策文件，620 个问题（NCPPolicies）"),
    QuestionSet("cmrc", None, "256 段百科文字，1,000 个问题（CMRC 2018）"),
    QuestionSet("stard", 400, "60,308 条法律条文，公众问法的前 400 个问题（STARD）"),
)
HEAD = """# 检索质量

由程序写成（`python -m ui.evaluation --all --data ../shared/eval --out docs/quality.md`），请勿手改。题集不随程序分发。

每个数字是问题的占比：正确文件排在第一、前五、前十（hit@1、5、10），其倒数名次的平均（MRR@10），
以及参考答案的原话（200 字以内）出现在前 1、5、10 个段落里（答案@1、5、10）。
三种方法用同一批候选段落：只看关键词（BM25），只看向量，以及两者与整篇文件的关键词分数的融合；
回答问题用的是融合，见 docs/decisions/0002-hybrid-search.md。
"""


def corpus_library(corpus: Path, home: Path, *, embedding: str | None = None) -> int:
    """Makes a library at `home` of a .jsonl.gz corpus ({"id", "title"?, "text"}), read as files ID.txt would be.

    Returns how many documents it holds; those without readable text are left out.
    """
    held = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as lines, Writer(home, embedding=embedding) as writer:
        for line in lines:
            record = json.loads(line)
            data = "\n".join(part for part in (record.get("title"), record["text"]) if part).encode("utf-8")
            try:
                document, chunks = read_document(corpus.parent / f"{record['id']}.txt", data)
            except UnreadableFile:
                continue
            writer.put(document, chunks, data)
            held += 1
        writer.publish()
    return held


def evaluate_set(wanted: QuestionSet, data: Path, *, embedding: str | None = None) -> Evaluation:
    """Builds the set's library in a temporary folder and scores it."""
    with tempfile.TemporaryDirectory(prefix="zhengwen-eval-") as folder:
        corpus_library(data / f"{wanted.name}_corpus.jsonl.gz", Path(folder), embedding=embedding)
        questions = data / f"{wanted.name}_queries.jsonl"
        return evaluate(questions, home=Path(folder), embedding=embedding, limit=wanted.limit)


def page(evaluations: Sequence[tuple[QuestionSet, Evaluation]], *, embedding: str) -> str:
    """The Markdown page of all sets."""
    parts = [HEAD, f"向量模型：`{embedding}`。\n"]
    parts += [f"## {wanted.about}\n\n{evaluation.table()}\n" for wanted, evaluation in evaluations]
    return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code. Sets whose files are not there are named and skipped."""
    parser = argparse.ArgumentParser(prog="python -m ui.evaluation", description="用公开题集检验检索质量。")
    parser.add_argument("sets", nargs="*", metavar="题集", help=f"要检验的题集：{'、'.join(s.name for s in SETS)}")
    parser.add_argument("--all", action="store_true", help="检验所有题集")
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="题集所在的文件夹")
    parser.add_argument("--out", type=Path, help="把结果写成这个 Markdown 文件；不给则显示在屏幕上")
    parser.add_argument("--embedding", help="向量模型；不给则用内置模型")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.sets) - {s.name for s in SETS})
    if unknown or not (options.sets or options.all):
        parser.error(f"没有题集 {'、'.join(unknown)}" if unknown else "请给出题集的名称，或用 --all")
    done = []
    for wanted in SETS:
        if not (options.all or wanted.name in options.sets):
            continue
        if not (options.data / f"{wanted.name}_corpus.jsonl.gz").is_file():
            _note(f"跳过 {wanted.name}：{options.data} 里没有它的文件")
            continue
        began = time.monotonic()
        done.append((wanted, evaluate_set(wanted, options.data, embedding=options.embedding)))
        _note(f"{wanted.name} 用时 {time.monotonic() - began:.0f} 秒")
    if not done:
        _note("没有可以检验的题集，什么都没有写")
        return 0
    text = page(done, embedding=load_embedder(options.embedding).name)
    if options.out is None:
        sys.stdout.write(text)
    else:
        options.out.write_text(text, encoding="utf-8")
        _note(f"结果在 {options.out}")
    return 0


def _note(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
