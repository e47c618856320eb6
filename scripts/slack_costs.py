"""How fast Slack is acknowledged, alone and while others ask: python -m scripts.slack_costs [FOLDER] 2>/dev/null.

Serves the documents in FOLDER (default: the sample briefs), sends ten signed events a second, each a question that is
answered to a mock of Slack's Web API on this machine, and meanwhile lets 50 clients in a process of their own ask over
HTTP without a pause.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import httpx

from scripts.served import REPO, fill, served
from tests.ui.channels.mock_slack import SECRET, event, mock_slack, signed

SECONDS = 20
RATE = 10
"""Events a second."""
QUESTIONS = ("什么是专利银行？", "每万人口发明专利拥有量的目标是多少？", "谁负责专利导航？", "有哪些保障措施？")


def acknowledged(address: str) -> list[float]:
    """Seconds until each event was acknowledged, ascending."""
    took: list[float] = []
    until = time.monotonic() + SECONDS
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as http:
        while (began := time.monotonic()) < until:
            body = event(f"<@U0BOT> {QUESTIONS[0]}", ts=f"{began:.6f}")
            http.post("/slack/events", **signed(body)).raise_for_status()
            took.append(time.monotonic() - began)
            time.sleep(max(0.0, 1 / RATE - took[-1]))
    return sorted(took)


def crowd(address: str, clients: int) -> None:
    """So many clients that ask one question after another."""
    asyncio.run(_asking(address, clients))


async def _asking(address: str, clients: int) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as http:

        async def ask(first: int) -> None:
            for number in count(first):
                question = QUESTIONS[number % len(QUESTIONS)]
                (await http.post("/v1/ask", json={"question": question})).raise_for_status()

        await asyncio.gather(*(ask(number) for number in range(clients)))


def measure(address: str, clients: int) -> str:
    """A row of the table, with so many clients beside Slack."""
    others = multiprocessing.get_context("spawn").Process(target=crowd, args=(address, clients), daemon=True)
    others.start()
    time.sleep(3)
    took = acknowledged(address)
    others.terminate()
    others.join()
    median, late = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.99))
    return f"| {clients} | {len(took)} | {median:.0f} ms | {late:.0f} ms |\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.slack_costs", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=REPO / "samples")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as name, mock_slack() as slack:
        fill(Path(name), folder)
        secrets = {"BOT_TOKEN": "xoxb-bot", "SIGNING_SECRET": SECRET, "API": slack.api}
        os.environ.update({f"ZHENGWEN_SLACK_{setting}": value for setting, value in secrets.items()})
        with served(Path(name)) as server:
            sys.stdout.write("| clients | events | acknowledged, median | 99 % |\n|---|---|---|---|\n")
            for clients in (1, 50):
                sys.stdout.write(measure(server.address, clients))


if __name__ == "__main__":
    main()
