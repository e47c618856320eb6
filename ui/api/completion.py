"""An Answer in the form of OpenAI's chat completions, whole and in pieces."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.answer import Answer, Citation
from ui.api.forms import card_form
from ui.links import passage_link
from vectorstore.model import Hit

MODEL = "zhengwen"
_MARKER = re.compile(r"\[(\d{1,3})\]")
_PIECE = re.compile(r".+?(?:[。；！？\n]|$)(?:\[\d{1,3}\])*\n?", re.S)


@dataclass(frozen=True, slots=True)
class Completion:
    """What all parts of one completion have in common."""

    id: str
    prompt: int
    """Characters of the messages."""
    address: str
    """Where people open the page, e.g. http://127.0.0.1:8501."""
    hits: list[Hit] = field(default_factory=list)
    """What was found, from which citations have their scores."""
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The completion as one object."""
        message = {
            "role": "assistant",
            "content": answer.text,
            "refusal": None,
            "annotations": self._annotations(answer),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        head = {"id": self.id, "object": "chat.completion", "created": self.created, "model": MODEL}
        return {**head, "choices": [choice], "usage": self._usage(answer), **self._behind(answer)}

    def beginning(self) -> dict[str, Any]:
        """The first chunk: who speaks."""
        return self._chunk({"role": "assistant", "content": ""})

    def chunks(self, answer: Answer, *, usage: bool) -> Iterator[dict[str, Any]]:
        """The chunks after it: the text sentence by sentence, what stands behind it, and the usage where asked for."""
        for piece in _PIECE.findall(answer.text):
            yield self._chunk({"content": piece})
        last = self._chunk({"annotations": self._annotations(answer)}, finish="stop")
        yield {**last, **self._behind(answer)}
        if usage:
            yield {**self._chunk({}), "choices": [], "usage": self._usage(answer)}

    def _chunk(self, delta: dict[str, Any], *, finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        head = {"id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL}
        return {**head, "choices": [choice]}

    def _usage(self, answer: Answer) -> dict[str, int]:
        told = len(answer.text)
        return {"prompt_tokens": self.prompt, "completion_tokens": told, "total_tokens": self.prompt + told}

    def _behind(self, answer: Answer) -> dict[str, Any]:
        return {
            "citations": [self._citation(citation) for citation in answer.citations],
            "status": answer.status,
            "notices": list(answer.notices),
            "nearest": [card_form(document) for document in answer.nearest],
            "follow_ups": list(answer.follow_ups),
            "writer": answer.writer,
        }

    def _annotations(self, answer: Answer) -> list[dict[str, Any]]:
        """A url_citation for every marker in the text; the offsets are the marker's own."""
        by_number = {citation.number: citation for citation in answer.citations}
        return [
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": match.start(),
                    "end_index": match.end(),
                    "url": self._url(by_number[int(match[1])]),
                    "title": by_number[int(match[1])].document.title,
                },
            }
            for match in _MARKER.finditer(answer.text)
            if int(match[1]) in by_number
        ]

    def _citation(self, citation: Citation) -> dict[str, Any]:
        document = citation.document
        return {
            "number": citation.number,
            "document": document.id,
            "title": document.title,
            "doc_number": document.doc_number,
            "issuer": document.issuer,
            "region": document.region,
            "date": document.date.isoformat() if document.date else None,
            "status": document.status,
            "section": list(citation.path),
            "start": citation.start,
            "end": citation.end,
            "quote": citation.quote,
            "score": self._score(citation),
            "url": self._url(citation),
        }

    def _score(self, citation: Citation) -> float | None:
        """That of the passage which holds the quote; None for what was read off the document's card or structure."""
        return next(
            (
                float(hit.score)
                for hit in self.hits
                if hit.document.id == citation.document.id and hit.chunk.start <= citation.start < hit.chunk.end
            ),
            None,
        )

    def _url(self, citation: Citation) -> str:
        return passage_link(self.address, citation.document.id, citation.start, citation.end)
