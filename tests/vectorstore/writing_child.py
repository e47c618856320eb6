"""What the children of test_crash do: write to a library until they are killed."""

from __future__ import annotations

from pathlib import Path

from tests.vectorstore.conftest import EMBEDDER, make
from vectorstore.writer import Writer


def publish_for_ever(home: Path, round_number: int) -> None:
    """Publish generation after generation, each holding a document of many chunks that names the round."""
    for i in range(1_000):
        text = "\n".join(f"第{round_number}轮第{i}次第{j}项，由值班室登记。" for j in range(300))
        with Writer(home, embedding=EMBEDDER) as writer:
            writer.put(*make(f"第{round_number}轮", text))
            writer.publish()


def hold_the_lock(home: Path, ready: Path) -> None:
    """Hold the writer's lock until killed."""
    with Writer(home, embedding=EMBEDDER):
        ready.touch()
        import time

        time.sleep(600)
