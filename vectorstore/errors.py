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


class LibraryBlocked(LibraryError):
    """The disk, or the rights to the library's folder, keep every generation from being read."""

    @classmethod
    def of(cls, home: object, why: object) -> LibraryBlocked:
        return cls(f"资料库现在打不开（{why}）。请检查 {home} 的权限，以及那里和临时文件夹的磁盘空间")


class LibraryDamaged(LibraryError):
    """No generation of the library can be read."""


class EmbeddingMismatch(LibraryError):
    """The index was built with another embedding model than the one to be used."""

    @classmethod
    def of_models(cls, built: str, wanted: str) -> EmbeddingMismatch:
        """The user names `wanted`, the library is indexed with `built`."""
        return cls(
            f"资料库的索引是用向量模型 {built} 建的，而现在指定的是 {wanted}。"
            f"要换成它，请运行 zhengwen model {wanted}；要沿用原来的，请去掉 ZHENGWEN_EMBEDDING"
        )

    @classmethod
    def of_vectors(cls, built: str, now: str, model: str) -> EmbeddingMismatch:
        """The model called `model` is no longer the one that made the vectors: `built` then, `now` today."""
        told = f"资料库的索引是用另一个向量模型（{built}）建的，现在用的是 {now}。请运行"
        if built.startswith(EMBEDDED) and now.startswith(EMBEDDED):
            return cls(f"{told} zhengwen repair 重建")
        return cls(f"{told} zhengwen model {model} 重建，或把原来的模型文件和 ZHENGWEN_BACKEND 换回去")


class ModelUnavailable(LibraryError):
    """A pretrained model can't be found, must not be opened, or doesn't compute."""


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


class GenerationBlocked(GenerationDamaged):
    """Nothing may be wrong with the generation, but the disk or the rights to it keep it from being read."""
