"""Measure how well documents are read, on the data beside the repository, and write docs/reading.md.

Run from the repository root: python -m scripts.reading [--data ../shared] [--out docs/reading.md] [--every N] [--show]
--every N reads every Nth law only; --show prints each thing that is not as it should be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from ingest.chunker import LONGEST
from ingest.document import read_document
from ingest.errors import UnreadableFile
from vectorstore import catalog
from vectorstore.catalog import Catalog
from vectorstore.likeness import stem
from vectorstore.model import Chunk, Document
from vectorstore.relations import update_relations

REPO = Path(__file__).resolve().parents[1]
_ARTICLE = re.compile(r"第\S+?条(?:之\S+)?")
_DATED = re.compile(r"\((\d{4})-(\d\d)-(\d\d)\)$")
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百零\d]+[编章节条](?=[\s\u3000]|$)|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．](?=[\u4e00-\u9fff]))",
    re.MULTILINE,
)


@dataclass
class Table:
    """Figures of one set, as the rows of a table, and what was wrong."""

    title: str
    about: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def share(self, name: str, right: int, of: int) -> None:
        self.rows.append((name, f"{right} of {of} ({right / of:.4f})" if of else "none"))

    def markdown(self) -> str:
        rows = "\n".join(f"| {name} | {value} |" for name, value in self.rows)
        return f"## {self.title}\n\n{self.about}\n\n| what | measured |\n|---|---|\n{rows}\n"


def squash(text: str | None) -> str:
    return re.sub(r"[\s\u200b]", "", text or "")


def shared_characters(a: str, b: str) -> int:
    """Characters of `a` that stand in `b` in the same order."""
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    end = next((i for i, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[: len(a) - end], b[: len(b) - end]
    return start + end + sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())


def structure(table: Table, read: Iterable[tuple[Document, Sequence[Chunk]]]) -> None:
    """Adds what holds for any document: the cap, the paths, and numbered lines, tables' apart, that begin a section."""
    longest = chunks = paths = numbered = found = 0
    for document, pieces in read:
        starts = {section.start for section in document.sections}
        lines = [m.start() for m in _NUMBERED.finditer(document.text) if "\t" not in _line(document.text, m.start())]
        numbered += len(lines)
        found += sum(start in starts for start in lines)
        for chunk in pieces:
            around = [s.path for s in document.sections if s.start <= chunk.start and chunk.end <= s.end]
            chunks += 1
            paths += chunk.path == max(around, key=len, default=()) or chunk.path in [
                s.path for s in document.sections if chunk.start <= s.start < chunk.end
            ]
            longest = max(longest, len(chunk.text))
    table.share("numbered lines, tables' apart, that begin a section", found, numbered)
    table.share("chunks whose path names every level they stand in", paths, chunks)
    table.rows.append((f"longest chunk (cap {LONGEST})", f"{longest} characters"))


def _line(text: str, start: int) -> str:
    return text[start:].partition("\n")[0]


def pages(data: Path) -> Table:
    table = Table(
        "Pages", "60 pages of State Council documents as served, against their true title, issuer, number and text."
    )
    truths = [json.loads(line) for line in (data / "pages" / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    right: Counter[str] = Counter()
    scores: list[tuple[float, float, float]] = []
    read = []
    for truth in truths:
        file = data / "pages" / truth["file"]
        document, chunks = read_document(file, file.read_bytes())
        read.append((document, chunks))
        for name in ("title", "issuer", "doc_number"):
            same = squash(getattr(document, name)) == squash(truth[name])
            right[name] += same
            if not same:
                table.wrong.append(f"{file.name} {name}: {getattr(document, name)!r}, not {truth[name]!r}")
        right["dates"] += document.date is not None and document.published is not None
        got, true = squash(document.text), squash(truth["text"])
        both = shared_characters(got, true)
        scores.append((both / len(got), both / len(true), 2 * both / (len(got) + len(true))))
        if scores[-1][2] < 0.98:
            table.wrong.append(f"{file.name} text: precision {scores[-1][0]:.3f}, recall {scores[-1][1]:.3f}")
    for name, said in (
        ("title", "title"),
        ("issuer", "issuer"),
        ("doc_number", "document number"),
        ("dates", "both dates"),
    ):
        table.share(said, right[name], len(truths))
    precision, recall, f1 = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    table.rows.append(("text: precision, recall, F1 of characters", f"{precision:.4f}, {recall:.4f}, {f1:.4f}"))
    structure(table, read)
    return table


def policies(data: Path) -> Table:
    table = Table("Policies", "Five public policy documents: numbered lines and paths.")
    structure(table, [read_document(f, f.read_bytes()) for f in sorted((data / "policies").glob("*.txt"))])
    return table


def laws(data: Path, folder: Path, every: int) -> Table:
    table = Table(
        "Laws",
        "Laws and regulations as Markdown, against another's list of their articles. A law's year is that of its last "
        "amendment, where the lines above the text tell of the year in the file's name.",
    )
    articles: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(data / "train" / "law_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            articles[article["file"]].append(article)
    right: Counter[str] = Counter()
    seconds, size, read = 0.0, 0, []
    names = sorted(articles)[::every]
    for name in names:
        content = (folder / name).read_bytes()
        started = time.perf_counter()
        document, chunks = read_document(folder / name, content)
        seconds += time.perf_counter() - started
        size += len(content)
        read.append((document, chunks))
        right["title"] += squash(document.title) == squash(articles[name][0]["law"])
        dated = _DATED.search(Path(name).stem)
        if dated and f"{dated[1]}年" in content.decode("utf-8").partition("INFO END")[0]:
            right["dated"] += 1
            right["year"] += document.date is not None and document.date.year == int(dated[1])
        sections = defaultdict(list)
        for section in document.sections:
            if label := _ARTICLE.match(section.path[-1]):
                sections[squash(label[0])].append(section)
        for article in articles[name]:
            right["articles"] += 1
            candidates = sections[squash(article["no"])]
            same = [
                section
                for section in candidates
                if squash(_ARTICLE.sub("", document.text[section.start : section.end], count=1))
                == squash(article["text"])
            ]
            right["found"] += bool(candidates)
            right["text"] += bool(same)
            right["path"] += any({*map(squash, article["head"])} <= {*map(squash, section.path)} for section in same)
            if not same:
                table.wrong.append(f"{name} {article['no']}: {article['text'][:40]}…")
    table.share("title", right["title"], len(names))
    table.share("year of issue as in the file's name", right["year"], right["dated"])
    table.share("articles found", right["found"], right["articles"])
    table.share("articles with exactly their text", right["text"], right["articles"])
    table.share("of these, below all their parts, chapters and sections", right["path"], right["text"])
    structure(table, read)
    table.rows.append(("speed", f"{size / seconds / 1e6:.1f} MB/s"))
    return table


def versions(folder: Path, every: int) -> Table:
    table = Table(
        "Versions",
        "The same laws in one library. Of one name is what has the same title but for “（2018年修正）”; "
        "which is newest, the date in the file's name says. The Civil Code's books have one title and don't count.",
    )
    read = {document.id: (document, file) for document, file in _all_laws(folder, every)}
    named: dict[str, list[str]] = defaultdict(list)
    for doc_id, (document, _) in read.items():
        named[document.title if "修正案" in document.title else stem(document.title)].append(doc_id)
    named.pop("民法典", None)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "catalog.sqlite"
        with catalog.editing(file) as connection:
            for document, _ in read.values():
                catalog.put(connection, document, ())
            started = time.perf_counter()
            update_relations(connection, gone=(), afresh=False)
            first = time.perf_counter() - started
            one = next(iter(read.values()))[0]
            catalog.remove(connection, one.id)
            catalog.put(connection, one, ())
            started = time.perf_counter()
            update_relations(connection, gone=(one.id,), afresh=False)
            again = time.perf_counter() - started
        opened = Catalog(file)
        superseded = dict(opened.superseded())
        opened.close()
    right: Counter[str] = Counter()
    for group in (group for group in named.values() if len(group) > 1):
        newest = max(group, key=lambda doc_id: _day(read[doc_id][1]))
        right["groups"] += 1
        right["versions"] += len(group) - 1
        right["joined"] += sum(doc_id in superseded and superseded[doc_id].doc_id in group for doc_id in group)
        current = [doc_id for doc_id in group if doc_id not in superseded]
        right["newest"] += len(current) == 1 and _day(read[current[0]][1]) == _day(read[newest][1])
        if len(current) != 1:
            table.wrong.append(f"{len(current)} current: {[(read[i][0].title, str(read[i][0].date)) for i in current]}")
    of_one_name = {doc_id: name for name, group in named.items() for doc_id in group}
    for doc_id, other in superseded.items():
        same = of_one_name.get(doc_id) == of_one_name.get(other.doc_id)
        right["claims"] += 1
        right["claims of one name"] += same
        if not same:
            table.wrong.append(f"{other.kind}: {read[doc_id][0].title} → {other.title}")
    table.rows.append(("documents, names with several", f"{len(read)}, {right['groups']}"))
    table.share("versions and copies known as such (recall)", right["joined"], right["versions"])
    table.share(
        "what is said to give way, to one of its name (precision)", right["claims of one name"], right["claims"]
    )
    table.share("names with the newest as the only current one", right["newest"], right["groups"])
    table.rows.append(("seconds for all; for one more", f"{first:.1f}; {again:.2f}"))
    return table


def _all_laws(folder: Path, every: int) -> Iterator[tuple[Document, Path]]:
    files = [f for f in sorted(folder.rglob("*.md")) if not f.name.startswith("_") and "案例" not in f.parts]
    for file in [f for f in files if f.name not in ("README.md", "法律法规模版.md")][::every]:
        try:
            yield read_document(file, file.read_bytes())[0], file
        except UnreadableFile:
            continue


def _day(file: Path) -> date:
    found = _DATED.search(file.stem)
    return date(*map(int, found.groups())) if found else date.min


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--out", type=Path, default=REPO / "docs" / "reading.md")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(given.data / "train" / "laws_markdown.tar.gz") as archive:
            archive.extractall(scratch, filter="data")
        folder = Path(scratch) / "laws"
        tables = [
            pages(given.data),
            policies(given.data),
            laws(given.data, folder, given.every),
            versions(folder, given.every),
        ]
    for table in tables:
        wrong = "".join(f" - {line}\n" for line in table.wrong) if given.show else ""
        sys.stdout.write(f"{table.markdown()}\n{wrong}\n")
    if given.every == 1:
        written = "\n".join(table.markdown() for table in tables)
        given.out.write_text(
            f"# Reading\n\nWritten by `python -m scripts.reading`; the sets don't come with the product.\n\n{written}",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
