"""The writer's children for one build: one fills Chroma and checks the result, one fills the lexical index."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from vectorstore.child import Child
from vectorstore.feed import Feed


class Crew:
    """Started by constructing it, long before there is work: what they import takes a second. Its context ends them."""

    def __init__(self) -> None:
        self.feed: Feed | None = None
        """What is stored ahead of the build, if anything is."""
        with ExitStack() as starting:
            self.vectors = starting.enter_context(Child("vectorstore.index_vectors", doing="向量索引的建立"))
            self.lexical = starting.enter_context(Child("vectorstore.index_terms", doing="关键词索引的建立"))
            self._ending = starting.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def dismiss(self) -> None:
        """End them, and delete what they have stored ahead of a build."""
        self._ending.close()
        if self.feed is not None:
            shutil.rmtree(self.feed.folder, ignore_errors=True)

    def check(self, folder: Path) -> None:
        """Open and search the generation in `folder`; raises GenerationDamaged with what was found.

        The child that may have filled it opens it anew: a broken vector index can end the process that opens it.
        """
        self.vectors.tell({"check": str(folder.resolve())})
        self.vectors.finish()
