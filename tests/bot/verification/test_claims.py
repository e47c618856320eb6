"""Of what may be said of a passage, each lie of the table is dropped, and what is true in other words is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.verification.source import Source
from bot.verify import verify
from ingest.pipeline import read_document

TABLE = Path(__file__).with_name("claims.txt")
_SAID = re.compile(r"(?P<sign>[-+~]) (?P<kind>[^：]+)：(?P<text>.+)")


@dataclass(frozen=True)
class Claim:
    """What is said of a passage, and whether it is a lie (-), the truth (+), or a truth that is lost so far (~)."""

    sign: str
    kind: str
    text: str
    sources: tuple[Source, ...]


def claims(table: str) -> Iterator[Claim]:
    """The claims of a table in the form of claims.txt."""
    for block in re.split(r"^文 ", re.sub(r"^#.*\n", "", table, flags=re.MULTILINE), flags=re.MULTILINE)[1:]:
        lines = block.strip().split("\n")
        text = "\n".join(line for line in lines if not _SAID.fullmatch(line))
        document, chunks = read_document(Path("/policy.txt"), data=text.encode())
        sources = tuple(Source(document, c.path, c.start, c.end, c.region or document.region) for c in chunks)
        for line in lines:
            if said := _SAID.fullmatch(line):
                yield Claim(said["sign"], said["kind"], said["text"], sources)


CLAIMS = tuple(claims(TABLE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("claim", CLAIMS, ids=[f"{n} {claim.kind}" for n, claim in enumerate(CLAIMS)])
def test_a_lie_is_dropped_and_the_truth_kept(claim: Claim) -> None:
    verdict = verify(f"{claim.text}[1]", claim.sources)
    stands = bool(verdict.citations) and not verdict.dropped
    assert stands == (claim.sign == "+"), (claim.text, verdict)


def test_the_table_has_claims_enough() -> None:
    signs = [claim.sign for claim in CLAIMS]
    assert signs.count("-") >= 260 and signs.count("+") >= 100 and signs.count("~") <= 0.3 * signs.count("+")
