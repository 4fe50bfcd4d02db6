"""The log in one SQLite file, safe for several processes that append at once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from time import monotonic, sleep

from notecheck.log.entry import FIRST_PREVIOUS, Draft, Entry, chained
from notecheck.log.failure import LogError

_WAIT_SECONDS = 10  # for other processes that append
_LEAST_FREE = 10_000_000  # bytes
_COLUMNS = "number, time, kind, ref, body, previous, hash"
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
  number INTEGER PRIMARY KEY, time TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
  body TEXT NOT NULL, previous TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS entries_of_a_decision ON entries (ref);
CREATE TABLE IF NOT EXISTS inputs (ref TEXT PRIMARY KEY, encounter TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entries_stay_as_they_are BEFORE UPDATE ON entries
  BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""


def which_file(path: Path) -> tuple[int, int] | None:
    """Which file it is, or None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class SqliteLog:
    """See `notecheck.log.store.Log`."""

    def __init__(self, path: Path, *, must_exist: bool = False) -> None:
        if must_exist and not path.is_file():
            raise LogError("there is no log here", where=str(path))
        self._path, self._where = path, str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)
        except OSError as error:
            raise LogError(f"the log cannot be begun: {error.strerror}", where=str(path)) from None
        with self._told():
            # Autocommit: transactions are begun by hand, so that they lock before they read.
            self._connection = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            self._prepare()
        self._file = which_file(path)

    def _prepare(self) -> None:
        """Makes the tables. SQLite does not wait for others that make the same file's, so we do."""
        end = monotonic() + _WAIT_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.executescript(_TABLES)
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > end:
                    raise
                sleep(0.02)

    def append(self, drafts: Sequence[Draft]) -> list[Entry]:
        self._require_in_place()
        written: list[Entry] = []
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                last = self._last()
                for draft in drafts:
                    entry = chained(draft, last)
                    last = entry.number, entry.hash
                    self._connection.execute(
                        f"INSERT INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        astuple(entry),
                    )
                    if draft.kept_input is not None:
                        self._connection.execute(
                            "INSERT INTO inputs VALUES (?, ?)", (draft.ref, draft.kept_input)
                        )
                    written.append(entry)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        return written

    def entries(self, ref: str | None = None) -> Iterator[Entry]:
        where, values = ("WHERE ref = ?", (ref,)) if ref is not None else ("", ())
        with self._told():
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM entries {where} ORDER BY number", values
            )
            for row in rows:
                yield Entry(*row)

    def head(self) -> tuple[int, str]:
        self._require_in_place()
        with self._told():
            return self._last() or (0, FIRST_PREVIOUS)

    def _last(self) -> tuple[int, str] | None:
        row: tuple[int, str] | None = self._connection.execute(
            "SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return row

    def kept_input(self, ref: str) -> str | None:
        with self._told():
            row: tuple[str] | None = self._connection.execute(
                "SELECT encounter FROM inputs WHERE ref = ?", (ref,)
            ).fetchone()
        return row[0] if row else None

    def probe(self) -> None:
        self._require_in_place()
        if shutil.disk_usage(self._path.parent).free < _LEAST_FREE:
            raise LogError("the disk of the log is full", where=self._where)
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        with self._told():
            self._connection.close()

    def _require_in_place(self) -> None:
        """SQLite would go on writing to a file that is gone, and nobody would read it again."""
        if which_file(self._path) != self._file:
            raise LogError("the log's file was moved, deleted or replaced", where=self._where)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise LogError(f"the log failed: {error}", where=self._where) from None
