"""True sentences in other words stand, and answers written as chat models write them are kept and dropped rightly."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.verify import verify
from tests.bot.verification.liar import true_sentences
from tests.bot.verification.paraphraser import paraphrase, run_together
from tests.bot.verification.test_lies import OWN, SHARED, given, read
from tests.bot.verification.written import TABLE, Draft, drafts, is_kept, sample_passages

LEAST_KEPT = 0.95
"""Share of the paraphrases of one sentence that must stand."""
DRAFTS = list(drafts(TABLE.read_text(encoding="utf-8"), sample_passages()))


def kept(paths: list[Path], seed: int) -> tuple[int, list[tuple[str, str]]]:
    """How many sentences were said in other words, and those that were lost, with what was said of them."""
    shelf = read(paths)
    chance = random.Random(seed)
    count, lost = 0, []
    for document, _ in shelf.values():
        for start, end in true_sentences(document):
            said, _ = paraphrase(document.text[start:end], chance)
            verdict = verify(f"{said.rstrip('。；;')}[1]。", given(shelf, document, start))
            count += 1
            if verdict.dropped or not verdict.citations:
                lost.append((document.text[start:end], said))
    return count, lost


@pytest.mark.parametrize("seed", [1, 2])
def test_what_our_own_policies_say_stands_in_other_words(seed: int) -> None:
    count, lost = kept(OWN, seed)
    assert count > 150 and len(lost) <= (1 - LEAST_KEPT) * count, lost


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public policies of ../shared aren't here")
def test_what_the_public_policies_say_stands_in_other_words() -> None:
    count, lost = kept(list(SHARED.glob("*.txt")), 1)
    assert count > 300 and len(lost) <= (1 - LEAST_KEPT) * count, lost


@pytest.mark.parametrize("draft", DRAFTS, ids=[f"{n}: {draft.question}" for n, draft in enumerate(DRAFTS)])
def test_of_an_answer_as_models_write_it_what_is_true_is_kept_and_the_rest_dropped(draft: Draft) -> None:
    verdict = verify(draft.text, sample_passages())
    for said in draft.said:
        if said.must == "kept":
            assert is_kept(said, verdict), (said.text, verdict)
            quotes = "".join(citation.quote for citation in verdict.citations)
            assert all(re.sub(r"\s", "", words) in re.sub(r"\s", "", quotes) for words in said.cites), verdict
        elif said.must == "dropped":
            assert not is_kept(said, verdict), (said.text, verdict)
    for citation in verdict.citations:
        assert citation.document.text[citation.start : citation.end] == citation.quote


def test_the_table_has_answers_enough() -> None:
    said = [part.must for draft in DRAFTS for part in draft.said]
    assert len(DRAFTS) >= 60 and said.count("kept") >= 60 and said.count("dropped") >= 40
    assert said.count("lost") <= 0.1 * said.count("kept")


def test_two_sentences_of_a_passage_may_be_run_together() -> None:
    shelf = read(OWN)
    chance = random.Random(1)
    count = stood = 0
    for document, sources in shelf.values():
        for source in sources:
            inside = [(a, b) for a, b in true_sentences(document) if source.start <= a and b <= source.end]
            for (a, b), (c, d) in pairwise(inside):
                said = run_together(document.text[a:b], document.text[c:d], chance)
                verdict = verify(f"{said.rstrip('。；;')}[1]。".replace(",", "，"), [source])
                count += 1
                stood += bool(verdict.citations) and not verdict.dropped
    assert count >= 20 and stood >= 0.8 * count, (stood, count)
