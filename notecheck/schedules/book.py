"""The tables that a site has loaded, asked by code and day; what is not held is None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from notecheck.errors import RulesError
from notecheck.rules.site import TABLES, site_root
from notecheck.schedules.model import Kind, Row, Table


@dataclass(frozen=True)
class Book:
    """The loaded tables with their files. A later one goes before an earlier one of its kind."""

    tables: tuple[tuple[Path, Table], ...] = ()

    def of(self, kind: Kind, day: dt.date) -> Table | None:
        """The table of this kind that holds on `day`."""
        held = [table for _, table in self.tables if table.kind == kind and table.holds(day)]
        return max(held, key=lambda table: table.effective_from, default=None)

    def rows(self, kind: Kind, day: dt.date, **wanted: str) -> Iterator[Row]:
        """The rows of the table of `day` in which each of `wanted` stands so."""
        table = self.of(kind, day)
        for row in table.rows if table else ():
            if all(row.get(name, "") == value for name, value in wanted.items()):
                yield row

    def pair(self, one: str, other: str, day: dt.date) -> Row | None:
        """The pair of two codes that holds on `day`, whichever comes first in it."""
        for first, second in ((one, other), (other, one)):
            for row in self.rows("pairs", day, first=first, second=second):
                ended = row["ends"] and dt.date.fromisoformat(row["ends"]) < day
                if row["begins"] <= day.isoformat() and not ended:
                    return row
        return None

    def fee(self, code: str, day: dt.date) -> Row | None:
        """Relative values and indicators of a code, of its row without a modifier."""
        return next(self.rows("fees", day, code=code, modifier=""), None)

    def most_units(self, code: str, day: dt.date) -> int | None:
        row = next(self.rows("units", day, code=code), None)
        return int(row["most"]) if row and row["most"].isdigit() else None


def schedule_book() -> Book:
    """The tables of this installation's site, none without one. Raises RulesError as `_book`."""
    root = site_root()
    if root is None:
        return Book()
    kept = sorted((root / TABLES).glob("*.json"))
    return _book(tuple((path, path.stat().st_mtime_ns) for path in kept))


@cache
def _book(kept: tuple[tuple[Path, int], ...]) -> Book:
    """The tables of files as they were at these times: one that is loaded anew is read anew."""
    return Book(tuple((path, read_table(path)) for path, _ in kept))


def read_table(path: Path) -> Table:
    """One kept table. Raises RulesError when the file is not what `tables load` wrote."""
    try:
        return Table.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", where=path.name) from None
    except ValidationError:
        raise RulesError(
            "is not a table as `notecheck tables load` writes", where=path.name
        ) from None
