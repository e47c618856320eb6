"""A running server in place of a local library: `connect` gives what `bot` gives, and the same types.

server = connect("http://policies.example:8501", key="zw-…")
server.ask("什么是专利银行").text
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Unpack, cast

from pydantic import TypeAdapter

from bot.answer import Answer, Answered, Event, Retracted, Retrieved, Searching, Step, Token
from bot.front import FilterFields, several
from bot.pipeline import check
from bot.saving import loaded, record_of
from bot.wire import Wire
from vectorstore.errors import DocumentNotFound
from vectorstore.model import Chunk, Document, Fact, FactKind, Hit, Person, Reference, Responsibility, Target

_PAGE = 1000
_KEPT = 200
"""Documents whose text is remembered."""
_FACTS: dict[str, type[Fact]] = {
    "target": Target,
    "figure": Target,
    "forecast": Target,
    "responsibility": Responsibility,
    "reference": Reference,
    "person": Person,
}


def connect(url: str, *, key: str | None = None, timeout: float = 120) -> Remote:
    """The library that the server at `url` (as `zhengwen serve` tells it) answers from; `key` where it needs one.

    Nothing is sent before the first question. `timeout`: seconds of silence. Raises BadSettings for what is no address.
    """
    return Remote(Wire(url, key=key, timeout=timeout))


class Remote:
    """A server's library. Every method raises ServerUnavailable where it can't be reached or refuses."""

    def __init__(self, wire: Wire) -> None:
        """Use `connect`."""
        self._wire = wire
        self._texts: dict[str, Document] = {}

    def ask(self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]) -> Answer:
        """As `bot.ask`; the documents cited come with their text, so `document.text[start:end] == quote` here too."""
        check(question)
        return self._answer(self._wire.post("/ask", self._body(question, history, filters)))

    def stream(
        self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]
    ) -> Iterator[Event]:
        """As `bot.stream`, but that Retrieved comes without the hits, which stay on the server."""
        check(question)
        body = {**self._body(question, history, filters), "stream": True}
        return filter(None, (self._event(name, data) for name, data in self._wire.events("/ask", body)))

    async def aask(self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]) -> Answer:
        """`ask` without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, history=history, **filters)

    async def astream(
        self, question: str, *, history: Sequence[Answer] = (), **filters: Unpack[FilterFields]
    ) -> AsyncIterator[Event]:
        """`stream` without blocking the event loop."""
        events = self.stream(question, history=history, **filters)
        while (event := await asyncio.to_thread(next, events, None)) is not None:
            yield event

    def search(self, query: str, *, k: int = 10, **filters: Unpack[FilterFields]) -> list[Hit]:
        """Up to `k` passages for the query, best first, ranked as for a question. Their documents have no text."""
        found = self._wire.post("/search", {"query": query, "k": k, **_listed(filters)})
        return [_hit(number, hit) for number, hit in enumerate(found["hits"])]

    def documents(self) -> list[Document]:
        """Every document, by title, without text and sections; `document` gives both."""
        found: list[Document] = []
        while True:
            page = self._wire.get("/documents", {"limit": _PAGE, "offset": len(found)})
            found += [_adapter(Document).validate_python({**card, "text": ""}) for card in page["documents"]]
            if not page["documents"] or len(found) >= page["total"]:
                return found

    def document(self, doc_id: str) -> Document:
        """The whole document; raises DocumentNotFound."""
        document: Document = _adapter(Document).validate_python(self._wire.get(f"/documents/{_segment(doc_id)}"))
        self._texts[doc_id] = document
        while len(self._texts) > _KEPT:
            self._texts.pop(next(iter(self._texts)))
        return document

    def facts(
        self,
        kinds: FactKind | Sequence[FactKind] = (),
        *,
        regions: str | Sequence[str] = (),
        years: int | Sequence[int] = (),
        documents: str | Sequence[str] = (),
        superseded: bool = False,
    ) -> list[Fact]:
        """As `bot.facts`."""
        wanted = {"kind": kinds, "region": regions, "year": years, "document": documents, "superseded": superseded}
        parameters = {name: several(values) for name, values in wanted.items()}
        found: list[Fact] = []
        while True:
            page = self._wire.get("/facts", {**parameters, "limit": _PAGE, "offset": len(found)})
            found += [_fact(record) for record in page["facts"]]
            if not page["facts"] or len(found) >= page["total"]:
                return found

    def _body(self, question: str, history: Sequence[Answer], filters: FilterFields) -> dict[str, Any]:
        return {"question": question, "history": [record_of(answer) for answer in history], **_listed(filters)}

    def _answer(self, record: dict[str, Any]) -> Answer:
        quotes = {one["document"]["id"]: one for one in record["citations"]}

        def find(doc_id: str) -> Document | None:
            kept, quoted = self._texts.get(doc_id), quotes.get(doc_id)
            if quoted is None:  # one of the nearest, of which the card is enough
                return None
            if kept is not None and kept.text[quoted["start"] : quoted["end"]] == quoted["quote"]:
                return kept
            try:
                return self.document(doc_id)
            except DocumentNotFound:  # taken out since the answer was given
                return None

        return loaded(record, find)

    def _event(self, name: str, data: dict[str, Any]) -> Event | None:
        match name:
            case "searching":
                return Searching(data["question"])
            case "step":
                return Step(data["name"])
            case "retrieved":
                return Retrieved(())
            case "token":
                return Token(data["text"])
            case "retracted":
                return Retracted(data["reason"])
            case "answered":
                return Answered(self._answer(data))
        return None  # of a newer server


def _listed(filters: FilterFields) -> dict[str, list[Any]]:
    return {name: list(several(values)) for name, values in filters.items()}


def _hit(number: int, found: dict[str, Any]) -> Hit:
    document: Document = _adapter(Document).validate_python({**found["document"], "text": ""})
    place = (found["start"], found["end"], tuple(found["path"]), found["text"])
    return Hit(Chunk(f"{document.id}-{found['start']}", document.id, number, *place), document, found["score"])


def _fact(record: dict[str, Any]) -> Fact:
    kind = _FACTS[record["kind"]]
    names = {name: value for name, value in record.items() if name in kind.__dataclass_fields__ and name != "kind"}
    if kind is Target:
        names |= {"planned": record["kind"] == "target", "expected": record["kind"] == "forecast"}
    fact: Fact = _adapter(cast("Hashable", kind)).validate_python(names)
    return fact


def _segment(doc_id: str) -> str:
    """An id as one part of a path. Raises DocumentNotFound for what can't be one."""
    if not doc_id.isalnum() or not doc_id.isascii():
        raise DocumentNotFound.of(doc_id)
    return doc_id


@lru_cache(maxsize=8)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
