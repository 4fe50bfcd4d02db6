"""A table in any order -> a Parquet file in which the rows of an encounter stand together.

The staged file is cut into row groups of whole encounters, so that a chunk of work is one row
group. Memory holds one row group, whatever the table's size: a table whose encounters are
scattered is dealt into buckets on disk by encounter id, and each bucket is put in order by itself.
"""

from __future__ import annotations

import json
import os
import shutil
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from notecheck.audit.columns import DATES, FIELDS, find_columns
from notecheck.audit.csv_rows import NumberedRow, csv_rows, joined
from notecheck.audit.dates import DateOrders
from notecheck.audit.sources import Source
from notecheck.audit.streams import opened
from notecheck.audit.table_options import TableOptions
from notecheck.audit.xlsx_rows import xlsx_rows
from notecheck.errors import InputError, TooLargeError
from notecheck.limit import memory_limit
from notecheck.read.limits import MAX_MEMORY, megabytes

ROW_NUMBER, FAULT = "row_number", "fault"
_OPTIONS = b"notecheck_table_options"
STAGED = pa.schema(
    [(ROW_NUMBER, pa.int64()), (FAULT, pa.string()), *((name, pa.string()) for name in FIELDS)]
)
_ENCOUNTERS = 128
_BYTES = 8_000_000
_BATCH_ROWS = 1_000
_ROWS_AT_ONCE = 50  # as Python's objects, which take more room
_BUCKET_BYTES = 64_000_000
_MOST_BUCKETS = 256

Record = dict[str, Any]


def staged_table(source: Source, options: TableOptions, target: Path) -> Path:
    """The rows of the CSV, Excel or Parquet file `source` in `target`, made if need be.

    Raises InputError when the table cannot be read; `target` is then absent.
    """
    if target.exists():
        return target
    part = target.with_suffix(".part")
    together = _write(part, _records(source, options.columns), options)
    if not together:
        scattered = target.with_suffix(".scattered")
        part.rename(scattered)
        _write(part, _by_encounter(scattered, target.with_suffix(".buckets")), options)
        scattered.unlink()
    os.replace(part, target)
    return target


def staged_options(path: Path) -> TableOptions:
    """How the rows of a staged table are to be read, the order of its dates decided."""
    told = json.loads(pq.ParquetFile(path).metadata.metadata[_OPTIONS])
    return TableOptions(dates=told["dates"], types=told["types"])


def staged_rows(path: Path, row_group: int) -> Iterator[tuple[str | None, list[Record]]]:
    """The encounters of one row group: the id and its rows; a row without an id stands alone."""
    records = pq.ParquetFile(path).read_row_group(row_group).to_pylist()
    yield from _encounters(iter(records))


def _records(source: Source, chosen: dict[str, str]) -> Iterator[Record]:
    rows = {"parquet": _parquet_rows, "xlsx": _xlsx_rows}.get(source.kind, _csv_rows)
    number = 0
    try:
        for number, row in rows(source, chosen):
            if isinstance(row, InputError):
                yield {ROW_NUMBER: number, FAULT: row.message}
            else:
                yield {ROW_NUMBER: number, FAULT: None, **row}
    except InputError as error:
        if not number:
            raise
        yield {ROW_NUMBER: number + 1, FAULT: error.message}  # what came before is sound


def _csv_rows(source: Source, chosen: dict[str, str]) -> Iterator[NumberedRow]:
    with opened(source) as (content, _):
        yield from csv_rows(content, chosen)


def _xlsx_rows(source: Source, chosen: dict[str, str]) -> Iterator[NumberedRow]:
    yield from xlsx_rows(source.path, chosen)


def _parquet_rows(source: Source, chosen: dict[str, str]) -> Iterator[NumberedRow]:
    try:
        # A few kilobytes of Parquet may hold gigabytes, whatever they say of themselves.
        with memory_limit(MAX_MEMORY), pq.ParquetFile(source.path) as file:
            columns = find_columns(file.schema_arrow.names, chosen)
            number = 0
            wanted = [name for those in columns.values() for name in those]
            for batch in file.iter_batches(_BATCH_ROWS, columns=wanted):
                texts = {
                    field: _together([_as_text(batch.column(name)) for name in those])
                    for field, those in columns.items()
                }
                for some in pa.table(texts).to_batches(_ROWS_AT_ONCE):
                    for row in some.to_pylist():
                        number += 1
                        yield NumberedRow(number, row)
    except MemoryError:  # pyarrow's too
        raise TooLargeError(
            f"rows of the Parquet file take more than {megabytes(MAX_MEMORY)} of memory: write it "
            "again with one document a row"
        ) from None
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror or 'damaged'}") from None
    except (pa.ArrowException, UnicodeDecodeError):
        raise InputError("this is no sound Parquet file: write it again") from None


def _together(columns: list[pa.Array]) -> pa.Array:
    """One column as it is, several as the text that `joined` makes of their values."""
    if len(columns) == 1:
        return columns[0]
    values = zip(*(column.to_pylist() for column in columns), strict=True)
    return pa.array([joined(those) for those in values], pa.string())


def _as_text(column: pa.Array) -> pa.Array:
    """Dates, numbers and lists as the text a CSV file would have."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return pa.array(
            [None if v is None else ";".join(map(str, v)) for v in column.to_pylist()], pa.string()
        )
    return column.cast(pa.string())


def _encounters(records: Iterator[Record]) -> Iterator[tuple[str | None, list[Record]]]:
    keyed = groupby(records, key=lambda r: (_id(r), r[ROW_NUMBER] if _id(r) is None else None))
    for (encounter_id, _), rows in keyed:
        yield encounter_id, list(rows)


def _id(record: Record) -> str | None:
    return (record.get("encounter_id") or "").strip() or None


def _write(path: Path, records: Iterator[Record], options: TableOptions) -> bool:
    """Writes the records; true when the rows of every encounter came together."""
    seen = array("Q")  # eight bytes an encounter
    orders = DateOrders()
    with pq.ParquetWriter(path, STAGED, compression="zstd") as writer:
        group: list[Record] = []
        encounters = size = 0
        for encounter_id, rows in _encounters(records):
            if encounter_id is not None:
                seen.append(_hash(encounter_id))
            for row in rows:
                for name in DATES:
                    orders.watch(row.get(name))
            group += rows
            encounters += 1
            size += sum(len(row.get("text") or "") for row in rows)
            if encounters == _ENCOUNTERS or size > _BYTES:
                writer.write_table(pa.Table.from_pylist(group, STAGED))
                group, encounters, size = [], 0, 0
        if group:
            writer.write_table(pa.Table.from_pylist(group, STAGED))
        told = {"dates": options.dates or orders.order, "types": options.types}
        writer.add_key_value_metadata({_OPTIONS: json.dumps(told).encode()})
    return len(np.unique(np.frombuffer(seen, dtype=np.uint64))) == len(seen)


def _by_encounter(scattered: Path, folder: Path) -> Iterator[Record]:
    """The records of a staged file again, those of an encounter together, bucket by bucket."""
    count = min(_MOST_BUCKETS, _unpacked_size(scattered) // _BUCKET_BYTES + 1)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        paths = [folder / f"{number}.arrow" for number in range(count)]
        _deal(scattered, paths)
        for path in paths:
            yield from _in_order(path)
    finally:
        shutil.rmtree(folder)


def _deal(scattered: Path, paths: list[Path]) -> None:
    with ExitStack() as stack:
        writers = [stack.enter_context(pa.ipc.new_file(str(path), STAGED)) for path in paths]
        for batch in pq.ParquetFile(scattered).iter_batches(_BATCH_ROWS):
            ids = batch.column("encounter_id").to_pylist()
            buckets = np.array([_hash((name or "").strip()) % len(paths) for name in ids])
            for number in np.unique(buckets):
                writers[number].write(batch.filter(pa.array(buckets == number)))


def _in_order(path: Path) -> Iterator[Record]:
    records = pa.ipc.open_file(str(path)).read_all().to_pylist()
    first: dict[str | None, int] = {}
    for record in records:
        first.setdefault(_id(record), record[ROW_NUMBER])
    # The ids are in order of their first rows; rows without an id go by their own.
    yield from sorted(
        records,
        key=lambda r: (r[ROW_NUMBER] if _id(r) is None else first[_id(r)], r[ROW_NUMBER]),
    )


def _unpacked_size(path: Path) -> int:
    about = pq.ParquetFile(path).metadata
    return sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))


def _hash(encounter_id: str) -> int:
    return int.from_bytes(blake2b(encounter_id.encode(), digest_size=8).digest(), "little")
