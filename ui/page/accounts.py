"""What .streamlit/secrets.toml says of logging in by OpenID Connect, and what is amiss in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

_SHARED = ("redirect_uri", "cookie_secret")
_EACH = ("client_id", "client_secret", "server_metadata_url")
_CALLBACK = "/oauth2callback"


def accounts() -> bool:
    """Whether it names somebody who knows the visitors, in its part [auth]."""
    try:
        return "auth" in st.secrets
    except (StreamlitSecretNotFoundError, FileNotFoundError):
        return False


def providers() -> list[str | None]:
    """Those that know the visitors: None for the one that [auth] itself describes, else the names of its parts."""
    found = st.secrets["auth"]
    named: list[str | None] = [str(name) for name, value in found.items() if isinstance(value, Mapping)]
    return [None] if "client_id" in found or not named else named


def amiss() -> str | None:
    """Why nobody could log in, and what to do, as a sentence; None where people can, or needn't.

    A file that can't be read may ask for accounts: to go on without it would open the page to all.
    """
    try:
        wanted = "auth" in st.secrets
    except (StreamlitSecretNotFoundError, OSError, UnicodeDecodeError) as error:
        there = [path for path in st.get_option("secrets.files") if Path(path).exists()]
        why = error.__cause__ or error
        return f"读不了 {'、'.join(there)}：{why}。请改好后再启动；不用账号登录，请把它移走。" if there else None
    if not wanted:
        return None
    if not (find_spec("authlib") and find_spec("httpx")):
        return "设了 [auth] 登录，但缺少它要用的程序包。请运行 pip install 'zhengwen[login]' 后再启动。"
    found = next(_faults(), None)
    return f"设了 [auth] 登录，但 .streamlit/secrets.toml 里{found}。请改好后再启动。" if found else None


def _faults() -> Iterator[str]:
    auth = st.secrets["auth"]
    if not isinstance(auth, Mapping):
        yield " auth 不是一节，应写成 [auth]"
        return
    parts: list[tuple[str, Mapping[str, Any], tuple[str, ...]]] = [("[auth]", auth, _SHARED)]
    parts += [
        ("[auth]", auth, _EACH) if name is None else (f"[auth.{name}]", auth[name], _EACH) for name in providers()
    ]
    for part, values, wanted in parts:
        lacking = [key for key in wanted if not values.get(key)]
        if lacking:
            yield f"的 {part} 缺少 {'、'.join(lacking)}"
    if not str(auth["redirect_uri"]).endswith(_CALLBACK):
        yield f"的 redirect_uri 应以 {_CALLBACK} 结尾"
    for name in providers():
        if name and "_" in name:
            yield f"的 [auth.{name}] 名称里不能有下划线"
