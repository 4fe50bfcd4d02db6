"""What is wrong with the loaded tables: changed by hand, gaps, overlaps, run out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from notecheck.schedules.book import Book
from notecheck.schedules.load import rows_hash
from notecheck.schedules.model import Table

_DAY = dt.timedelta(days=1)


def table_faults(book: Book, today: dt.date) -> Iterator[str]:
    """One sentence a fault, in the order of the kinds."""
    kinds: dict[str, list[tuple[Path, Table]]] = defaultdict(list)
    for path, table in book.tables:
        kinds[table.kind].append((path, table))
        if rows_hash(list(table.rows)) != table.rows_sha256:
            yield f"{path.name}: changed: its rows are not those that were loaded"
    for kind, held in sorted(kinds.items()):
        held.sort(key=lambda item: item[1].effective_from)
        for (_, first), (path, second) in zip(held, held[1:], strict=False):
            if first.effective_to is None or first.effective_to >= second.effective_from:
                yield f"{path.name}: overlap: begins while {first.source} still holds"
            elif second.effective_from - first.effective_to > _DAY:
                gap = f"{first.effective_to + _DAY} to {second.effective_from - _DAY}"
                yield f"{path.name}: gap: no table of {kind} for {gap}"
        last = held[-1][1].effective_to
        if last is not None and last < today:
            yield f"{held[-1][0].name}: stale: the last table of {kind} ended on {last}"
