"""The same measurements of what a LangChain user would write, with the same model; see ours.py.

RecursiveCharacterTextSplitter at 300/60, langchain-chroma, and the embedding through sentence-transformers.
python -m scripts.bench.langchain_way ingest|search HOME CORPUS MOST; ingest-folder HOME FOLDER; ask HOME
QUESTION.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document as Text
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

FOLDER = Path(__file__).resolve().parents[2] / "vectorstore" / "embedded_model" / "model"
LENGTH, OVERLAP = 300, 60


class HuggingFaceEmbeddings(Embeddings):
    """What langchain-huggingface's class of this name does.

    That package asks for an older huggingface-hub than the one tested here; leaving out its import is to its advantage.
    """

    def __init__(self, folder: Path) -> None:
        self._model = SentenceTransformer(str(folder), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        plain = [text.replace("\n", " ") for text in texts]
        vectors: list[list[float]] = self._model.encode(plain, normalize_embeddings=True).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def opened(home: Path) -> Chroma:
    return Chroma("policies", HuggingFaceEmbeddings(FOLDER), persist_directory=str(home))


def ingest(home: Path, corpus: str, most: int) -> dict[str, Any]:
    """Documents, chunks, and seconds from the first text to the last stored."""
    from scripts.bench.corpora import texts

    return store([Text(text, metadata={"source": name}) for name, text in texts(corpus, most)], home)


def ingest_folder(home: Path, folder: Path) -> dict[str, Any]:
    """The same for the text files of a folder."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html"))
    return store([Text(path.read_text(encoding="utf-8"), metadata={"source": path.name}) for path in files], home)


def store(records: list[Text], home: Path) -> dict[str, Any]:
    """Cut, embed and store."""
    embedding = HuggingFaceEmbeddings(FOLDER)
    start = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=LENGTH, chunk_overlap=OVERLAP)
    parts = splitter.split_documents(records)
    chunks = Chroma("policies", embedding, persist_directory=str(home))
    for i in range(0, len(parts), 5000):  # Chroma takes 5,461 at once
        chunks.add_documents(parts[i : i + 5000])
    return {"documents": len(records), "chunks": len(parts), "seconds": time.perf_counter() - start}


def search(home: Path, corpus: str, most: int) -> dict[str, Any]:
    """Latency of the search for ten chunks, and its quality, judged as ours is."""
    from bot.evaluation.retrieval import judge_retrieval
    from scripts.bench.corpora import Watch, percentiles, questions
    from scripts.bench.ours import DEPTH, means

    store, watch, judged = opened(home), Watch(), []
    store.similarity_search("什么是专利银行?", k=10)
    for record in questions(corpus, most):
        with watch:
            store.similarity_search(record["question"], k=10)
        if corpus == "ncp":
            hits = [_hit(found) for found in store.similarity_search(record["question"], k=DEPTH)]
            judged.append(judge_retrieval(hits, right=frozenset(record["docs"]), answers=record.get("answers", ())))
    return {"found": percentiles(watch.seconds), "quality": means(judged)}


def ask(home: Path, question: str) -> dict[str, Any]:
    """The first chunks for one question."""
    return {"texts": [found.page_content for found in opened(home).similarity_search(question, k=5)]}


def _hit(found: Text) -> Any:
    """The chunk found as the evaluation knows it."""
    from vectorstore.model import Chunk, Document, Hit

    name, text = found.metadata["source"], found.page_content
    document = Document(id=name, title=name, text=text, source=name, sha256="")
    chunk = Chunk(id=name, doc_id=name, ordinal=0, start=0, end=len(text), path=(), text=text)
    return Hit(chunk, document, 0.0)


def main() -> None:
    what, home, *rest = sys.argv[1:]
    if what == "ask":
        found = ask(Path(home), rest[0])
    elif what == "ingest-folder":
        found = ingest_folder(Path(home), Path(rest[0]))
    else:
        found = {"ingest": ingest, "search": search}[what](Path(home), rest[0], int(rest[1]))
    sys.stdout.write(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
