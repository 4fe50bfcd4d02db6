"""The Spark engine: the same rows as the pool's, by Spark's sources, executors and Arrow batches.

Executors need notecheck and its extras installed, and must see the output folder, where Spark
leaves the rows before they are put together. Each Python worker loads the rules once.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from notecheck.audit import spark_sources
from notecheck.audit.assemble import Rows
from notecheck.audit.folder import AuditFolder
from notecheck.audit.manner import Manner
from notecheck.audit.reading import (
    Group,
    Item,
    items_of_file,
    items_of_lines,
    items_of_rows,
    items_of_source,
)
from notecheck.audit.schema import OUTCOMES
from notecheck.audit.sources import Source
from notecheck.audit.spark_session import first_line, spark_session
from notecheck.audit.spark_sources import (
    CONTENT,
    POSITION,
    ROWS,
    SOURCE_NUMBER,
    Numbered,
    escaped,
)
from notecheck.audit.staging import FAULT, ROW_NUMBER
from notecheck.audit.table_options import TableOptions
from notecheck.errors import AuditError, InputError
from notecheck.read.encounters import read_stream
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes

_PLACE = pa.schema([(SOURCE_NUMBER, pa.int32()), (POSITION, pa.int64()), ("nth", pa.int32())])
_PLACED = pa.schema([*_PLACE, *OUTCOMES])

Row = dict[str, Any]
ToGroup = Callable[[Source, Row], Group]


def check_with_spark(
    folder: AuditFolder,
    sources: Sequence[Source],
    columns: dict[str, str],
    *,
    master: str | None,
    workers: int | None,
    manner: Manner,
) -> Rows:
    """Checks all sources by Spark; returns the rows, in input order.

    Raises AuditError when Spark fails, or its executors write where this process cannot read.
    """
    ordered = folder.parts / "ordered"
    if not (ordered / "_SUCCESS").exists():
        spark = spark_session(master, workers)
        try:
            _check(spark, folder.parts, ordered, sources, columns, manner)
        except (PySparkException, Py4JError) as error:
            raise AuditError(f"Spark failed: {first_line(error)}") from None
        finally:
            spark.stop()
        if not (ordered / "_SUCCESS").exists():
            raise AuditError(
                "Spark's executors do not write to the output folder that this process sees: give "
                "an --out that all machines share",
                where=str(folder.root),
            )

    def rows(names: list[str]) -> Iterator[pa.RecordBatch]:
        for path in sorted(ordered.glob("*.parquet")):
            for batch in pq.ParquetFile(path).iter_batches(1_000, columns=names):
                yield batch.select(names)

    return rows


def _check(
    spark: SparkSession,
    parts: Path,
    ordered: Path,
    sources: Sequence[Source],
    columns: dict[str, str],
    manner: Manner,
) -> None:
    scattered = str((parts / "scattered").absolute())
    frames = [
        _checked(frame, sources, to_group, manner)
        for frame, to_group in _frames(spark, list(enumerate(sources)), columns)
    ]
    if not frames:
        frames = [spark.createDataFrame([], from_arrow_schema(_PLACED))]
    reduce(DataFrame.union, frames).write.mode("overwrite").parquet(scattered)
    # Put in order in a pass of its own: finding the bounds of a sort reads everything twice.
    found = spark.read.schema(from_arrow_schema(_PLACED)).parquet(escaped(scattered))
    in_order = found.orderBy(*_PLACE.names)
    in_order.write.mode("overwrite").parquet(str(ordered.absolute()))


def _frames(
    spark: SparkSession, sources: Sequence[Numbered], columns: dict[str, str]
) -> Iterator[tuple[DataFrame, ToGroup]]:
    """What there is to read of each kind, and how a row of it becomes encounters."""
    joined = [s for s in sources if s[1].is_joined]
    sources = [s for s in sources if not s[1].is_joined]
    files = [s for s in sources if s[1].kind == "file" and s[1].size]
    lines = [s for s in sources if s[1].kind == "lines" and s[1].size]
    empty = [s for s in sources if s[1].kind in ("file", "lines") and not s[1].size]
    tables = [s for s in sources if s[1].kind in ("csv", "parquet", "xlsx")]
    packed = [s for s in lines if s[1].compression]
    plain = [s for s in lines if not s[1].compression]
    if joined:
        yield spark_sources.numbers(spark, joined).repartition(_spread(spark)), _joined_group
    if empty:
        yield spark_sources.empty_files(spark, empty), _file_group
    if files:
        yield spark_sources.whole_files(spark, files), _file_group
    if plain:
        yield spark_sources.lines(spark, plain), _line_group
    if packed:
        unpacked = spark_sources.packed_lines(spark, packed)
        yield unpacked.repartition(_spread(spark)), _line_or_refused_group
    if tables:
        frame, refused = spark_sources.tables(spark, tables, columns)
        if frame is not None:
            yield frame.repartition(_spread(spark)), _rows_group
        if refused:
            said = f"{SOURCE_NUMBER} int, {POSITION} long, {FAULT} string"
            rows = [(number, 0, message) for number, message in refused]
            yield spark.createDataFrame(rows, said), _line_or_refused_group


def _spread(spark: SparkSession) -> int:
    """Partitions for what comes in one piece; several for each processor, to even them out."""
    return 8 * spark.sparkContext.defaultParallelism


def _checked(
    frame: DataFrame, sources: Sequence[Source], to_group: ToGroup, manner: Manner
) -> DataFrame:
    known = frame.sparkSession.sparkContext.broadcast(list(sources))

    def check_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # Loads the rules, once a Python worker, before the time of any encounter is taken.
        from notecheck.audit.warm import checking

        for batch in batches:
            rows: list[Row] = []
            for given in batch.to_pylist():
                number = given[SOURCE_NUMBER]
                group = to_group(known.value[number], given)
                for nth, row in zip(count(), checking.check_groups([group], manner), strict=False):
                    place = {SOURCE_NUMBER: number, POSITION: given[POSITION], "nth": nth}
                    rows.append(place | row)
            yield pa.RecordBatch.from_pylist(rows, _PLACED)

    return frame.mapInArrow(check_batches, from_arrow_schema(_PLACED))


def _joined_group(source: Source, _row: Row) -> Group:
    """Files that are read together: the executor opens them itself."""
    return Group(source.name, items_of_source(source))


def _file_group(source: Source, row: Row) -> Group:
    if row[CONTENT] is None:
        message = (
            f"this is larger than {megabytes(MAX_ENCOUNTER_BYTES)}: give one note or one "
            "encounter a file, or one encounter a line in a .jsonl file"
        )
        return Group(source.name, [Item(source.name, InputError(message))])
    results = read_stream(io.BytesIO(row[CONTENT]), source.name)
    return Group(source.name, items_of_file(source, results))


def _line_group(source: Source, row: Row) -> Group:
    line = bytes(row[CONTENT])
    return Group(source.name, items_of_lines(iter([line]), source.name, row[POSITION]))


def _line_or_refused_group(source: Source, row: Row) -> Group:
    if row[FAULT] is not None:
        return Group(source.name, [Item(source.name, InputError(row[FAULT]))])
    return _line_group(source, row)


def _rows_group(source: Source, row: Row) -> Group:
    rows = row[ROWS]
    encounter_id = (rows[0]["encounter_id"] or "").strip() or None
    told = (encounter_id, rows, rows[0][ROW_NUMBER], rows[0][FAULT])
    return Group(source.name, items_of_rows(source.name, [told], TableOptions()))
