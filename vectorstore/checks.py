"""Whether what is to be stored belongs together: an original, its document, and its chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from vectorstore.model import Chunk, Document


def check(document: Document, chunks: Sequence[Chunk], original: bytes) -> None:
    """Raise ValueError unless the hash is the original's and the chunks are the document's, in order."""
    if hashlib.sha256(original).hexdigest() != document.sha256:
        raise ValueError(f"{document.id}: sha256 is not that of the original")
    end = 0
    for ordinal, chunk in enumerate(chunks):
        if chunk.doc_id != document.id or chunk.ordinal != ordinal:
            raise ValueError(f"{document.id}: chunk {chunk.id} is out of order or another document's")
        if not end <= chunk.start < chunk.end or document.text[chunk.start : chunk.end] != chunk.text:
            raise ValueError(f"{document.id}: chunk {chunk.id} is not the text it claims to be")
        end = chunk.end
