"""Documents come and go while the server answers, and whatever is sent, nothing is written outside its folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ui.api.conftest import client
from tests.ui.serving import serving

RULE = "云川市夜间集市管理办法\n云政发〔2030〕7号\n第一条 夜间集市每晚九点收摊。\n第二条 摊位费每月二百元。\n"


@pytest.fixture(scope="module")
def http(policies_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    home = Path(shutil.copytree(policies_home, tmp_path_factory.mktemp("changing") / "home"))
    with serving(home, home.parent / "log") as running, client(running) as found:
        found.headers["X-Home"] = str(home)
        yield found


def finished(http: httpx.Client, response: httpx.Response) -> dict[str, Any]:
    """The job, once it has ended."""
    assert response.status_code == 202, response.text
    limit = time.monotonic() + 60
    while (job := http.get(response.headers["location"].removeprefix("/v1")).json())["state"] in ("waiting", "running"):
        assert time.monotonic() < limit
        time.sleep(0.1)
    return dict(job)


def test_a_document_is_added_asked_and_removed(http: httpx.Client) -> None:
    question = {"question": "夜间集市每晚几点收摊?"}
    assert http.post("/ask", json=question).json()["status"] == "not_found"
    job = finished(http, http.post("/documents", files={"files": ("集市办法.txt", RULE.encode())}))
    assert job["state"] == "done" and job["error"] is None
    (outcome,) = job["outcomes"]
    assert (outcome["file"], outcome["status"]) == ("集市办法.txt", "added")
    told = http.post("/ask", json=question).json()
    assert "九点" in told["text"] and told["citations"][0]["document"]["source"] == "集市办法.txt"
    again = finished(http, http.post("/documents", files={"files": ("copy.txt", RULE.encode())}))
    assert again["outcomes"][0]["status"] == "unchanged"
    original = http.get(f"/documents/{outcome['document']}/original")
    assert original.content == RULE.encode() and "filename" in original.headers["content-disposition"]
    gone = finished(http, http.delete(f"/documents/{outcome['document']}"))
    assert gone["state"] == "done" and gone["kind"] == "remove"
    assert http.post("/ask", json=question).json()["status"] == "not_found"


def test_a_document_is_replaced_in_one_step(http: httpx.Client) -> None:
    question = {"question": "夜间集市每晚几点收摊?"}
    first = finished(http, http.post("/documents", files={"files": ("集市办法.txt", RULE.encode())}))
    (old,) = first["outcomes"]
    place = f"/documents/{old['document']}"
    kept = finished(http, http.put(place, files={"file": ("坏.pdf", b"MZ")}))
    assert [one["status"] for one in kept["outcomes"]] == ["failed"]
    same = finished(http, http.put(place, files={"file": ("一样.txt", RULE.encode())}))
    assert [one["status"] for one in same["outcomes"]] == ["unchanged"]
    assert "九点" in http.post("/ask", json=question).json()["text"]
    job = finished(http, http.put(place, files={"file": ("集市办法.txt", RULE.replace("九点", "十一点").encode())}))
    assert [one["status"] for one in job["outcomes"]] == ["added", "removed"]
    assert "十一点" in http.post("/ask", json=question).json()["text"]
    assert http.get(place).status_code == 404
    assert http.put(place, files={"file": ("a.txt", b"a")}).status_code == 404
    finished(http, http.delete(f"/documents/{job['outcomes'][0]['document']}"))


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(http: httpx.Client) -> None:
    before = http.get("/documents").json()["total"]
    files = [
        ("files", ("../../../tmp/zw-evil.txt", b"")),
        ("files", ("/etc/zw-passwd", b"root")),
        ("files", ("C:\\windows\\zw\\通知.txt", RULE.replace("九点", "八点").encode())),
        ("files", ("a\r\nb\u202e\x00.txt", RULE.replace("九点", "七点").encode())),
        ("files", ("长" * 400 + ".txt", RULE.replace("九点", "六点").encode())),
        ("files", ("program.pdf", b"MZ\x90\x00")),
    ]
    job = finished(http, http.post("/documents", files=files))
    status = {outcome["file"]: outcome["status"] for outcome in job["outcomes"]}
    assert status["zw-evil.txt"] == status["program.pdf"] == status["zw-passwd"] == "failed"
    assert status["通知.txt"] == "added" and sorted(status.values()).count("added") == 3
    assert http.get("/documents").json()["total"] == before + 3
    home = Path(http.headers["X-Home"])
    assert not any((home / "uploads").iterdir())  # nothing is left behind
    assert not list(Path("/tmp").glob("zw-evil*")) and not Path("/etc/zw-passwd").exists()


def test_no_file_at_all_is_refused(http: httpx.Client) -> None:
    assert http.post("/documents").status_code == 400
    assert http.post("/documents", data={"files": "not a file"}).status_code == 400
