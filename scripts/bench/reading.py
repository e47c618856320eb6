"""How fast texts are read, facts included, and whether a text ten times as long takes ten times as long.

python -m scripts.bench.reading prints the figures as JSON, of a process of its own.
"""

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scripts.bench.corpora import CORPORA, texts
from scripts.bench.processes import told
from scripts.bench.table import Row, table

MOST = 20_000
"""Documents of a corpus, at most."""
LENGTHS = 80_000, 800_000
"""Characters of the two documents that are compared."""
HOSTILE = {
    "one endless sentence": "规定的事项由办公室负责",
    "units in charge, and never a full stop": "由市政府负责，",
    "the same number on and on": "第一条",
    "figures without end": "到2020年增长10%，",
    "brackets that never close": "（《",
    "blank lines": "\n",
}
"""What a document is filled with that is meant to make reading slow."""


def section() -> str:
    """The part of the page about reading."""
    names = [name for name in ("ncp", "stard") if CORPORA[name].at_hand]
    found = told("scripts.bench.reading", *names)
    rows = [
        Row(f"{about}: MB of text a second", rate, "", 1.0, "1 run", at_least=True) for about, rate in found["real"]
    ]
    lines = [(about, *(f"{rate:.2f}" for rate in rates)) for about, rates in found["long"]]
    heads = ("one document of", *(f"{length:,} characters: MB/s" for length in LENGTHS))
    measured = [table(("what", "target", "measured", "runs"), ()), *map(str, rows), ""] if rows else []
    return "\n".join(["## Reading\n", *measured, table(heads, lines), ""])


def rate(documents: Iterable[str]) -> float:
    """Megabytes (UTF-8) of these texts, each a file of its own, that are read in a second of processor time."""
    from ingest.facts import find_facts
    from ingest.pipeline import read_document

    size, begun = 0, time.process_time()
    for number, text in enumerate(documents):
        data = text.encode("utf-8")
        document, _ = read_document(Path(f"/{number}.txt"), data)
        find_facts(document)
        size += len(data)
    return size / 1e6 / (time.process_time() - begun)


def measured(names: Iterable[str]) -> dict[str, list[tuple[str, Any]]]:
    """The rates of the corpora with these names ("real"), and of one document, long and ten times as long ("long")."""
    rate(["关于夜间集市的管理办法\n由市商务局负责。"])  # reads the dictionary
    real: list[tuple[str, Any]] = []
    long: list[tuple[str, Any]] = []
    for name in names:
        corpus, about = [text for _, text in texts(name, MOST)], CORPORA[name].about
        real.append((about if len(corpus) < MOST else f"{MOST:,} of {about}", rate(corpus)))
        long.append((f"{about}, joined", [rate(["\n".join(corpus)[:length]]) for length in LENGTHS]))
    for about, unit in HOSTILE.items():
        long.append((about, [rate(["规定一则。\n" + unit * (length // len(unit))]) for length in LENGTHS]))
    return {"real": real, "long": long}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(sys.argv[1:]), ensure_ascii=False))
