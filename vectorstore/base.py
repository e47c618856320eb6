"""The generation that a library's next one starts from: the newest whose catalog can be read."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from vectorstore.catalog import Catalog
from vectorstore.errors import GenerationBlocked, GenerationDamaged, LibraryBlocked, LibraryDamaged
from vectorstore.generation import CATALOG
from vectorstore.layout import Layout
from vectorstore.manifest import Manifest, check_files, read_manifest

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Base:
    """A generation with its catalog open; whoever asked for it closes that."""

    manifest: Manifest
    folder: Path
    catalog: Catalog


def newest_readable(layout: Layout) -> Base | None:
    """The newest generation of `layout` whose catalog is intact; None where there is no generation yet.

    Raises LibraryDamaged when there are generations and none can be read, LibraryBlocked when the machine hinders it.
    """
    for number in layout.servable():
        folder = layout.folder(number)
        try:
            manifest = read_manifest(folder)
            check_files(folder, manifest, only=CATALOG)
        except GenerationBlocked as error:
            raise LibraryBlocked.of(layout.home, error) from error
        except GenerationDamaged as error:
            _log.warning("资料库第 %d 代的目录已损坏，其中新入库的文件需要重新 zhengwen ingest：%s", number, error)
            continue
        return Base(manifest, folder, Catalog(folder / CATALOG))
    if layout.servable() or layout.current() is not None:
        raise LibraryDamaged(
            f"{layout.home} 里的资料库已损坏，没有一代的目录能读。原文件还在 {layout.originals}，"
            f"请删除 {layout.generations} 和 {layout.current_file}，再重新 zhengwen ingest"
        )
    return None
