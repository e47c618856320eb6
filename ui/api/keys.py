"""Keys of the HTTP API: made, listed and revoked in state.sqlite, which holds the hash of each and never the key."""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

from bot.state import State, state_of
from ui.errors import WrongUsage

Scope = Literal["ask", "admin"]
"""What a key opens: asking and reading, or adding and removing documents too."""
PREFIX = "zw"
_STEPS = (
    "CREATE TABLE keys (id TEXT PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL, hash TEXT NOT NULL, "
    "created TEXT NOT NULL, revoked TEXT) WITHOUT ROWID",
    "ALTER TABLE keys ADD COLUMN expires TEXT",
)
_FIELDS = "id, name, scope, created, revoked, expires"
_LONGEST = 200
_NO_KEY = "0" * 64


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; not the key itself."""

    id: str
    name: str
    scope: Scope
    created: datetime
    revoked: datetime | None = None
    expires: datetime | None = None
    """From when on it opens nothing; None for a key that lasts until it is revoked."""

    @property
    def expired(self) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= _now()


class Keys:
    """The keys at `home`. Every method raises StateUnavailable where the file can't be read or written."""

    def __init__(self, home: Path | State) -> None:
        self._state = home if isinstance(home, State) else state_of(home)
        self._room = self._state.room("keys", _STEPS)

    def create(self, scope: Scope, *, name: str = "", days: int | None = None) -> tuple[Key, str]:
        """A new key, and the text that its holder sends; that is told this once and can't be had again. It lasts for
        so many `days`, or until it is revoked."""
        now = _now()
        expires = now + timedelta(days=days) if days is not None else None
        key = Key(secrets.token_hex(4), name.strip()[:60], scope, now, expires=expires)
        text = f"{PREFIX}-{key.id}-{secrets.token_urlsafe(32)}"
        values = (key.id, key.name, scope, _hash(text), now.isoformat(), expires.isoformat() if expires else None)
        insert = "INSERT INTO keys (id, name, scope, hash, created, expires) VALUES (?, ?, ?, ?, ?, ?)"
        self._room.write(lambda db: db.execute(insert, values))
        return key, text

    def list(self) -> list[Key]:
        """All keys, revoked ones too, oldest first."""
        if not self._state.file.exists():
            return []
        select = f"SELECT {_FIELDS} FROM keys ORDER BY created, id"
        return [_key(row) for row in self._room.read(lambda db: db.execute(select).fetchall())]

    def any(self) -> bool:
        """Whether a key was ever made here, be it revoked: from then on the API is closed to those without one."""
        if not self._state.file.exists():
            return False
        return self._room.read(lambda db: db.execute("SELECT 1 FROM keys LIMIT 1").fetchone()) is not None

    def revoke(self, id: str) -> Key:
        """Make the key open nothing from now on. Raises WrongUsage where there is none of this id."""

        def work(db: sqlite3.Connection) -> Key | None:
            now = _now().isoformat()
            db.execute("UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", (now, id))
            row = db.execute(f"SELECT {_FIELDS} FROM keys WHERE id = ?", (id,)).fetchone()
            return _key(row) if row else None

        found = self._room.write(work)
        if found is None:
            raise WrongUsage(f"没有编号为 {id} 的密钥。用 zhengwen keys list 查看全部密钥。")
        return found

    def check(self, text: str) -> Key | None:
        """The key that somebody sent; None for one that was never made, was revoked, or has expired."""
        prefix, _, rest = text.partition("-")
        id = rest.partition("-")[0]
        if prefix != PREFIX or not id or len(text) > _LONGEST or not self._state.file.exists():
            return None
        select = f"SELECT {_FIELDS}, hash FROM keys WHERE id = ?"
        row = self._room.read(lambda db: db.execute(select, (id,)).fetchone())
        # Compared in constant time, and also where there is no such key.
        same = hmac.compare_digest(_hash(text), row[-1] if row else _NO_KEY)
        key = _key(row[:-1]) if row and same else None
        return key if key is not None and key.revoked is None and not key.expired else None


def _hash(text: str) -> str:
    # One round is enough: unlike a password, a key is 256 random bits, which nobody guesses.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(row: tuple[str, str, Scope, str, str | None, str | None]) -> Key:
    id, name, scope, created, *later = row
    revoked, expires = (datetime.fromisoformat(moment) if moment else None for moment in later)
    return Key(id, name, scope, datetime.fromisoformat(created), revoked, expires)


def _now() -> datetime:
    return datetime.now(UTC)
