"""The SQLite file of messages and findings, so that a stop or a crash loses none.

What was acknowledged is here before the acknowledgement goes out. It holds whole messages, so it
is readable by its owner alone.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from notecheck.log.failure import LogError
from notecheck.log.sqlite import which_file

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


class Database:
    """`run` calls what uses the file on the one thread that may. Raises StoreError."""

    def __init__(self, path: Path) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hl7")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._file = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._require_version(path)
            # Tables and version in one step: what was begun and killed is begun again.
            self._file.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE;"
                f"{_TABLES} PRAGMA user_version = {_VERSION}; COMMIT"
            )
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"the HL7 store cannot be used: {error}", where=str(path)) from None
        self._path, self._opened = path, which_file(path)

    async def run(self, method: Callable[..., T], *values: Any) -> T:
        """`method(*values)` on the file's thread."""

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

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """One statement, by itself or within a `transaction`."""
        return self._file.execute(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is executed inside, or nothing of it."""
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            yield

    def close(self) -> None:
        self._thread.shutdown()
        self._file.close()

    def _require_version(self, path: Path) -> None:
        version = self._file.execute("PRAGMA user_version").fetchone()[0]
        tables = self._file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and version != _VERSION:
            raise StoreError(
                "the HL7 store is of another version of notecheck: move it away, and have the "
                "messages sent again",
                where=str(path),
            )
