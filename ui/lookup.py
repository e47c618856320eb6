"""How people name a document: title, file and facts, and which one they mean by an id or part of a title."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ui.errors import WrongUsage
from vectorstore.errors import DocumentNotFound
from vectorstore.model import Document

_NAMED = 5
"""How many candidates an error names."""


def titled(document: Document) -> str:
    """The document's title in 《》, unless it has such brackets of its own, as “《…意见》新闻发布会”."""
    return document.title if "《" in document.title else f"《{document.title}》"


def source_name(source: str) -> str:
    """Where a document came from: an address as it is, of a file its name, for folders are nobody's business."""
    return source if "://" in source else re.split(r"[/\\]", source)[-1]


def facts(document: Document) -> str:
    """One line that tells a document from others of like title: what it states of itself."""
    stated = (
        document.doc_number,
        document.issuer,
        document.region,
        document.date and document.date.isoformat(),
        document.kind,
        document.status if document.status != "未知" else None,
    )
    return " · ".join(fact for fact in stated if fact)


def standing(document: Document) -> str | None:
    """What the document is a copy or an old version of, else its status; None where nothing tells."""
    other = document.superseded
    if other is not None and other.kind == "copy":
        return f"与 {other.doc_id} {other.named()}相同"
    if other is not None:
        return f"旧版，现行版为 {other.doc_id} {other.named()}"
    return document.status if document.status != "未知" else None


def find(documents: Sequence[Document], reference: str) -> Document:
    """The one document that `reference` names: id, title, then a unique beginning or part of one.

    Raises DocumentNotFound when none is meant, WrongUsage when several are.
    """
    wanted = reference.strip()
    bare = wanted.removeprefix("《").removesuffix("》")
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda document: document.id == wanted,
        lambda document: document.title in (wanted, bare),
        lambda document: document.id.startswith(wanted) or document.title.startswith((wanted, bare)),
        lambda document: wanted in document.title or bare in document.title,
    )
    for test in tests if bare else ():
        meant = [document for document in documents if test(document)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise WrongUsage(f"“{reference}”可以指几份文件：{_candidates(meant)}。请写编号。")
    raise DocumentNotFound(f"没有编号或标题为“{reference}”的文件。用 zhengwen documents 查看全部文件。")


def find_exactly(documents: Sequence[Document], reference: str) -> Document:
    """The same, where a mistake would be costly: only by the whole id or title. Raises what `find` raises."""
    found = find(documents, reference)
    if reference.strip().removeprefix("《").removesuffix("》") not in (found.id, found.title, titled(found)[1:-1]):
        raise WrongUsage(f"“{reference}”只是编号或标题的一部分。如果指的是 {_candidates([found])}，请写它的编号。")
    return found


def _candidates(documents: Sequence[Document]) -> str:
    """The documents with what tells them apart, the first few."""
    shown = (f"{d.id}{titled(d)}" + (f"（{d.date.isoformat()}）" if d.date else "") for d in documents[:_NAMED])
    return "、".join(shown) + (f" 等 {len(documents)} 份" if len(documents) > _NAMED else "")
