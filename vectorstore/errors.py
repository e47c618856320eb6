"""What can go wrong with a library, each error saying what happened and what to do next."""

from __future__ import annotations

EMBEDDED = "embedded-"
"""How the names of the models that ship with the product begin; each version has its own."""


class LibraryError(Exception):
    """Base of every error of a library; its message is one line in the user's words."""


class NoLibrary(LibraryError):
    """The folder holds no library yet."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class LibraryDamaged(LibraryError):
    """No generation of the library can be read."""


class EmbeddingMismatch(LibraryError):
    """The index was built with another embedding model than the one configured."""

    @classmethod
    def between(cls, built: str, configured: str) -> EmbeddingMismatch:
        told = f"资料库的索引是用另一个向量模型（{built}）建的，现在用的是 {configured}。请运行 zhengwen repair 重建"
        upgraded = built.startswith(EMBEDDED) and configured.startswith(EMBEDDED)
        return cls(told if upgraded else f"{told}，或改回原来的 ZHENGWEN_EMBEDDING")


class EmbeddingUnavailable(LibraryError):
    """The configured embedding model cannot be loaded."""


class DocumentNotFound(LibraryError):
    """No document of the library has this id."""

    @classmethod
    def of(cls, doc_id: str) -> DocumentNotFound:
        return cls(f"资料库里没有编号为 {doc_id} 的文件。用 zhengwen documents 查看全部文件及其编号")


class FactsNotRead(LibraryError):
    """Documents of the library were stored by a version that read no facts."""

    @classmethod
    def of(cls, documents: int) -> FactsNotRead:
        return cls(
            f"资料库里有 {documents} 份文件是旧版本存入的，还没有读出其中的目标、责任单位等。请运行 zhengwen repair"
        )


class GenerationDamaged(LibraryError):
    """One generation of the library cannot be read; another one may."""
