"""The tables of an audit for people: as CSV or Excel files, and its errors in a few lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from notecheck.audit.folder import TABLES
from notecheck.report.spreadsheet import TableFormat, table_bytes

_ROWS = 1_000
_GROUPS = 5
_PARTICULAR = re.compile(r"\d+|\"[^\"]*\"")  # numbers and names differ between faults that are one


def write_tables(folder: Path, format: TableFormat) -> None:
    """Writes each Parquet table of `folder` as `format` beside it.

    The whole report and the evidence with offsets stay in Parquet alone: quotations stand here.
    Raises InputError for `xlsx` without the extra `excel`.
    """
    for name in TABLES:
        path = folder / name
        columns = [c for c in pq.read_schema(path).names if c != "report"]
        data = table_bytes(format, columns, _rows(path, columns))
        path.with_suffix(f".{format}").write_bytes(data)


def grouped_errors(errors: Path) -> list[str]:
    """The commonest errors with their counts: "225 x the encounter id is empty: ..."."""
    groups: dict[str, list[str]] = {}
    for row in _rows(errors, ["message", "source"]):
        groups.setdefault(_PARTICULAR.sub("#", row["message"]), []).append(
            f"{row['message']} ({row['source']})"
        )
    counts = Counter({key: len(those) for key, those in groups.items()})
    lines = [f"{count:,} x {groups[key][0]}" for key, count in counts.most_common(_GROUPS)]
    rest = len(groups) - _GROUPS
    return [*lines, f"and {rest} other kinds of error"] if rest > 0 else lines


def _rows(path: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    for batch in pq.ParquetFile(path).iter_batches(_ROWS, columns=columns):
        for row in batch.to_pylist():
            if row.get("evidence") is not None:
                row["evidence"] = [item["text"] for item in row["evidence"]]
            yield row
