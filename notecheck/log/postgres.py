"""The log in PostgreSQL, for several services that share one chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from notecheck.log.entry import FIRST_PREVIOUS, Draft, Entry, chained
from notecheck.log.failure import LogError

_COLUMNS = "number, time, kind, ref, body, previous, hash"
_CONNECT_SECONDS = 10
_LOCK_SECONDS = 10  # for others that append
_TABLES = """
CREATE TABLE IF NOT EXISTS notecheck_entries (
  number BIGINT PRIMARY KEY, time TEXT NOT NULL, kind TEXT NOT NULL, ref TEXT NOT NULL,
  body TEXT NOT NULL, previous TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS notecheck_entries_of_a_decision ON notecheck_entries (ref);
CREATE TABLE IF NOT EXISTS notecheck_inputs (ref TEXT PRIMARY KEY, encounter TEXT NOT NULL);
CREATE OR REPLACE FUNCTION notecheck_entries_stay() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$;
CREATE OR REPLACE TRIGGER notecheck_entries_stay
  BEFORE UPDATE OR DELETE OR TRUNCATE ON notecheck_entries
  FOR EACH STATEMENT EXECUTE FUNCTION notecheck_entries_stay();
"""
_EXISTS = "SELECT to_regclass('notecheck_entries') IS NOT NULL"


class PostgresLog:
    """See `notecheck.log.store.Log`. A connection that was lost is made anew."""

    def __init__(self, url: str, *, must_exist: bool = False) -> None:
        self._url = url
        parts = urlsplit(url)
        self._where = f"{parts.hostname or 'local socket'}{parts.path}"  # without the password
        self._connection: psycopg.Connection | None = None
        with self._told():
            connection = self._connected()
            if must_exist:
                row = connection.execute(_EXISTS).fetchone()
                if not row or not row[0]:
                    raise LogError("there is no log here", where=self._where)
            else:
                self._begin(connection)

    def append(self, drafts: Sequence[Draft]) -> list[Entry]:
        with self._told():
            connection = self._connected()
            with connection.transaction():
                # One writer at a time; readers go on.
                connection.execute("LOCK TABLE notecheck_entries IN EXCLUSIVE MODE")
                last = _last(connection)
                written: list[Entry] = []
                for draft in drafts:
                    entry = chained(draft, last)
                    last = entry.number, entry.hash
                    written.append(entry)
                with connection.cursor() as cursor:
                    cursor.executemany(
                        f"INSERT INTO notecheck_entries ({_COLUMNS}) "
                        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
                        [astuple(entry) for entry in written],
                    )
                    kept = [(d.ref, d.kept_input) for d in drafts if d.kept_input is not None]
                    if kept:
                        cursor.executemany("INSERT INTO notecheck_inputs VALUES (%s, %s)", kept)
        return written

    def entries(self, ref: str | None = None) -> Iterator[Entry]:
        where = sql.SQL("WHERE ref = {}").format(ref) if ref is not None else sql.SQL("")
        query = sql.SQL(
            "SELECT number, time, kind, ref, body, previous, hash "
            "FROM notecheck_entries {} ORDER BY number"
        ).format(where)
        with self._told():
            connection = self._connected()
            # A cursor on the server: a log of years does not fit into memory.
            with connection.transaction(), connection.cursor(name="entries") as cursor:
                for row in cursor.execute(query):
                    yield Entry(*row)

    def head(self) -> tuple[int, str]:
        with self._told():
            return _last(self._connected()) or (0, FIRST_PREVIOUS)

    def kept_input(self, ref: str) -> str | None:
        with self._told():
            row: tuple[str] | None = (
                self._connected()
                .execute("SELECT encounter FROM notecheck_inputs WHERE ref = %s", (ref,))
                .fetchone()
            )
        return row[0] if row else None

    def probe(self) -> None:
        with self._told():
            connection = self._connected()
            with connection.transaction():
                connection.execute("LOCK TABLE notecheck_entries IN EXCLUSIVE MODE")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _connected(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=_CONNECT_SECONDS,
                tcp_user_timeout=_CONNECT_SECONDS * 1000,  # a server that is gone hangs nobody
            )
            self._connection.execute(f"SET lock_timeout = '{_LOCK_SECONDS}s'")
        return self._connection

    def _begin(self, connection: psycopg.Connection) -> None:
        with connection.transaction():
            # Two that begin one log at the same moment would trip over each other.
            connection.execute("SELECT pg_advisory_xact_lock(27596)")
            row = connection.execute(_EXISTS).fetchone()
            if not row or not row[0]:
                connection.execute(_TABLES)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            # The first line: what follows quotes the statement, with what stood in it.
            first = (str(error).splitlines() or [type(error).__name__])[0]
            raise LogError(f"the log failed: {first}", where=self._where) from None


def _last(connection: psycopg.Connection) -> tuple[int, str] | None:
    row: tuple[int, str] | None = connection.execute(
        "SELECT number, hash FROM notecheck_entries ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return row
