"""Messages of visits and findings to be sent, in SQLite, so that a stop or crash loses none.

What was acknowledged is here before the acknowledgement goes out. It holds whole messages, so it
is readable by its owner alone, and visits are forgotten some days after their last message.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from notecheck.log.failure import LogError
from notecheck.log.sqlite import which_file
from notecheck.read.hl7.grouping import homes
from notecheck.read.hl7.identity import Identity, identity_from_json, identity_to_json

T = TypeVar("T")
_TABLES = """
CREATE TABLE IF NOT EXISTS messages (
  number INTEGER PRIMARY KEY, visit INTEGER NOT NULL, repeat TEXT NOT NULL, raw BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS messages_of_visit ON messages (visit);
CREATE INDEX IF NOT EXISTS messages_repeated ON messages (repeat);
CREATE TABLE IF NOT EXISTS visits (
  visit INTEGER PRIMARY KEY, name TEXT NOT NULL, identity TEXT NOT NULL, changed REAL NOT NULL,
  open INTEGER NOT NULL, told TEXT);
CREATE TABLE IF NOT EXISTS identifiers (
  number TEXT NOT NULL, visit INTEGER NOT NULL, PRIMARY KEY (number, visit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (
  number INTEGER PRIMARY KEY, visit TEXT NOT NULL, body BLOB NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0);
"""
_VERSION = 2
_WAIT_SECONDS = 5.0  # for another process that has locked the file


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
            self._file = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._require_version(path)
            self._file.executescript(
                f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {_TABLES}"
                f"PRAGMA user_version = {_VERSION}"
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the HL7 store cannot be used: {error}", where=str(path)) from None
        self._path, self._opened = path, which_file(path)

    async def run(self, method: Callable[..., T], *values: Any) -> T:
        """`method(*values)` on the store's thread."""
        import asyncio

        def told() -> T:
            # SQLite would go on writing to a file that is gone, and what it took would be lost.
            if which_file(self._path) != self._opened:
                raise StoreError(
                    "the HL7 store was moved, deleted or replaced", where=str(self._path)
                )
            try:
                return method(*values)
            except sqlite3.Error as error:
                raise StoreError(f"the HL7 store failed: {error}") from None

        return await asyncio.get_running_loop().run_in_executor(self._thread, told)

    def _require_version(self, path: Path) -> None:
        version = self._file.execute("PRAGMA user_version").fetchone()[0]
        tables = self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and version != _VERSION:
            raise StoreError(
                "the HL7 store is of another version of notecheck: move it away, and have the "
                "messages sent again",
                where=str(path),
            )

    def take(self, name: str, repeat: str, identity: Identity, raw: bytes) -> bool | None:
        """Keeps a message with those of its visit; False when it was sent before.

        None for a message that names a visit of another patient: it is not kept.
        """
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            if self._file.execute("SELECT 1 FROM messages WHERE repeat = ?", (repeat,)).fetchone():
                return False
            near = self._near(identity)
            same = homes(identity, near)
            if same is None:
                return None
            visit = same[0] if same else None
            for other in same[:1]:
                identity |= near[other]
            for other in same[1:]:
                identity |= near[other]
                self._join(other, same[0])
            name = (found.number if (found := identity.visit()) else None) or name
            told = json.dumps(identity_to_json(identity))
            if visit is None:
                visit = self._file.execute(
                    "INSERT INTO visits (name, identity, changed, open) VALUES (?, ?, ?, 1)",
                    (name, told, time.time()),
                ).lastrowid
            self._file.execute(
                "UPDATE visits SET name = ?, identity = ?, changed = ?, open = 1 WHERE visit = ?",
                (name, told, time.time(), visit),
            )
            self._file.executemany(
                "INSERT OR IGNORE INTO identifiers (number, visit) VALUES (?, ?)",
                [(number, visit) for number in _numbers(identity)],
            )
            self._file.execute(
                "INSERT INTO messages (visit, repeat, raw) VALUES (?, ?, ?)", (visit, repeat, raw)
            )
        return True

    def _near(self, identity: Identity) -> dict[int, Identity]:
        """The visits that share a number with `identity`: a message without a visit's number shares
        its patient's with a visit."""
        found: dict[int, Identity] = {}
        for number in _numbers(identity):
            rows = self._file.execute(
                "SELECT v.visit, v.identity FROM identifiers i JOIN visits v USING (visit) "
                "WHERE i.number = ?", (number,),
            )  # fmt: skip
            for visit, told in rows:
                found[visit] = identity_from_json(json.loads(told))
        return dict(sorted(found.items()))

    def _join(self, other: int, home: int) -> None:
        """All of one visit goes to another: a message shows that they are one."""
        self._file.execute("UPDATE messages SET visit = ? WHERE visit = ?", (home, other))
        self._file.execute(
            "UPDATE OR IGNORE identifiers SET visit = ? WHERE visit = ?", (home, other)
        )
        self._file.execute("DELETE FROM identifiers WHERE visit = ?", (other,))
        self._file.execute("DELETE FROM visits WHERE visit = ?", (other,))

    def open_visits(self, quiet_seconds: float) -> list[tuple[int, str, float]]:
        """Visits to check, their names, and when each changed: nothing came for a while."""
        return self._file.execute(
            "SELECT visit, name, changed FROM visits WHERE open AND changed <= ? ORDER BY changed",
            (time.time() - quiet_seconds,),
        ).fetchall()

    def messages(self, visit: int) -> list[bytes]:
        """The messages of a visit in the order in which they came."""
        rows = self._file.execute(
            "SELECT raw FROM messages WHERE visit = ? ORDER BY number", (visit,)
        )
        return [raw for (raw,) in rows]

    def told(self, visit: int) -> str | None:
        """The hash of the report that was last sent about the visit."""
        row: tuple[str | None] | None = self._file.execute(
            "SELECT told FROM visits WHERE visit = ?", (visit,)
        ).fetchone()
        return row[0] if row else None

    def settle(
        self, visit: int, name: str, changed: float, told: str | None, body: bytes | None
    ) -> None:
        """The visit was checked as it was at `changed`; `body` is a new finding to send."""
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            if body is not None:
                self._file.execute("INSERT INTO outbox (visit, body) VALUES (?, ?)", (name, body))
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
            self._file.execute(
                "DELETE FROM identifiers WHERE visit NOT IN (SELECT visit FROM visits)"
            )

    def close(self) -> None:
        self._thread.shutdown()
        with closing(self._file):
            pass


def _numbers(identity: Identity) -> set[str]:
    return {number.number for number in (*identity.visits, *identity.patients)}
