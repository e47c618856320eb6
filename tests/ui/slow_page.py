"""Serves the page over a desk that answers slowly, so that a browser can look at an answer while it comes.

Run as python -m tests.ui.slow_page HOME; says the address when it answers.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import uvicorn

from bot.answer import Answer, Answered, Event, Step, Token
from tests.ui.fakes import LAKE, NO_FILTERS, FakeDesk, cite
from ui import desk
from ui.web import Reach, application
from vectorstore.model import Filters

PIECES = ("专利驿站是", "设在园区里的", "服务窗口，", "为企业免费", "提供检索和预警。")


class SlowDesk(FakeDesk):
    """Takes its time for every step, and for the first answer's text so long that it can be stopped."""

    def stream(self, question: str, history: Sequence[Answer], filters: Filters = NO_FILTERS) -> Iterator[Event]:
        for step in ("retrieve", "rerank", "judge", "write"):
            yield Step(step)
            time.sleep(0.4)
        self.histories.append(len(history))
        for piece in PIECES:
            yield Token(piece)
            for _ in range(40 if len(self.histories) == 1 else 1):
                time.sleep(0.1)
                yield Token("")  # where a stop takes hold
        told = cite(1, LAKE, "".join(PIECES))
        yield Answered(Answer(question, f"{told.quote}[1]", "answered", (told,), standalone=question))


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
