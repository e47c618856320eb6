"""What is said about files is Chinese with Chinese punctuation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOM = Path(__file__).resolve().parents[2] / "ingest"
TOLD = {"UnreadableFile", "Problem", "SamplesRefused", "NothingToRead"}
_MIXED = re.compile(r"[\u4e00-\u9fff）”》][,:;(]|[,:;)][\u4e00-\u9fff]|^[,:;]|[\u4e00-\u9fff]\($")


def said(module: Path) -> list[str]:
    """The literal text of every message that the module makes."""
    calls = [node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in TOLD]
    return [
        part.value
        for call in made
        for argument in call.args
        for part in (argument.values if isinstance(argument, ast.JoinedStr) else [argument])
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


@pytest.mark.parametrize("module", sorted(ROOM.rglob("*.py")), ids=lambda path: path.stem)
def test_messages_have_chinese_punctuation(module: Path) -> None:
    assert [text for text in said(module) if _MIXED.search(text)] == []


def test_messages_are_found() -> None:
    assert len([text for module in ROOM.rglob("*.py") for text in said(module)]) > 20
