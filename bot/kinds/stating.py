"""What answers from stated facts ask of a library."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from vectorstore.model import Document, Fact, FactKind


class StatesFacts(Protocol):
    """See vectorstore.library.Library."""

    def document(self, doc_id: str) -> Document: ...

    def facts(
        self,
        *,
        kinds: Collection[FactKind] = (),
        regions: Collection[str] = (),
        documents: Collection[str] = (),
        current: bool = False,
    ) -> list[Fact]: ...
