"""The front door: `from bot import ask`. Turns a question into an answer whose every sentence is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answer import Answer, Citation, Event
from vectorstore.model import Fact as Fact  # beside the ten names: what `facts` gives; `connect` is another
from vectorstore.model import Filters

if TYPE_CHECKING:
    from bot.front import aask, ask, astream, facts, stream
    from bot.remote import connect as connect
    from bot.retriever import PolicyRetriever

__all__ = [
    "Answer",
    "Citation",
    "Event",
    "Filters",
    "PolicyRetriever",
    "aask",
    "ask",
    "astream",
    "facts",
    "stream",
]

# Loaded on first use, so that `import bot` stays fast and pulls in no engine.
_ROOMS = {
    "ask": "bot.front",
    "stream": "bot.front",
    "aask": "bot.front",
    "astream": "bot.front",
    "facts": "bot.front",
    "PolicyRetriever": "bot.retriever",
    "connect": "bot.remote",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ROOMS[name]), name)
