"""What a browser is told to fetch at once: scripts that are there, once each, and none that the page names itself."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import streamlit

from tests.ui.serving import REPOSITORY
from ui.preloading import Preloading, scripts

STATIC = Path(streamlit.__file__).parent / "static"


def headers(kind: bytes, method: str = "GET") -> dict[bytes, bytes]:
    """What a response of this content type is sent with."""
    sent: list[Any] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Preloading(page, static=STATIC)({"type": "http", "method": method}, None, send))
    return dict(sent[0]["headers"])


def test_the_elements_of_the_first_screen_are_there_with_what_they_import() -> None:
    found = scripts(STATIC)
    stems = {name.split(".")[0] for name in found}
    assert {"ChatInput", "BidiComponent", "Html", "Multiselect", "WidgetLabel"} <= stems
    index = (STATIC / "index.html").read_text(encoding="utf-8")
    assert len(found) == len(set(found)) and not any(name in index for name in found)
    assert all((STATIC / "static" / "js" / name).is_file() for name in found)


def test_only_the_page_itself_names_them_and_briefly() -> None:
    link = headers(b"text/html; charset=utf-8")[b"link"]
    assert link.count(b"rel=modulepreload") == len(scripts(STATIC)) and len(link) < 3000  # proxies take 4 KB of head
    assert b"link" not in headers(b"application/javascript") and b"link" not in headers(b"text/html", "HEAD")


def test_another_streamlit_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html></html>")
    assert scripts(tmp_path) == []


def test_what_streamlit_does_once_is_done_before_the_first_visitor_comes() -> None:
    from streamlit import delta_generator

    from ui.page.warming import warm

    warm()
    assert delta_generator._use_warning_has_been_displayed


def test_the_first_screen_needs_no_pandas(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from streamlit.testing.v1 import AppTest\n"
        "from tests.ui.fakes import FakeDesk\n"
        "from tests.ui.paging import APP, elements\n"
        "from ui import desk\n"
        f"desk.use(FakeDesk(Path({str(tmp_path)!r})))\n"
        "page = AppTest.from_file(str(APP), default_timeout=60).run()\n"
        "assert elements(page, 'choices')[0]['items']\n"
        "assert 'pandas' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
