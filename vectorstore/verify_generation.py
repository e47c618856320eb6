"""Checks that a generation's engines hold what its catalog lists, in a process that a broken one may end."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from vectorstore.catalog import Catalog
from vectorstore.chroma import VectorIndex, check_database
from vectorstore.errors import GenerationDamaged
from vectorstore.generation import CATALOG, CHROMA, CHUNK_TERMS, DOCUMENT_TERMS
from vectorstore.lexical import LexicalIndex
from vectorstore.manifest import read_manifest
from vectorstore.tokens import pairs, terms


def verify(folder: Path) -> None:
    """Raise GenerationDamaged unless counts and ids agree and each engine finds a chunk by its own content."""
    manifest = read_manifest(folder)
    check_database(folder / CHROMA)
    with closing(Catalog(folder / CATALOG)) as catalog, VectorIndex(folder / CHROMA) as vectors:
        chunk_terms, document_terms = LexicalIndex(folder / CHUNK_TERMS), LexicalIndex(folder / DOCUMENT_TERMS)
        documents, chunks = catalog.counts()
        ids = catalog.all_chunk_ids()
        _agree("文件数", documents, manifest.documents, document_terms.count())
        _agree("片段数", chunks, manifest.chunks, chunk_terms.count(), vectors.count())
        if vectors.ids() != ids:
            raise GenerationDamaged("向量库与目录的片段编号不一致")
        for doc_id in catalog.document_ids()[-1:]:
            for chunk in catalog.chunks(catalog.document(doc_id))[:1]:
                nearest = vectors.nearest(vectors.vector(chunk.id), 1, {})
                if not nearest or nearest[0][1] < 0.99:
                    raise GenerationDamaged("向量检索没有找到已入库的片段")
                wanted = pairs(chunk.text) or terms(chunk.text)  # a dictionary is long in reading
                if wanted and not chunk_terms.search(wanted, 1, {"doc_id": [doc_id]}):
                    raise GenerationDamaged("关键词检索没有找到已入库的片段")


def _agree(what: str, *numbers: int) -> None:
    if len(set(numbers)) > 1:
        raise GenerationDamaged(f"{what}不一致：{numbers}")
