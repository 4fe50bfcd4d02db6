"""Messages of visits and findings to be sent, in SQLite, so that a stop or crash loses none.

What was acknowledged is here before the acknowledgement goes out. It holds whole messages, so it
is readable by its owner alone, and visits are forgotten some days after their last message.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from notecheck.log.store import LogError

T = TypeVar("T")
_TABLES = """
CREATE TABLE IF NOT EXISTS messages (
  number INTEGER PRIMARY KEY, visit TEXT NOT NULL, kind TEXT NOT NULL, control_id TEXT NOT NULL,
  raw BLOB NOT NULL, UNIQUE (visit, kind, control_id));
CREATE TABLE IF NOT EXISTS visits (
  visit TEXT PRIMARY KEY, changed REAL NOT NULL, open INTEGER NOT NULL, told TEXT);
CREATE TABLE IF NOT EXISTS outbox (
  number INTEGER PRIMARY KEY, visit TEXT NOT NULL, body BLOB NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0);
"""


class StoreError(LogError):
    """The store of HL7 messages cannot be used; nothing that it did not take was acknowledged."""

    code = "NC410"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A finding that waits to be sent; `tries` have failed."""

    number: int
    visit: str
    body: bytes
    tries: int


class Store:
    """`run` calls these methods on the one thread that uses the file. They raise StoreError."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hl7")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._file.executescript(
                f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {_TABLES}"
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the HL7 store cannot be used: {error}", where=str(path)) from None

    async def run(self, method: Callable[..., T], *values: Any) -> T:
        """`method(*values)` on the store's thread."""
        import asyncio

        def told() -> T:
            try:
                return method(*values)
            except sqlite3.Error as error:
                raise StoreError(f"the HL7 store failed: {error}") from None

        return await asyncio.get_running_loop().run_in_executor(self._thread, told)

    def take(self, visit: str, kind: str, control_id: str, raw: bytes) -> bool:
        """Keeps a message; False when it was sent before (same kind and control id)."""
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            kept = self._file.execute(
                "INSERT INTO messages (visit, kind, control_id, raw) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (visit, kind, control_id, raw),
            ).rowcount
            if kept:
                self._file.execute(
                    "INSERT INTO visits (visit, changed, open) VALUES (?, ?, 1) "
                    "ON CONFLICT (visit) DO UPDATE SET changed = excluded.changed, open = 1",
                    (visit, time.time()),
                )
        return bool(kept)

    def open_visits(self, quiet_seconds: float) -> list[tuple[str, float]]:
        """Visits to check, and when each changed: nothing came for them for a while."""
        return self._file.execute(
            "SELECT visit, changed FROM visits WHERE open AND changed <= ? ORDER BY changed",
            (time.time() - quiet_seconds,),
        ).fetchall()

    def messages(self, visit: str) -> list[bytes]:
        """The messages of a visit in the order in which they came."""
        rows = self._file.execute(
            "SELECT raw FROM messages WHERE visit = ? ORDER BY number", (visit,)
        )
        return [raw for (raw,) in rows]

    def told(self, visit: str) -> str | None:
        """The hash of the report that was last sent about the visit."""
        row: tuple[str | None] | None = self._file.execute(
            "SELECT told FROM visits WHERE visit = ?", (visit,)
        ).fetchone()
        return row[0] if row else None

    def settle(self, visit: str, changed: float, told: str | None, body: bytes | None) -> None:
        """The visit was checked as it was at `changed`; `body` is a new finding to send."""
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            if body is not None:
                self._file.execute("INSERT INTO outbox (visit, body) VALUES (?, ?)", (visit, body))
            self._file.execute(
                "UPDATE visits SET open = CASE WHEN changed = ? THEN 0 ELSE 1 END, told = ? "
                "WHERE visit = ?",
                (changed, told, visit),
            )

    def next_outgoing(self) -> Outgoing | None:
        """The oldest finding, if its time has come."""
        row = self._file.execute(
            "SELECT number, visit, body, tries, due FROM outbox ORDER BY number LIMIT 1"
        ).fetchone()
        return Outgoing(*row[:4]) if row and row[4] <= time.time() else None

    def sent(self, number: int) -> None:
        """The finding needs no more sending."""
        self._file.execute("DELETE FROM outbox WHERE number = ?", (number,))

    def failed(self, number: int, pause: float) -> None:
        """Sending failed; the next try is after `pause` seconds."""
        self._file.execute(
            "UPDATE outbox SET tries = tries + 1, due = ? WHERE number = ?",
            (time.time() + pause, number),
        )

    def forget(self, days: float) -> None:
        """Drops visits whose last message is older than `days`."""
        before = time.time() - days * 86_400
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.execute(
                "DELETE FROM messages WHERE visit IN "
                "(SELECT visit FROM visits WHERE changed < ? AND NOT open)",
                (before,),
            )
            self._file.execute("DELETE FROM visits WHERE changed < ? AND NOT open", (before,))

    def close(self) -> None:
        self._thread.shutdown()
        with closing(self._file):
            pass
