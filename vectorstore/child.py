"""A process that helps the writer: started before it is needed, told its tasks as they come, gone with the writer."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from vectorstore.errors import GenerationDamaged, LibraryError


class Child:
    """`python -m module` in a context that ends it; the module's main is `attend`.

    A process of its own because a broken vector index can end the one that opens it, and because Chroma's writing
    leaves the other threads of its process no time.
    """

    def __init__(self, module: str, *, doing: str) -> None:
        """`doing` is what an error calls its work."""
        self._doing = doing
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 -- closed below
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=Path(__file__).resolve().parent.parent,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # numpy's threads would only spin
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        self._undone = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def tell(self, task: object) -> None:
        """Give it a task, anything that JSON can say; that it has ended already is told by `settle` and `finish`."""
        assert self._process.stdin is not None
        self._undone += 1
        try:
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass

    def settle(self) -> None:
        """Wait until it has done all that it was told; raises GenerationDamaged with what it said last."""
        assert self._process.stdout is not None
        while self._undone:
            if not self._process.stdout.readline():
                self._check()
            self._undone -= 1

    def finish(self) -> None:
        """Wait until all tasks are done and it has ended well; raises GenerationDamaged with what it said last."""
        self.tell(None)
        self._check()

    def _check(self) -> None:
        status = self._process.wait()
        if status:
            self._said.seek(0)
            lines = self._said.read().strip().splitlines() or [f"进程以状态 {status} 结束"]
            raise GenerationDamaged(f"{self._doing}没有成功：{lines[-1]}")


def attend(work: Callable[[Iterator[Any]], None]) -> int:
    """In the child: do the work on the tasks as they come, and return the exit status.

    A task counts as done when the next one is asked for. The process ends at once when its parent does.
    """
    told: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(told,), daemon=True).start()
    try:
        work(_tasks(told))
    except LibraryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _tasks(told: queue.SimpleQueue[Any]) -> Iterator[Any]:
    while (task := told.get()) is not None:
        yield task
        sys.stdout.write("\n")
        sys.stdout.flush()


def _listen(told: queue.SimpleQueue[Any]) -> None:
    for line in sys.stdin:
        task = json.loads(line)
        told.put(task)
        if task is None:
            return
    os._exit(1)  # the parent closed its end, or died
