"""A small OpenID Connect provider over real HTTP, which logs everybody in as one person without asking."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SECRET = "zhengwen", "a-secret-for-these-tests"


class Provider(ThreadingHTTPServer):
    """Knows one person; remembers the codes it gave out, each with what must be proven for it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.key = jwk.RSAKey.generate_key(2048, {"kid": "one"})
        self.codes: dict[str, dict[str, str]] = {}
        self.person = {"sub": "0017", "email": "li@example.com", "name": "李 <b>$x$"}


class _Desk(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
        here = self.server.url
        if path == "/.well-known/openid-configuration":
            self._say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "jwks_uri": f"{here}/keys",
                    "end_session_endpoint": f"{here}/leave",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                }
            )
        elif path == "/keys":
            self._say({"keys": [self.server.key.as_dict(private=False)]})
        elif path == "/authorize":
            assert asked["client_id"] == CLIENT and "openid" in asked["scope"]
            code = f"code-{len(self.server.codes)}"
            self.server.codes[code] = asked
            self._send_on(asked["redirect_uri"], code=code, state=asked["state"])
        else:
            self._send_on(asked["post_logout_redirect_uri"])

    def do_POST(self) -> None:
        asked = _flat(self.rfile.read(int(self.headers["content-length"])).decode())
        given = self.server.codes.pop(asked["code"])
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).rstrip(b"=")
        assert proof.decode() == given["code_challenge"] and asked["redirect_uri"] == given["redirect_uri"]
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        assert self.headers["authorization"] == f"Basic {known}"
        now = int(time.time())
        claims = {"iss": self.server.url, "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": given["nonce"]}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, {**claims, **self.server.person}, self.server.key)
        self._say({"access_token": "opaque", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def _say(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_on(self, address: str, **values: str) -> None:
        self.send_response(302)
        self.send_header("location", f"{address}?{urlencode(values)}" if values else address)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, at work."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
