"""A folder that can't be written or a full disk ends in an error that says so, and the library as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.vectorstore.conftest import EMBEDDER, POLICIES
from vectorstore.borrowed import opened
from vectorstore.errors import GenerationBlocked, GenerationDamaged, LibraryError
from vectorstore.library import Library
from vectorstore.writer import Writer

PUBLISH = """
import resource, signal, sys
from pathlib import Path
from tests.vectorstore.conftest import make, publish
from vectorstore.borrowed import opened
from vectorstore.errors import GenerationBlocked, GenerationDamaged, LibraryError
home, limit = Path(sys.argv[1]), int(sys.argv[2])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    publish(home, make("大文件", "\\n".join(f"第{i}项由值班室登记。" for i in range(200))))
except LibraryError as error:
    sys.exit(f"LibraryError: {error}")
"""
READ = """
import resource, signal, sys
from pathlib import Path
from tests.vectorstore.conftest import EMBEDDER
from vectorstore.borrowed import opened
from vectorstore.errors import GenerationBlocked, GenerationDamaged, LibraryError
from vectorstore.library import Library
limit = int(sys.argv[2])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with Library.open(Path(sys.argv[1]), embedding=EMBEDDER) as library:
        found = library.search("柑橘补贴", k=1)
        sys.stdout.write(f"{found[0].document.title} {len(library.documents())}")
except LibraryError as error:
    sys.exit(f"LibraryError: {error}")
"""


def publish_in_child(
    home: Path, *, file_limit: int = 0, prefix: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "-c", PUBLISH, str(home), str(file_limit)]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)


def read_in_child(home: Path, *, file_limit: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """Search and list, without the privileges of root; tells how many documents there are."""
    command = [*unprivileged(), sys.executable, "-c", READ, str(home), str(file_limit)]
    root, known = Path(__file__).resolve().parents[2], {**os.environ, **environment}
    return subprocess.run(command, cwd=root, env=known, capture_output=True, text=True, timeout=120, check=False)


def assert_as_before(home: Path) -> None:
    with Library.open(home, embedding=EMBEDDER) as library:
        assert (library.generation, library.notice) == (1, None)
        assert library.search("柑橘补贴", k=1)[0].document == POLICIES[1][0]


@pytest.mark.parametrize("file_limit", [1_000, 30_000, 200_000])
def test_a_full_disk(home: Path, file_limit: int) -> None:
    """Limits on the size of a file stand in for it: they hit originals, catalog and vectors in turn."""
    done = publish_in_child(home, file_limit=file_limit)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("LibraryError: ")
    assert_as_before(home)
    assert [path.name for path in (home / "generations").iterdir()] == ["000001"]


@contextmanager
def unwritable(home: Path) -> Iterator[None]:
    """The library as somebody else's, who lets it be read only."""
    folders = [home, *(path for path in home.rglob("*") if path.is_dir())]
    for path in home.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    home.chmod(0o555)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o755)
        for path in home.rglob("*"):
            path.chmod(0o755)


def unprivileged() -> tuple[str, ...]:
    """Before a command: root may write everywhere, unless it gives that up."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv to try this as root")
    return ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")


def test_a_read_only_folder(home: Path) -> None:
    with unwritable(home):
        done = publish_in_child(home, prefix=unprivileged())
    assert done.returncode == 1
    assert "无法写入资料库" in done.stderr.splitlines()[-1]
    assert_as_before(home)


def test_a_read_only_library_is_searched_in_a_copy_that_goes_again(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "copies"
    place.mkdir()
    with unwritable(home):
        done = read_in_child(home, TMPDIR=str(place))
    title = POLICIES[1][0].title
    assert (done.returncode, done.stdout) == (0, f"{title} {len(POLICIES)}"), done.stderr
    assert "副本" in done.stderr and not any(place.iterdir())
    assert_as_before(home)


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(LibraryError, match="无法写入资料库"), Writer(tmp_path / "home", embedding=EMBEDDER):
        pass


def test_what_a_full_disk_keeps_from_opening_is_opened_in_a_copy(tmp_path: Path) -> None:
    folder = tmp_path / "engine"
    (folder / "part").mkdir(parents=True)
    (folder / "part" / "data").write_text("数据", encoding="utf-8")

    def read(place: Path) -> str:
        if place == folder:  # an engine that must write there first
            raise GenerationBlocked("磁盘已满")
        return (place / "part" / "data").read_text(encoding="utf-8") + place.name

    with ExitStack() as held:
        told = opened(read, folder, held)
        assert told.startswith("数据") and folder.name not in told
        copy = Path(tempfile.gettempdir()) / told.removeprefix("数据")
        assert copy.is_dir()
    assert not copy.exists()


def test_damage_is_not_copied(tmp_path: Path) -> None:
    def read(_: Path) -> str:
        raise GenerationDamaged("内容已损坏")

    with ExitStack() as held, pytest.raises(GenerationDamaged, match="内容已损坏"):
        opened(read, tmp_path, held)
