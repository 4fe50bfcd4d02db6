"""What is wrong with the policy rows: gaps, overlaps, rows gone stale or without a source."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.policy.book import PlacedRow, PolicyBook

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class RowFault:
    """One fault; `kind` is gap, overlap, stale, unsourced, dates, payer or id."""

    kind: str
    file: str
    row: str
    fault: str

    def __str__(self) -> str:
        return f"{self.file}: {self.row}: {self.kind}: {self.fault}"


def row_faults(book: PolicyBook, today: dt.date) -> list[RowFault]:
    """All faults of all rows, as of `today`, by file and row."""
    found = [*_single(book, today), *_between(book)]
    return sorted(found, key=lambda fault: (fault.file, fault.row, fault.kind, fault.fault))


def _fault(placed: PlacedRow, kind: str, fault: str) -> RowFault:
    return RowFault(kind, placed.path.name, placed.row.id, fault)


def _single(book: PolicyBook, today: dt.date) -> Iterator[RowFault]:
    used = Counter(placed.row.id for placed in book.rows)
    payers = {payer.id for payer in book.payers}
    for placed in book.rows:
        row = placed.row
        if used[row.id] > 1:
            yield _fault(placed, "id", "is used by more than one row")
        if row.payer not in payers:
            yield _fault(placed, "payer", f"no payer has the id {row.payer!r}")
        if row.effective_to and row.effective_to < row.effective_from:
            yield _fault(placed, "dates", "ends before it begins")
        if not row.source.strip():
            yield _fault(placed, "unsourced", "gives no source")
        if row.verified_on is None:
            yield _fault(placed, "stale", "gives no day on which it was verified")
        elif row.verified_on > today:
            yield _fault(placed, "dates", f"was verified on {row.verified_on}, which is to come")
        elif (today - row.verified_on).days > book.stale_after_days:
            age = (today - row.verified_on).days
            yield _fault(placed, "stale", f"was verified {age} days ago, on {row.verified_on}")


def _between(book: PolicyBook) -> Iterator[RowFault]:
    """Gaps and overlaps among the rows of one origin for one code, payer and form."""
    groups: dict[tuple[bool, str, str, str, str | None], list[PlacedRow]] = defaultdict(list)
    for placed in book.rows:
        for code in placed.row.codes:
            row = placed.row
            groups[placed.of_site, row.topic, code, row.payer, row.form].append(placed)
    for (_, _, code, _, _), rows in sorted(groups.items(), key=str):
        rows.sort(key=lambda placed: placed.row.effective_from)
        for first, second in zip(rows, rows[1:], strict=False):
            end, start = first.row.effective_to, second.row.effective_from
            if end is None or end >= start:
                yield _fault(second, "overlap", f"{code}: begins while {first.row.id} still holds")
            elif start - end > _DAY:
                gap = f"{end + _DAY} to {start - _DAY}"
                yield _fault(second, "gap", f"{code}: no row for {gap}, after {first.row.id}")
