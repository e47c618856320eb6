"""Which embedding a library is used with: the one it was built with, and no other unless it is being switched."""

from __future__ import annotations

from dataclasses import replace

from vectorstore.embeddings import ONNX, Embedder, Embedding, Wanted, load_embedder
from vectorstore.errors import EmbeddingMismatch
from vectorstore.manifest import Manifest
from vectorstore.model_folder import EMBEDDED_MODEL, canonical


def chosen(embedding: Embedding, built: Manifest | None, *, switch: bool = False) -> Embedder:
    """The embedder for a generation, None for a library to be made; with `switch` it may be another than it was.

    Raises EmbeddingMismatch when another is named than the one the generation was built with. Whether the model still
    gives the same vectors is seen by `check_same`, which has to find its files.
    """
    if not (embedding is None or isinstance(embedding, str | Wanted)):
        if built is not None and not switch:
            check_same(embedding, built)
        return embedding
    wanted = embedding if isinstance(embedding, Wanted) else Wanted(embedding)
    named = None if wanted.model is None else canonical(wanted.model)
    model = built.model if built is not None and (named is None or not switch) else named or EMBEDDED_MODEL
    if built is not None and named not in (None, model):
        raise EmbeddingMismatch.of_models(built.model, named or model)
    running = wanted.running
    if built is not None and model == built.model and running.backend is None and built.embedding.endswith(ONNX):
        running = replace(running, backend="onnx")
    embedder = load_embedder(model, running)
    if built is not None and model == EMBEDDED_MODEL and not switch:  # its files are at hand
        check_same(embedder, built)
    return embedder


def check_same(embedder: Embedder, built: Manifest) -> None:
    """Raise EmbeddingMismatch unless the embedder gives the vectors that the generation holds."""
    if embedder.name != built.embedding:
        raise EmbeddingMismatch.of_vectors(built.embedding, embedder.name, embedder.model)
