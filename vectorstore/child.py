"""A process that helps the writer: started before it is needed, told its task later, gone when the writer is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from vectorstore.errors import GenerationDamaged, LibraryError

_SECONDS = 3600  # a child that takes longer hangs


class Child:
    """`python -m module` in a context that ends it; the module's main is `attend`.

    A process of its own because a broken vector index can end the one that opens it, and because Chroma's writing
    leaves other threads of its process no time.
    """

    def __init__(self, module: str) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 -- closed with the child
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._said,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def tell(self, task: object) -> None:
        """Have it begin; `task` is anything that JSON can say. That it has ended already is told by `result`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass

    def result(self, doing: str) -> None:
        """Wait until it is done; raises GenerationDamaged, where `doing` failed, with what it said last."""
        try:
            status = self._process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise GenerationDamaged(f"{doing}在 {_SECONDS} 秒内没有完成") from error
        if status:
            self._said.seek(0)
            lines = self._said.read().strip().splitlines() or [f"进程以状态 {status} 结束"]
            raise GenerationDamaged(f"{doing}没有通过：{lines[-1]}")


def attend(work: Callable[[Any], None]) -> int:
    """In the child: wait for the task, do it, and return the exit status; the process ends when its parent does."""
    task = sys.stdin.readline()
    if not task:
        return 0
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        work(json.loads(task))
    except LibraryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _end_with_parent() -> None:
    sys.stdin.read()  # returns when the parent closes its end, or dies
    os._exit(1)
