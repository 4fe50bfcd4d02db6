"""The messages of each visit, and which visits are to be checked.

Visits are forgotten some days after their last message.
"""

from __future__ import annotations

import json
import time

from notecheck.read.hl7.grouping import homes
from notecheck.read.hl7.identity import Identity, identity_from_json, identity_to_json
from notecheck.serve.mllp.database import Database
from notecheck.serve.mllp.outbox import Outbox


class Visits:
    """Its methods are called by `Database.run`."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def take(self, name: str, repeat: str, identity: Identity, raw: bytes) -> bool | None:
        """Keeps a message with those of its visit; False when it was sent before.

        None for a message that names a visit of another patient: it is not kept.
        """
        with self._database.transaction():
            if self._database.execute(
                "SELECT 1 FROM messages WHERE repeat = ?", (repeat,)
            ).fetchone():
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
                visit = self._database.execute(
                    "INSERT INTO visits (name, identity, changed, open) VALUES (?, ?, ?, 1)",
                    (name, told, time.time()),
                ).lastrowid
            self._database.execute(
                "UPDATE visits SET name = ?, identity = ?, changed = ?, open = 1 WHERE visit = ?",
                (name, told, time.time(), visit),
            )
            for number in _numbers(identity):
                self._database.execute(
                    "INSERT OR IGNORE INTO identifiers (number, visit) VALUES (?, ?)",
                    (number, visit),
                )
            self._database.execute(
                "INSERT INTO messages (visit, repeat, raw) VALUES (?, ?, ?)", (visit, repeat, raw)
            )
        return True

    def _near(self, identity: Identity) -> dict[int, Identity]:
        """The visits that share a number with `identity`: a message without a visit's number shares
        its patient's with a visit."""
        found: dict[int, Identity] = {}
        for number in _numbers(identity):
            rows = self._database.execute(
                "SELECT v.visit, v.identity FROM identifiers i JOIN visits v USING (visit) "
                "WHERE i.number = ?", (number,),
            )  # fmt: skip
            for visit, told in rows:
                found[visit] = identity_from_json(json.loads(told))
        return dict(sorted(found.items()))

    def _join(self, other: int, home: int) -> None:
        """All of one visit goes to another: a message shows that they are one."""
        self._database.execute("UPDATE messages SET visit = ? WHERE visit = ?", (home, other))
        self._database.execute(
            "UPDATE OR IGNORE identifiers SET visit = ? WHERE visit = ?", (home, other)
        )
        self._database.execute("DELETE FROM identifiers WHERE visit = ?", (other,))
        self._database.execute("DELETE FROM visits WHERE visit = ?", (other,))

    def open(self, quiet_seconds: float) -> list[tuple[int, str, float]]:
        """Visits to check, their names, and when each changed: nothing came for a while.

        One that changed in the future is one too: the clock was set back since.
        """
        now = time.time()
        return self._database.execute(
            "SELECT visit, name, changed FROM visits WHERE open AND (changed <= ? OR changed > ?) "
            "ORDER BY changed",
            (now - quiet_seconds, now),
        ).fetchall()

    def messages(self, visit: int) -> list[bytes]:
        """The messages of a visit in the order in which they came."""
        rows = self._database.execute(
            "SELECT raw FROM messages WHERE visit = ? ORDER BY number", (visit,)
        )
        return [raw for (raw,) in rows]

    def told(self, visit: int) -> str | None:
        """The hash of the report that was last sent about the visit."""
        row: tuple[str | None] | None = self._database.execute(
            "SELECT told FROM visits WHERE visit = ?", (visit,)
        ).fetchone()
        return row[0] if row else None

    def settle(
        self, visit: int, name: str, changed: float, told: str | None, body: bytes | None
    ) -> None:
        """The visit was checked as it was at `changed`; `body` is a new finding to send."""
        with self._database.transaction():
            if body is not None:
                self._outbox.add(name, body)
            self._database.execute(
                "UPDATE visits SET open = CASE WHEN changed = ? THEN 0 ELSE 1 END, told = ? "
                "WHERE visit = ?",
                (changed, told, visit),
            )

    def forget(self, days: float) -> None:
        """Drops visits whose last message is older than `days`."""
        before = time.time() - days * 86_400
        with self._database.transaction():
            self._database.execute(
                "DELETE FROM messages WHERE visit IN "
                "(SELECT visit FROM visits WHERE changed < ? AND NOT open)",
                (before,),
            )
            self._database.execute("DELETE FROM visits WHERE changed < ? AND NOT open", (before,))
            self._database.execute(
                "DELETE FROM identifiers WHERE visit NOT IN (SELECT visit FROM visits)"
            )


def _numbers(identity: Identity) -> set[str]:
    return {number.number for number in (*identity.visits, *identity.patients)}
