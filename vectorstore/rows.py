"""What documents and chunks are as rows of the catalog, and back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from vectorstore.model import Chunk, Document, Section
from vectorstore.others import Others
from vectorstore.tokens import replace_surrogates
from vectorstore.validity import judged

_DAYS = ("date", "published", "effective", "expires")
_DERIVED = ("status", "status_reason", "superseded", "repealed_by")


def document_row(document: Document) -> tuple[str, str, bytes, str | None]:
    """Its id, record, text and issuer."""
    record = {
        field.name: getattr(document, field.name) for field in dataclasses.fields(document) if field.name != "text"
    }
    for name in _DAYS:
        record[name] = record[name] and record[name].isoformat()
    for name in _DERIVED:  # from the day of reading and the rest of the library
        del record[name]
    record["sections"] = [dataclasses.astuple(section) for section in document.sections]
    issuer = replace_surrogates(document.issuer or "") or None
    return document.id, json.dumps(record), document.text.encode("utf-8", "surrogatepass"), issuer


def chunk_row(chunk: Chunk, document: Document) -> tuple[str, str, int, int, int, str, str | None]:
    """Its id, document, ordinal, start, end, record and region: its own, else its document's."""
    region = replace_surrogates(chunk.region or document.region or "") or None
    record = json.dumps([chunk.path, chunk.region])
    return chunk.id, chunk.doc_id, chunk.ordinal, chunk.start, chunk.end, record, region


def document_of(record: str, text: bytes, others: Others, today: date) -> Document:
    """The document in a row, as `others` in the library and `today` let it stand."""
    fields = json.loads(record)
    for name in _DAYS:
        fields[name] = date.fromisoformat(fields[name]) if fields.get(name) else None
    fields["sections"] = tuple(Section(tuple(path), start, end) for path, start, end in fields["sections"])
    fields["refers_to"] = tuple(fields["refers_to"])
    fields["period"] = tuple(fields["period"]) if fields.get("period") else None
    fields["superseded"] = others.superseded.get(fields["id"])
    warnings = fields.get("warnings")  # None where nobody has looked for any
    fields["warnings"] = None if warnings is None else (*warnings, *others.warnings.get(fields["id"], ()))
    repeal = others.repealed.get(fields["id"])
    if repeal is not None and not fields.get("repealed") and (repeal.since or date.min) <= today:
        fields["repealed"], fields["repealed_by"] = repeal.told(), repeal.doc_id
    document = Document(text=text.decode("utf-8", "surrogatepass"), **fields)
    return document if "status" in fields else judged(document, today)  # which was stored, once


def chunk_of(row: Sequence[Any], document: Document) -> Chunk:
    """The chunk in a row, (id, doc_id, ordinal, start, end, record), of its document."""
    chunk_id, doc_id, ordinal, start, end, record = row
    path, region = json.loads(record)
    return Chunk(
        id=chunk_id,
        doc_id=doc_id,
        ordinal=ordinal,
        start=start,
        end=end,
        path=tuple(path),
        text=document.text[start:end],
        region=region,
    )
