"""Measure verification: exact citations and unsupported sentences of both writers over the question sets at hand.

The writer with a model is played by stand-ins that quote the passages they are given, rephrase them, or lie in every
second sentence, so that what is true is known. Run from the repository root:
python -m scripts.verification [--data ../shared] [--limit 200] [--out docs/verification.md] [SET…]
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from bot.answer import Answer, Answered
from bot.evaluation.questions import Question, read_questions
from bot.llm.chat_model import ChatModel, ChatSettings
from bot.llm.generate import ChatWriter
from bot.llm.writer import Writer
from bot.pipeline import answer_events
from bot.verification.source import Source
from bot.verify import verify
from scripts.quality import REPO, SETS, Set, missing, place
from tests.bot.llm.chat_server import says, serving
from tests.bot.verification.liar import lie_about
from tests.bot.verification.paraphraser import paraphrase
from ui.evaluation.corpus import corpus_library
from vectorstore.library import Library
from vectorstore.model import Filters
from vectorstore.sentences import sentence_spans

_MARKDOWN = re.compile(r"\*\*|^\s*(?:#+|[-*]|\d{1,2}[.、](?!\d))\s*", re.MULTILINE)
MANNERS = ("quotes", "rephrases", "paraphrases", "lies", "lies anew")
SENTENCES = 4
"""Sentences that a stand-in writes."""
COLUMNS = (
    "writer", "answered", "citations", "exact", "sentences", "unsupported", "lost", "lies told", "fell back",
    "answer p50",
)  # fmt: skip
REPEATS = 5
"""Times that a ten-sentence answer is verified for one measurement."""
HEAD = """# Verification

Written by `{command}`.

For each set of questions, both writers: the extractive one, and the one with a chat model, played by stand-ins. They
write four sentences from the passages in the prompt: as they stand (*quotes*); with other punctuation, led in and
shortened to some of their clauses (*rephrases*); rewritten by the paraphraser of the tests in up to three of fifteen
ways: other words for the same, words moved, left out or added, figures written otherwise, Markdown (*paraphrases*); or
with every second one made false by the liar of the tests (*lies*), who changes numbers, units, dates, names, offices,
places, subjects, obligations and denials, exchanges what belongs to two, reverses conditions, invents reasons, widens
what is confined, glues what two sentences say, tells goals as reached, names other documents, places and years, drops
conditions, limits and rates, and tells of one thing what is another's. *lies anew* has the same liar throw his dice
again: what passed of *lies* was mended, of these none was looked at.

- **exact**: citations whose quote is its document's own characters.
- **unsupported**: sentences in answers that are lies, or that a citation of the extractive writer doesn't hold word for
  word.
- **lost**: true sentences that verification dropped, of those in answers that were kept.
- **fell back**: answers where nothing fitting was left, so that the extractive answer took its place.

Times are medians; the last column is on the clock, and other work on the machine shows in it.

"""


@dataclass
class StandIn:
    """A `bot.llm.writer.Writer` of which it is known what it said truly and what falsely."""

    manner: str
    characters: int = 6000
    told: list[str] = field(default_factory=list)
    lied: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.manner

    def standalone(self, question: str, history: Sequence[Answer]) -> str | None:
        return None

    def write(self, question: str, sources: Sequence[Source]) -> Generator[str, None, None]:
        chance = random.Random(f"{question} anew" if self.manner == "lies anew" else question)
        self.told, self.lied = [], []
        for sentence, number, source in _telling(question, sources)[:SENTENCES]:
            said, own = self._said(sentence, chance), self.told
            if self.manner.startswith("lies") and len(self.told) > len(self.lied):
                lie = lie_about(sentence, source.document, chance)
                said, own = (lie, self.lied) if lie else (said, own)
            own.append(_bare(said))
            yield f"{said.rstrip('。')}[{number}]。"

    def _said(self, sentence: str, chance: random.Random) -> str:
        if self.manner == "paraphrases":
            return paraphrase(sentence, chance)[0]
        if self.manner != "rephrases":
            return sentence
        clauses = re.split(r"(?<=[，,])", sentence.rstrip("。"))
        first = chance.randrange(len(clauses))
        kept = "".join(clauses[first : first + chance.randint(1, 3)]).rstrip("，,")
        return chance.choice(["根据文件，", "文件规定，", ""]) + kept.replace(",", "，") + "。"


def _telling(question: str, sources: Sequence[Source]) -> list[tuple[str, int, Source]]:
    """Sentences of the sources that have most of the question's characters first, with their marker's number."""
    asked = set(question)
    found = [
        (source.document.text[source.start + a : source.start + b], number, source)
        for number, source in enumerate(sources[:4], start=1)
        for a, b in sentence_spans(source.text)
        if 12 <= b - a <= 160 and source.text[a:b].rstrip()[-1] in "。；;"
    ]
    return sorted(found, key=lambda item: -len(asked & set(item[0])))


@dataclass
class Tally:
    """What came of one writer's answers to one set."""

    answered: int = 0
    citations: int = 0
    exact: int = 0
    sentences: int = 0
    unsupported: int = 0
    lost: int = 0
    told: int = 0
    lied: int = 0
    fell_back: int = 0
    seconds: list[float] = field(default_factory=list)

    def row(self, name: str) -> str:
        cells = (
            self.answered, self.citations, f"{self.exact / max(1, self.citations):.1%}", self.sentences,
            self.unsupported,
            f"{self.lost} of {self.told}" if self.told else "", self.lied or "", self.fell_back if self.told else "",
            f"{1000 * statistics.median(self.seconds):.0f} ms" if self.seconds else "",
        )  # fmt: skip
        return f"| {name} | " + " | ".join(map(str, cells)) + " |"


def measure(library: Library, questions: Sequence[Question], named: dict[str, str], manner: str | None) -> Tally:
    """The tally of one writer; the extractive one without a manner."""
    tally = Tally()
    for question in questions:
        stand_in = StandIn(manner) if manner else None
        within = tuple(named.get(name, name) for name in question.within)
        began = time.perf_counter()
        answer = _answer(library, question.text, Filters(documents=within), stand_in)
        tally.seconds.append(time.perf_counter() - began)
        if answer.status != "answered":
            continue
        tally.answered += 1
        tally.citations += len(answer.citations)
        tally.exact += sum(c.document.text[c.start : c.end] == c.quote != "" for c in answer.citations)
        sentences = [part for part in re.split(r"(?:\[\d+\])+[。；]?", answer.text) if part.strip("\n；。 ")]
        tally.sentences += len(sentences)
        if stand_in and answer.writer == stand_in.name:
            shown = [_bare(sentence) for sentence in sentences]
            passed = [lie for lie in stand_in.lied if lie in shown]
            tally.unsupported += len(passed)
            sys.stderr.writelines(f"passed: {lie}\n" for lie in passed)
            tally.lost += sum(not any(part in told for part in shown) for told in stand_in.told)
            tally.told += len(stand_in.told)
            tally.lied += len(stand_in.lied)
        else:
            tally.unsupported += bool(verify(answer.text, (), quotations=answer.citations).dropped)
            tally.fell_back += bool(stand_in and stand_in.told)
            tally.lied += len(stand_in.lied) if stand_in else 0
    return tally


def _answer(library: Library, question: str, filters: Filters, writer: Writer | None) -> Answer:
    *_, last = answer_events(library, question, filters=filters, writer=writer)
    assert isinstance(last, Answered)
    return last.answer


def ten_sentences(library: Library) -> float:
    """Median seconds of processor time that a ten-sentence answer takes to verify, each against all passages of a
    prompt, half of the sentences led in by words of their own."""
    times = []
    for document in library.documents()[:20]:
        sources = [Source.of_hit(hit) for hit in library.search(document.title, k=15)]
        said = [(text, n) for n, source in enumerate(sources, 1) for text, _, _ in _telling(document.title, [source])][
            :10
        ]
        draft = "".join(f"{'根据文件，' * (i % 2)}{text.rstrip('。')}[{n}]。" for i, (text, n) in enumerate(said))
        for _ in range(REPEATS if len(said) == 10 else 0):
            began = time.process_time()
            verify(draft, sources)
            times.append(time.process_time() - began)
    return statistics.median(times) if times else float("nan")


def own_time(library: Library, questions: Sequence[Question]) -> float:
    """Median seconds of processor time that a model's answer over HTTP takes more than the extractive one, of a service
    that answers at once: prompt, client, streaming, verification, and the service itself."""
    model = StandIn("quotes")
    more = []
    with serving() as service:
        service.manner = says(lambda exchange: "".join(model.write(exchange.prompt, shown)), size=20)
        chat = ChatModel(ChatSettings("openai:stand-in", service.url, SecretStr("none")))
        writer = ChatWriter(chat)
        for question in [questions[0], *questions]:
            began = time.process_time()
            quoted = _answer(library, question.text, Filters(), None)
            between = time.process_time()
            shown = [Source.of_citation(citation) for citation in quoted.citations]
            if quoted.status == "answered" and _answer(library, question.text, Filters(), writer).writer == "stand-in":
                more.append(time.process_time() - between - (between - began))
    return statistics.median(more[1:]) if len(more) > 1 else float("nan")


def section(wanted: Set, data: Path, limit: int) -> str:
    """The part of the page about one set."""
    asked = read_questions([place(n, data) for n in wanted.questions], limit=limit, within=wanted.within)
    corpus = place(wanted.corpus, data) if wanted.corpus else None
    with corpus_library(corpus, asked.texts) as made:
        library = Library.open(made.home)
        rows = [measure(library, asked.questions, made.names, None).row("extractive")]
        rows += [measure(library, asked.questions, made.names, m).row(f"model that {m}") for m in MANNERS]
        took, more = ten_sentences(library), own_time(library, asked.questions)
    lines = [
        f"## {wanted.name}\n",
        f"{len(asked.questions)} questions. To verify ten sentences takes {1000 * took:.1f} ms of processor time."
        f" Over HTTP a model that answers at once takes {1000 * more:.0f} ms more of it than the extractive writer.\n",
        f"| {' | '.join(COLUMNS)} |",
        "|---" * len(COLUMNS) + "|",
        *rows,
        "",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.verification", description=__doc__)
    parser.add_argument("sets", nargs="*", help="the sets to measure, else samples, policies, ncp, cmrc and rgb")
    parser.add_argument("--data", type=Path, default=REPO.parent / "shared", help="the folder that holds the sets")
    parser.add_argument("--limit", type=int, default=200, help="questions of a set")
    parser.add_argument("--out", type=Path, help="the page to write; without it the page goes to stdout")
    options = parser.parse_args(arguments)
    wanted = options.sets or ["samples", "policies", "ncp", "cmrc", "rgb"]
    chosen = "".join(f" {name}" for name in options.sets)
    command = f"python -m scripts.verification{chosen} --limit {options.limit} --out docs/verification.md"
    parts = [HEAD.format(command=command)]
    for one in SETS:
        if one.name in wanted and not missing(one, options.data):
            parts.append(section(one, options.data, options.limit))
            sys.stderr.write(f"{one.name}: done\n")
    text = "\n".join(parts).rstrip() + "\n"
    if options.out is None:
        sys.stdout.write(text)
    else:
        options.out.write_text(text, encoding="utf-8")
    return 0


def _bare(text: str) -> str:
    return re.sub(r"[\s，,。；;：:［］\[\]]", "", _MARKDOWN.sub("", text))


if __name__ == "__main__":
    sys.exit(main())
