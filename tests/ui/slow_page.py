"""Serves the page over a desk that answers slowly, so that a browser can look at an answer while it comes.

Run as python -m tests.ui.slow_page HOME; says the address when it answers.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from bot.answer import Answer, Answered, Event, Searching, Step, Token
from tests.ui.fakes import LAKE, NO_FILTERS, FakeDesk, cite
from tests.ui.serving import REPOSITORY
from ui import desk
from ui.web import Reach, application
from vectorstore.model import Filters

PIECES = ("专利驿站是", "设在园区里的", "服务窗口，", "为企业免费", "提供检索和预警。")


class SlowDesk(FakeDesk):
    """Takes its time for every step and for what comes after an answer; where a question asks for it, and the first
    time only, for the answer's text as well."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.slowly: set[str] = set()

    def follow_ups(self, history: Sequence[Answer], filters: Filters = NO_FILTERS) -> Sequence[str]:
        time.sleep(1)
        return ["什么是专利驿站？"]

    def stream(self, question: str, history: Sequence[Answer], filters: Filters = NO_FILTERS) -> Iterator[Event]:
        meant = f"清湖市的{question}" if history and question.endswith("呢？") else question
        yield Searching(meant)
        for step in ("retrieve", "rerank", "judge", "write"):
            yield Step(step)
            time.sleep(0.4)
        slowly = "慢慢" in question and question not in self.slowly
        self.slowly.add(question)
        for piece in PIECES:
            yield Token(piece)
            for _ in range(12 if slowly else 1):
                time.sleep(0.1)
                yield Token("")  # where a stop takes hold
        told = cite(1, LAKE, "".join(PIECES))
        yield Answered(Answer(question, f"{told.quote}[1]", "answered", (told,), standalone=meant))


@contextmanager
def slow_page(home: Path) -> Iterator[str]:
    """The address of such a page, served by a process of its own."""
    command = [sys.executable, "-m", "tests.ui.slow_page", str(home)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def main() -> None:
    """Serve until the process is ended."""
    slow = SlowDesk(Path(sys.argv[1]))
    desk.use(slow)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)  # noqa: T201 - for who started it
        app = application(slow.settings, reach=Reach())
        uvicorn.Server(uvicorn.Config(app, ws="websockets-sansio", log_level="warning")).run(sockets=[listening])


if __name__ == "__main__":
    main()
