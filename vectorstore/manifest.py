"""MANIFEST.json of a generation: what it was built with, what it holds, and whether its files are as they were."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import GenerationDamaged
from vectorstore.model_folder import EMBEDDED_MODEL
from vectorstore.trouble import damage

FORMAT = 1
_FILE = "MANIFEST.json"
# Chroma writes a row of bookkeeping into its database at every open, and anew the files of a graph that it keeps in the
# database only (fewer than two vectors: no pickle). Of those only the presence can be checked here; what SQLite finds
# wrong comes up at the first search.
_CHANGING = "chroma.sqlite3"
_GRAPH, _GRAPH_KEPT = ".bin", "index_metadata.pickle"
_LOCK_SUFFIX = ".lock"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is.

    `files` maps each path inside the folder to the SHA-256 of its bytes, or to "" for one that may change.
    """

    generation: int
    embedding: str
    dimensions: int
    documents: int
    chunks: int
    created: str
    """UTC, ISO 8601."""
    files: dict[str, str]
    format: int = FORMAT
    model: str = EMBEDDED_MODEL
    """What `load_embedder` takes to give the embedding again."""

    def write(self, folder: Path) -> None:
        text = json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1)
        (folder / _FILE).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in `folder`; raises GenerationDamaged when there is none that can be read."""
    try:
        manifest = Manifest(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise damage(f"{folder / _FILE} 读不出来", error) from error
    if manifest.format != FORMAT:
        raise GenerationDamaged(f"{folder} 的格式是 {manifest.format}，本程序只认识 {FORMAT}")
    return manifest


def fingerprints(folder: Path) -> dict[str, str]:
    """What `Manifest.files` holds for the files of a folder as they are now."""
    return {
        path.relative_to(folder).as_posix(): "" if _may_change(path) else _sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _FILE and path.suffix != _LOCK_SUFFIX
    }


def check_files(folder: Path, manifest: Manifest, *, only: str | None = None) -> None:
    """Raise GenerationDamaged unless the files of the manifest (or `only` this one) are as they were when published."""
    for name, expected in manifest.files.items() if only is None else [(only, manifest.files.get(only, ""))]:
        try:
            intact = (folder / name).exists() if not expected else _sha256(folder / name) == expected
        except OSError as error:
            raise damage(f"{folder / name} 读不出来", error) from error
        if not intact:
            raise GenerationDamaged(f"{folder / name} 的内容已被改动或损坏")


def _may_change(path: Path) -> bool:
    return path.name == _CHANGING or (path.suffix == _GRAPH and not (path.parent / _GRAPH_KEPT).exists())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
