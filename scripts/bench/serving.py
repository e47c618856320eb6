"""The HTTP API under load: what it adds to ask(), and how many answers a second fifty clients get."""

import asyncio
import itertools
import json
import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts.bench.processes import BIN, run
from scripts.bench.startup import SETS
from scripts.bench.table import Row

CLIENTS = 50
SECONDS = float(os.environ.get("SERVING_SECONDS", "60"))
_REQUEST = (
    "POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)


@dataclass
class Load:
    """What a number of clients saw."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    wall: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


@contextmanager
def server(home: Path) -> Iterator[int]:
    """The port of a server over the library at `home`, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [BIN / "zhengwen", "serve", "--home", home, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()  # says that it has started
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


async def _client(port: int, questions: Iterator[str], until: float, load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        body = json.dumps({"question": next(questions)}).encode()
        started = time.perf_counter()
        writer.write(_REQUEST.format(length=len(body)).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in head.split("\r\n") if line.lower().startswith("content-length"))
        await reader.readexactly(int(length.partition(":")[2]))
        load.seconds.append(time.perf_counter() - started)
        load.errors += not head.startswith("HTTP/1.1 200")
        if time.perf_counter() >= until:
            break
    writer.close()


def put_load(port: int, questions: Iterator[str], *, clients: int, seconds: float) -> Load:
    """Clients that ask one question after another, each as soon as it has its answer."""
    load = Load()

    async def together() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(_client(port, questions, until, load) for _ in range(clients)))

    started = time.perf_counter()
    asyncio.run(together())
    load.wall = time.perf_counter() - started
    return load


def never_twice(questions: list[str]) -> Iterator[str]:
    """The questions for ever, each time with other white space, so that none can be answered from memory."""
    for number, question in enumerate(itertools.cycle(questions)):
        yield question + "".join(" \t"[int(bit)] for bit in f"{number:b}")


def _added(port: int, home: Path, questions: list[str], fresh: Iterator[str]) -> float:
    """Milliseconds that /v1/ask takes beyond ask(), half of the questions taking less: both in turn, each a new one."""
    from bot import ask

    beyond = []
    for question in questions:
        ask(question, home=home)
    for _ in range(3 * len(questions)):
        question = next(fresh)
        there = put_load(port, iter([question]), clients=1, seconds=0).seconds[0]
        started = time.perf_counter()
        ask(question, home=home)
        beyond.append(there - (time.perf_counter() - started))
    return statistics.median(beyond) * 1000


def rows(folder: Path) -> list[Row]:
    """The rows of the table; `folder` is for a library."""
    name = next(name for name in reversed(SETS) if SETS[name][0].is_dir())
    documents, file = SETS[name]
    questions = [json.loads(line)["question"] for line in file.read_text("utf-8").splitlines()]
    run(BIN / "zhengwen", "ingest", "--home", folder / "library", documents)
    with server(folder / "library") as port:
        put_load(port, itertools.cycle(questions), clients=4, seconds=3)  # opens what a first question opens
        fresh = never_twice(questions)
        added = _added(port, folder / "library", questions, fresh)
        new = put_load(port, fresh, clients=CLIENTS, seconds=SECONDS)
        again = put_load(port, itertools.cycle(questions), clients=CLIENTS, seconds=SECONDS)
    often = f"{CLIENTS} clients, {SECONDS:.0f} s"
    found = [Row(f"{name}: what `/v1/ask` adds to `ask()`", added, "ms", 8, f"{3 * len(questions)} questions, median")]
    for what, load in (("no question asked twice", new), (f"{len(questions)} questions, again and again", again)):
        found += [
            Row(f"{name}: {what}", load.rate, "answers/s", 60, often, at_least=True),
            Row(f"{name}: {what}, 95 % of the answers", load.p95, "s", 1, often),
            Row(f"{name}: {what}, errors", load.errors, "", None, often),
        ]
    return found
