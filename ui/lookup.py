"""Finds the document a person means: by its id, its title, or the beginning of either."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.errors import WrongUsage
from vectorstore.errors import DocumentNotFound
from vectorstore.model import Document

_NAMED = 5
"""How many candidates an error names."""


def find(documents: Sequence[Document], reference: str) -> Document:
    """The one document that `reference` names: id, title, then a unique beginning or part of one.

    Raises DocumentNotFound when none is meant, WrongUsage when several are.
    """
    wanted = reference.strip().strip("《》")
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda document: document.id == wanted,
        lambda document: document.title == wanted,
        lambda document: document.id.startswith(wanted) or document.title.startswith(wanted),
        lambda document: wanted in document.title,
    )
    for test in tests if wanted else ():
        meant = [document for document in documents if test(document)]
        if len(meant) == 1:
            return meant[0]
        if meant:
            named = "、".join(f"{document.id}《{document.title}》" for document in meant[:_NAMED])
            more = f" 等 {len(meant)} 份" if len(meant) > _NAMED else ""
            raise WrongUsage(f"“{reference}”可以指几份文件：{named}{more}。请写编号。")
    raise DocumentNotFound(f"没有编号或标题为“{reference}”的文件。用 zhengwen documents 查看全部文件。")
