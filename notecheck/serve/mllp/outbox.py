"""Findings that wait to be sent, oldest first."""

from __future__ import annotations

import time
from dataclasses import dataclass

from notecheck.serve.mllp.database import Database

_CLOCK_BACK = 3600.0  # seconds: no pause is so long, so the clock was set back since


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A finding that waits to be sent; `tries` have failed."""

    number: int
    visit: str
    body: bytes
    tries: int


class Outbox:
    """Its methods are called by `Database.run`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, visit: str, body: bytes) -> None:
        """A new finding."""
        self._database.execute("INSERT INTO outbox (visit, body) VALUES (?, ?)", (visit, body))

    def next(self) -> Outgoing | None:
        """The oldest finding, if its time has come."""
        row = self._database.execute(
            "SELECT number, visit, body, tries, due FROM outbox ORDER BY number LIMIT 1"
        ).fetchone()
        if row is None or 0 < row[4] - time.time() < _CLOCK_BACK:
            return None
        return Outgoing(*row[:4])

    def sent(self, number: int) -> None:
        """The finding needs no more sending."""
        self._database.execute("DELETE FROM outbox WHERE number = ?", (number,))

    def failed(self, number: int, pause: float) -> None:
        """Sending failed; the next try is after `pause` seconds."""
        self._database.execute(
            "UPDATE outbox SET tries = tries + 1, due = ? WHERE number = ?",
            (time.time() + pause, number),
        )
