"""Where the log is kept: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from notecheck.extras import missing_extra
from notecheck.log.entry import Draft, Entry
from notecheck.log.failure import LogError

SETTING = "NOTECHECK_LOG"
KEEP_TEXT_SETTING = "NOTECHECK_LOG_TEXT"
_POSTGRES = ("postgresql://", "postgres://")


class Log(Protocol):
    """An append-only log. Every method raises LogError when the store fails."""

    def append(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Appends all of `drafts`, in order, or none; they are on disk when this returns."""

    def entries(self, ref: str | None = None) -> Iterator[Entry]:
        """All entries in order, or those of one decision."""

    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry; of an empty log 0, and what the first one follows."""

    def kept_input(self, ref: str) -> str | None:
        """The encounter of a decision as canonical JSON, if it was kept."""

    def probe(self) -> None:
        """Returns where an entry could be appended now, and writes nothing."""

    def close(self) -> None:
        """Gives the store back."""


def state_folder() -> Path:
    """Where this user's programs keep what must last: `$XDG_STATE_HOME/notecheck`."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state") / "notecheck"


def default_log() -> str:
    """The log of this user."""
    return str(state_folder() / "log.sqlite")


def open_log(place: str, *, must_exist: bool = False) -> Log:
    """The log at `place`: a `postgresql://` URL, or the path of an SQLite file.

    A log that is not there yet is begun, unless it `must_exist`. Raises LogError.
    """
    if place.startswith(_POSTGRES):
        try:
            from notecheck.log.postgres import PostgresLog
        except ImportError:
            raise missing_extra("a log in PostgreSQL", "postgres") from None
        return PostgresLog(place, must_exist=must_exist)
    if "://" in place:
        raise LogError("a log is the path of an SQLite file or a postgresql:// URL")
    from notecheck.log.sqlite import SqliteLog

    return SqliteLog(Path(place), must_exist=must_exist)
