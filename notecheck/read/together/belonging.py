"""Many files -> which of them are read together, in memory of four bytes a file.

Their keys are held as hashes in a temporary database, which SQLite keeps in memory as long as it is
small, and then in a file that only its owner can open and that has no name any more: it goes with
the process, however that ends.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import Literal, NamedTuple

from notecheck.read.together.claims import plain
from notecheck.read.together.keys import Keys

_TABLES = """
CREATE TABLE files (file INTEGER PRIMARY KEY, size INTEGER, name BLOB, core INTEGER);
CREATE TABLE keys (kind TEXT, hash INTEGER, file INTEGER, place INTEGER);
CREATE TABLE members (home INTEGER, file INTEGER, PRIMARY KEY (home, file)) WITHOUT ROWID;
CREATE TABLE bills (file INTEGER, place INTEGER, PRIMARY KEY (file, place)) WITHOUT ROWID;
"""
_NOWHERE = -1  # the home of what is not read
_REACH = 3  # of references, from a document to what it names, and what that names

Kind = Literal["visit", "patient", "wanted", "subject", "own", "names", "claim"]


class Member(NamedTuple):
    """One of the files that are read together: its path in bytes, and its size."""

    name: bytes
    size: int


class Belonging:
    """Takes the keys of all files; then tells, file by file, what is read where."""

    def __init__(self, most: int) -> None:
        """Files of more than `most` bytes together are not read together."""
        self._most = most
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        self.too_large = 0  # files that may belong together and have too many bytes for it

    def add(self, file: int, size: int, name: bytes, keys: Keys) -> None:
        """A file, counted from 0 in the order of reading. `name` is what opens it."""
        core = bool(keys.visits or keys.patients) and not keys.beside
        self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?)", (file, size, name, core))
        patient: Kind = "wanted" if keys.of_patient else "patient"
        told: list[tuple[Kind, Iterable[str]]] = [
            ("visit", keys.visits),
            ("subject" if keys.beside else patient, keys.patients),
            ("own", keys.own if keys.beside else ()),
            ("names", keys.names),
            ("claim", keys.claims),
        ]
        self._db.executemany(
            "INSERT INTO keys VALUES (?, ?, ?, ?)",
            (
                (kind, _hash(kind, value), file, place)
                for kind, values in told
                for place, value in enumerate(values)
            ),
        )

    def close(self) -> None:
        self._db.close()

    def settle(self) -> None:
        """All files are there: finds the groups."""
        self._db.execute("CREATE INDEX of_hash ON keys (kind, hash, file)")
        homes = self._homes()
        core = self._db.execute("SELECT file FROM files WHERE core ORDER BY file").fetchall()
        self._db.executemany(
            "INSERT INTO members VALUES (?, ?)", ((_home(homes, file), file) for (file,) in core)
        )
        self._add_named()
        self._drop_too_large()
        self._add_claims()
        self._db.execute(
            "DELETE FROM members WHERE home IN "
            "(SELECT home FROM members WHERE home >= 0 GROUP BY home HAVING count(*) = 1)"
        )
        self._db.execute("CREATE INDEX of_member ON members (file)")

    def members_at(self, file: int) -> list[Member] | None:
        """The files that are read at the place of `file`, itself among them, in order.

        None for a file that is read alone, an empty list for one that is read at another's place.
        """
        rows = self._db.execute(
            "SELECT f.name, f.size FROM members m JOIN files f USING (file) WHERE m.home = ? "
            "ORDER BY m.file",
            (file,),
        )
        members = [Member(*row) for row in rows]
        if members:
            return members
        found = self._db.execute("SELECT 1 FROM members WHERE file = ? LIMIT 1", (file,)).fetchone()
        return [] if found else None

    def unmatched(self, file: int) -> list[int] | None:
        """Of a file of claims that is read with others: those claims that no other has the number
        of, counted from 0. None for any other file."""
        if not self._db.execute("SELECT 1 FROM bills WHERE file = ? LIMIT 1", (file,)).fetchone():
            return None
        rows = self._db.execute(
            "SELECT k.place FROM keys k LEFT JOIN bills b ON b.file = k.file AND b.place = k.place "
            "WHERE k.kind = 'claim' AND k.file = ? AND b.file IS NULL ORDER BY k.place",
            (file,),
        )
        return [place for (place,) in rows]

    def _homes(self) -> array[int]:
        """Of each file the first one that it is read with, step by step (`_home`)."""
        last = self._db.execute("SELECT coalesce(max(file), -1) FROM files").fetchone()[0]
        homes = array("I", range(last + 1))
        shared = (
            "SELECT hash, file FROM keys WHERE kind = 'visit' ORDER BY hash",
            "SELECT hash, file FROM keys WHERE kind IN ('patient', 'wanted') "
            "AND hash IN (SELECT hash FROM keys WHERE kind = 'wanted') ORDER BY hash",
        )
        for statement in shared:
            rows: Iterator[tuple[int, int]] = self._db.execute(statement)
            for (before, first), (after, second) in pairwise(rows):
                if before == after:
                    one, other = sorted((_home(homes, first), _home(homes, second)))
                    homes[other] = one
        return homes

    def _add_named(self) -> None:
        """What a member names is one too, at the home of each. What none names is passed over at
        the home of its patient, and what is of no patient at none."""
        if not self._db.execute("SELECT 1 FROM keys WHERE kind = 'own' LIMIT 1").fetchone():
            return
        self._db.execute("CREATE INDEX of_names ON keys (file, kind)")
        for _ in range(_REACH):
            self._db.execute(
                "INSERT OR IGNORE INTO members SELECT m.home, o.file FROM members m "
                "JOIN keys n ON n.file = m.file AND n.kind = 'names' "
                "JOIN keys o ON o.hash = n.hash AND o.kind = 'own'"
            )
        unnamed = "FROM keys o WHERE o.kind = 'own' AND o.file NOT IN (SELECT file FROM members) "
        self._db.execute(
            "INSERT OR IGNORE INTO members SELECT min(m.home), s.file FROM keys s JOIN keys p "
            "ON p.hash = s.hash AND p.kind IN ('patient', 'wanted') JOIN members m "
            f"ON m.file = p.file WHERE s.kind = 'subject' AND s.file IN (SELECT o.file {unnamed}) "
            "GROUP BY s.file"
        )
        if self._db.execute("SELECT 1 FROM members LIMIT 1").fetchone():
            self._db.execute(
                f"INSERT OR IGNORE INTO members SELECT {_NOWHERE}, o.file {unnamed} AND NOT EXISTS "
                "(SELECT 1 FROM keys s WHERE s.file = o.file AND s.kind = 'subject')"
            )

    def _drop_too_large(self) -> None:
        large = (
            "SELECT m.home FROM members m JOIN files f USING (file) "
            "WHERE m.home >= 0 GROUP BY m.home HAVING count(*) > 1 AND sum(f.size) > ?"
        )
        self.too_large = self._db.execute(
            f"SELECT count(DISTINCT file) FROM members WHERE home IN ({large})", (self._most,)
        ).fetchone()[0]
        self._db.execute(f"DELETE FROM members WHERE home IN ({large})", (self._most,))

    def _add_claims(self) -> None:
        """A file of claims is a member wherever one of its claims has a number."""
        matched = (
            "FROM keys c JOIN keys v ON v.kind = 'visit' AND v.hash = c.hash "
            "JOIN members m ON m.file = v.file WHERE c.kind = 'claim'"
        )
        self._db.execute(
            "CREATE TABLE matched AS "
            f"SELECT DISTINCT m.home AS home, c.file AS file, c.place AS place {matched}"
        )
        self._db.execute("INSERT OR IGNORE INTO members SELECT home, file FROM matched")
        self._db.execute("INSERT OR IGNORE INTO bills SELECT file, place FROM matched")


def _home(homes: array[int], file: int) -> int:
    """The first file that `file` is read with; the way there is made shorter."""
    while homes[file] != file:
        homes[file] = homes[homes[file]]
        file = homes[file]
    return file


# What shares a letter is compared: a claim's number with a visit's, what is named with what is.
_COMPARED: dict[Kind, str] = {
    "visit": "v", "claim": "v", "patient": "p", "wanted": "p", "subject": "p",
    "own": "r", "names": "r",
}  # fmt: skip


def _hash(kind: Kind, value: str) -> int:
    own = value if _COMPARED[kind] == "r" else plain(value)
    told = f"{_COMPARED[kind]}{own}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "little", signed=True)
