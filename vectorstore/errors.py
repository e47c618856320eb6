"""What can go wrong with a library, each error saying what happened and what to do next."""

from __future__ import annotations


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
        return cls(
            f"资料库是用嵌入模型 {built} 建的，现在设置的是 {configured}。"
            "改回原来的设置，或运行 zhengwen repair 用新模型重建索引"
        )


class EmbeddingUnavailable(LibraryError):
    """The configured embedding model cannot be loaded."""


class DocumentNotFound(LibraryError):
    """No document of the library has this id."""

    @classmethod
    def of(cls, doc_id: str) -> DocumentNotFound:
        return cls(f"资料库里没有编号为 {doc_id} 的文件。用 zhengwen documents 查看全部文件及其编号")


class GenerationDamaged(LibraryError):
    """One generation of the library cannot be read; another one may."""
