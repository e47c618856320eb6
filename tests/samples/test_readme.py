"""Every snippet of the READMEs runs and prints what is shown, on a library of the sample briefs."""

import doctest
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
READMES = [REPO / "README.md", REPO / "README.zh-CN.md"]
ZHENGWEN = Path(sys.executable).with_name("zhengwen")
SECONDS = re.compile(r"用时 [\d.]+ 秒")


def fences(readme: Path, language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", readme.read_text(encoding="utf-8"), flags=re.M | re.S)


def sessions(readme: Path) -> Iterator[tuple[list[str], str]]:
    """Every `$ zhengwen …` of the console blocks with the output shown below it; "" where none is shown."""
    for block in fences(readme, "console"):
        for session in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = session.partition("\n")
            words = shlex.split(command, comments=True)
            if words[0] == "zhengwen":
                yield words[1:], output


def plain(output: str) -> str:
    """The output but for what differs from run to run: the seconds, and white space at the ends of lines."""
    return "\n".join(line.rstrip() for line in SECONDS.sub("用时 … 秒", output).strip().splitlines())


@pytest.fixture
def samples(samples_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGWEN_HOME", str(samples_home))


@pytest.mark.usefixtures("samples")
@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_python(readme: Path) -> None:
    snippets = fences(readme, "python")
    assert snippets
    test = doctest.DocTestParser().get_doctest("\n".join(snippets), {}, readme.name, str(readme), 0)
    told: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert outcome.attempted >= 3
    assert outcome.failed == 0, "".join(told)


@pytest.mark.usefixtures("samples")
@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_console(readme: Path) -> None:
    shown = [(arguments, output) for arguments, output in sessions(readme) if output.strip()]
    assert shown
    for arguments, output in shown:
        ran = subprocess.run([ZHENGWEN, *arguments], capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert plain(ran.stdout) == plain(output), (arguments, ran.stderr)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_commands_named_exist(readme: Path) -> None:
    """Also those whose output isn't shown, and those in running text."""
    told = subprocess.run([ZHENGWEN, "--help"], capture_output=True, encoding="utf-8", timeout=60, check=True).stdout
    exist = set(re.findall(r"^  (\w+) ", told, flags=re.M))
    named = set(re.findall(r"zhengwen ([a-z]+)\b", "\n".join(re.findall(r"`[^`]+`", readme.read_text("utf-8")))))
    assert {"ingest", "ask", "serve"} <= named <= exist
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.M))
    assert set(re.findall(r"\bmake ([a-z]+)", readme.read_text("utf-8"))) <= targets


@pytest.mark.parametrize("page", [*REPO.glob("*.md"), *REPO.glob("docs/**/*.md")], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Files and pictures that a page links to are there."""
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
