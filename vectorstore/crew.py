"""The writer's three children for one build: they fill Chroma and the lexical index, and check the result."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Self

from vectorstore.child import Child


class Crew:
    """Started by constructing it, long before there is work: what they import takes a second. Its context ends them."""

    def __init__(self) -> None:
        with ExitStack() as starting:
            self.vectors = starting.enter_context(Child("vectorstore.index_vectors", doing="向量索引的建立"))
            self.lexical = starting.enter_context(Child("vectorstore.index_terms", doing="关键词索引的建立"))
            self._checker = starting.enter_context(Child("vectorstore.verify_generation", doing="新建索引的检查"))
            self._ending = starting.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def check(self, folder: Path) -> None:
        """Open and search the generation in `folder`; raises GenerationDamaged with what was found."""
        self._checker.tell(str(folder.resolve()))
        self._checker.finish()
