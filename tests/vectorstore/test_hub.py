"""Models by name: fetched once from a hub that serves HTTP here, only what is safe, and from then on without it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.tiny_models import bi_encoder, needed
from vectorstore.model_folder import fingerprint

REPOSITORY = Path(__file__).resolve().parents[2]
FETCH = """
import json, sys
from pathlib import Path
from vectorstore.errors import ModelUnavailable
from vectorstore.model_folder import EMBEDDING, fingerprint, folder_of
try:
    folder = folder_of(sys.argv[1], EMBEDDING)
except ModelUnavailable as error:
    print(json.dumps({"error": str(error)}))
else:
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    print(json.dumps({"files": files, "fingerprint": fingerprint(folder)}))
"""
SHA = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves folders as the hub serves repositories; remembers which files were asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.folders: dict[str, Path] = {}
        self.broken: set[str] = set()
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_: object) -> None: ...

    def _answer(self, *, body: bool) -> None:
        path = self.path.split("?")[0].removeprefix("/api/models").strip("/")
        name = next((name for name in self.server.folders if path == name or path.startswith(f"{name}/")), None)
        if name is None:
            return self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, body)
        folder, rest = self.server.folders[name], path.removeprefix(name).strip("/")
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        if rest.startswith("tree"):
            listed = [{"type": "file", "path": file.relative_to(folder).as_posix(), **_facts(file)} for file in files]
            return self._send(200, json.dumps(listed).encode(), {}, body)
        if not rest.startswith("resolve"):
            siblings = [{"rfilename": file.relative_to(folder).as_posix()} for file in files]
            told = {"id": name, "modelId": name, "sha": SHA, "siblings": siblings, "private": False, "tags": []}
            return self._send(200, json.dumps(told).encode(), {}, body)
        wanted = rest.split("/", 2)[2]
        self.server.asked.append(wanted)
        if wanted in self.server.broken and body:
            return self._send(500, b"", {}, body)
        data = (folder / wanted).read_bytes()
        etag = hashlib.sha256(data).hexdigest() if wanted.endswith(".safetensors") else hashlib.sha1(data).hexdigest()
        return self._send(200, data, {"ETag": f'"{etag}"', "X-Repo-Commit": SHA}, body)

    def _send(self, status: int, data: bytes, headers: dict[str, str], body: bool) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(data)


def _facts(file: Path) -> dict[str, object]:
    data = file.read_bytes()
    facts: dict[str, object] = {"size": len(data), "oid": hashlib.sha1(data).hexdigest()}
    if file.suffix == ".safetensors":
        facts["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 128}
    return facts


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    needed()
    folder = bi_encoder(tmp_path / "bi")
    (folder / "README.md").write_text("说明", encoding="utf-8")
    (folder / "pytorch_model.bin").write_bytes(b"a pickle")
    (folder / "own.py").write_text("raise SystemExit", encoding="utf-8")
    (folder / "onnx").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(b"onnx")
    serving = Hub()
    serving.folders = {"sentence-transformers/tiny": folder}
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield serving
    serving.shutdown()
    serving.server_close()


def fetch(name: str, hub: Hub, cache: Path) -> dict[str, object]:
    """What a fresh process gets, with a cache of its own."""
    environment = {**os.environ, "HF_ENDPOINT": hub.address, "HF_HOME": str(cache), "HF_HUB_DISABLE_XET": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FETCH, name], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_name_is_fetched_once_and_only_what_is_safe(hub: Hub, tmp_path: Path) -> None:
    folder = hub.folders["sentence-transformers/tiny"]
    first = fetch("tiny", hub, tmp_path / "cache")  # the organisation goes without saying
    assert first["fingerprint"] == fingerprint(folder)
    files = first["files"]
    assert isinstance(files, list) and "model.safetensors" in files and "1_Pooling/config.json" in files
    assert not {"pytorch_model.bin", "own.py", "README.md", "onnx/model.onnx"} & {*files, *hub.asked}
    hub.folders.clear()
    hub.asked.clear()
    assert fetch("sentence-transformers/tiny", hub, tmp_path / "cache") == first
    assert hub.asked == []


def test_a_download_that_broke_off_is_finished_the_next_time(hub: Hub, tmp_path: Path) -> None:
    hub.broken = {"model.safetensors"}
    told = fetch("tiny", hub, tmp_path / "cache")["error"]
    assert "下载不到" in str(told) and "\n" not in str(told)
    hub.broken = set()
    assert "model.safetensors" in str(fetch("tiny", hub, tmp_path / "cache")["files"])


def test_a_pickle_is_not_even_fetched_and_an_unknown_name_is_told(hub: Hub, tmp_path: Path) -> None:
    (hub.folders["sentence-transformers/tiny"] / "model.safetensors").unlink()
    assert "pickle" in str(fetch("tiny", hub, tmp_path / "cache")["error"])
    assert hub.asked == []
    assert "没有名为“somebody/else”" in str(fetch("somebody/else", hub, tmp_path / "cache")["error"])
    assert "没有名为“no such name”" in str(fetch("no such name", hub, tmp_path / "cache")["error"])
