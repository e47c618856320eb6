"""The library as a LangChain retriever, for any LangChain program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from bot.front import open_library, open_reranker
from bot.question.understand import understand
from bot.rerank import find
from bot.settings import load_settings
from vectorstore.model import Filters, Hit
from vectorstore.regions import Gazetteer


class PolicyRetriever(BaseRetriever):
    """Chunks for a query, best first, with the policy's identity and the chunk's place in `metadata`."""

    home: Path | None = None
    """The library's folder; None is ZHENGWEN_HOME or the default."""
    k: int = 10
    """How many chunks to return."""
    filters: Filters = Filters()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        settings = load_settings(home=self.home)
        library = open_library(settings)
        understood = understand(query, Gazetteer(d.region for d in library.documents() if d.region))
        reranker = open_reranker(settings)
        hits = find(library, understood, k=self.k, filters=self.filters, reranker=reranker)
        return [_as_langchain(hit) for hit in hits]


def _as_langchain(hit: Hit) -> LangChainDocument:
    chunk, document = hit.chunk, hit.document
    metadata: dict[str, Any] = {
        "doc_id": document.id,
        "title": document.title,
        "source": document.source,
        "doc_number": document.doc_number,
        "issuer": document.issuer,
        "region": chunk.region or document.region,
        "date": document.date.isoformat() if document.date else None,
        "kind": document.kind,
        "status": document.status,
        "path": list(chunk.path),
        "ordinal": chunk.ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "score": hit.score,
        **{f"score_{name}": value for name, value in hit.scores.items()},
    }
    return LangChainDocument(
        id=chunk.id, page_content=chunk.text, metadata={k: v for k, v in metadata.items() if v is not None}
    )
