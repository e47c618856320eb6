"""Which of several versions of one document a question means, and what to say of one that is no longer current."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.compose import named
from vectorstore.model import Document, Hit

_VERSION = re.compile(
    r"[（(]?\s*((?:19|20)\d{2})\s*年?\s*(?:\d{1,2}月(?:\d{1,2}日)?)?\s*"
    r"(?:第[一二三四五六七八九十]{1,2}次)?(?:修正|修订|修改|通过|公布|颁布|发布|印发|制定|批准|版本|版|文本)(?:后|过|本|版|文本)?\s*[）)]?的?"
)
"""2010年修正的, （2018年修订）, 2015年版."""
_FORMER = re.compile(r"(?:修[正订改]|更新|废止)(?:之?前|以前)的?|旧版本?的?|旧法|原版本?的?|老版本?的?|过去的版本")
_EDITION = re.compile(r"\s*[(（][^()（）]{1,30}[)）]$")


def without_edition(title: str) -> str:
    """The title without what tells its versions apart: （2010年修正）."""
    return _EDITION.sub("", title) or title


def without_version(question: str) -> str:
    """The question without the words that say which version it means."""
    return _FORMER.sub("", _VERSION.sub("", question))


def meant(question: str, documents: Iterable[Document]) -> list[Document]:
    """Those of the documents that the question means: where it names a version of one, that; else all."""
    families: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        families[_kept(document)].append(document)
    years = set(map(int, _VERSION.findall(question)))
    former = bool(_FORMER.search(question))
    return [document for family in families.values() for document in _chosen(family, years, former=former)]


def _chosen(family: list[Document], years: set[int], *, former: bool) -> list[Document]:
    named_by_year = [d for d in family if (d.date and d.date.year in years) or any(str(y) in d.title for y in years)]
    if years and named_by_year:
        return named_by_year
    older = [document for document in family if document.superseded and document.superseded.kind == "older"]
    return older if former and older else family


def without_copies(hits: Sequence[Hit]) -> list[Hit]:
    """The hits but those of copies whose kept document is hit as well: it says the same."""
    held = {hit.document.id for hit in hits}
    return [hit for hit in hits if not (_is_copy(hit.document) and _kept(hit.document) in held)]


def _is_copy(document: Document) -> bool:
    return document.superseded is not None and document.superseded.kind == "copy"


def _kept(document: Document) -> str:
    return document.superseded.doc_id if document.superseded else document.id


def outdated(document: Document) -> str | None:
    """What a reader of an old version must know; None for a current document."""
    newer = document.superseded
    if newer is None or newer.kind != "older":
        return None
    day = f"（{document.date.year}年{document.date.month}月{document.date.day}日）" if document.date else ""
    return f"{named(document)}{day}是旧版，资料库中的现行版是{newer.named()}。"
