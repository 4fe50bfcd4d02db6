"""The rows of all chunks, in input order -> the tables, each encounter id once.

The same rows give the same bytes, however they came about: row groups are cut by count alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from notecheck.audit.duplicates import Duplicates
from notecheck.audit.folder import ERRORS as ERRORS_FILE
from notecheck.audit.folder import FINDINGS as FINDINGS_FILE
from notecheck.audit.folder import REPORTS as REPORTS_FILE
from notecheck.audit.folder import REQUIREMENTS as REQUIREMENTS_FILE
from notecheck.audit.outcome import error_row
from notecheck.audit.parts import Tally
from notecheck.audit.reasons import Failure
from notecheck.audit.schema import ERRORS, FINDINGS, OUTCOMES, REPORTS, REQUIREMENTS
from notecheck.models import Report

_ROW_GROUP = 8_192

# Gives the rows from the beginning each time, of only the columns named.
Rows = Callable[[list[str]], Iterable[pa.RecordBatch]]
# Is given an encounter and its report, both as JSON.
ToQueue = Callable[[str, str], None]


def assemble(rows: Rows, folder: Path, to_queue: ToQueue | None = None) -> Tally:
    """Writes the tables of `rows` (of `OUTCOMES`, in input order) into `folder`.

    What waits for a person goes to `to_queue`, which may raise.
    """
    duplicates = Duplicates(_reported_ids(rows))
    found = Tally()
    with ExitStack() as stack:
        writers = [
            stack.enter_context(_Writer(folder / name, schema))
            for name, schema in (
                (REPORTS_FILE, REPORTS),
                (REQUIREMENTS_FILE, REQUIREMENTS),
                (FINDINGS_FILE, FINDINGS),
                (ERRORS_FILE, ERRORS),
            )
        ]
        for batch in rows(OUTCOMES.names):
            table = _distinct(pa.Table.from_batches([batch]).cast(OUTCOMES), duplicates)
            failed = pc.is_valid(table["error_code"])
            reported = table.filter(pc.invert(failed))
            for writer, rows_of in zip(
                writers,
                (
                    reported.select(REPORTS.names),
                    _each(reported, "requirements", REQUIREMENTS),
                    _each(reported, "findings", FINDINGS),
                    table.filter(failed).select(ERRORS.names),
                ),
                strict=True,
            ):
                writer.write(rows_of)
            if to_queue:
                waiting = reported.filter(pc.is_valid(reported["encounter"]))
                for row in waiting.select(["encounter", "report"]).to_pylist():
                    to_queue(row["encounter"], row["report"])
            found.decisions.update(reported["decision"].to_pylist())
            found.failed += pc.sum(failed).as_py() or 0
    return found


def _reported_ids(rows: Rows) -> Iterator[str]:
    for batch in rows(["encounter_id", "error_code"]):
        reported = batch.filter(pc.is_null(batch.column("error_code")))
        yield from reported.column("encounter_id").to_pylist()


def _distinct(table: pa.Table, duplicates: Duplicates) -> pa.Table:
    """`table` with reports of an id that was there before made errors, or named by their file."""
    pairs = zip(
        table["encounter_id"].to_pylist(),
        table["source"].to_pylist(),
        table["error_code"].to_pylist(),
        strict=True,
    )
    earlier = [
        duplicates.earlier(name, source) if code is None else None for name, source, code in pairs
    ]
    if not any(earlier):
        return table
    rows = table.to_pylist()
    for number, first in enumerate(earlier):
        if first is None:
            continue
        row = rows[number]
        if row["from_name"]:
            report = Report.model_validate_json(row["report"])
            named = report.model_copy(update={"encounter_id": row["source"]})
            row |= {"encounter_id": row["source"], "report": named.model_dump_json()}
        else:
            message = (
                f"the encounter id is the same as that of {first}: "
                "give each encounter an id of its own"
            )
            failure = Failure("duplicate_id", message)
            rows[number] = error_row(row["source"], failure, row["encounter_id"])
    return pa.Table.from_pylist(rows, OUTCOMES)


def _each(reported: pa.Table, name: str, schema: pa.Schema) -> pa.Table:
    """One row a requirement or finding, from the lists in the column `name` of the reports."""
    of_reports = reported[name].combine_chunks()
    each = pc.list_flatten(of_reports)
    ids = reported["encounter_id"].combine_chunks().take(pc.list_parent_indices(of_reports))
    columns = [ids, *(pc.struct_field(each, name) for name in schema.names[1:])]
    return pa.Table.from_arrays(columns, schema=schema)


class _Writer:
    """A Parquet file whose row groups all have the same number of rows."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pq.ParquetWriter(path, schema, compression="zstd")
        self._waiting = [schema.empty_table()]
        self._count = 0

    def write(self, table: pa.Table) -> None:
        self._waiting.append(table)
        self._count += len(table)
        while self._count >= _ROW_GROUP:
            rows = pa.concat_tables(self._waiting)
            self._file.write_table(rows.slice(0, _ROW_GROUP), row_group_size=_ROW_GROUP)
            self._waiting = [rows.slice(_ROW_GROUP)]
            self._count -= _ROW_GROUP

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._count:
            self._file.write_table(pa.concat_tables(self._waiting).combine_chunks())
        self._file.close()
