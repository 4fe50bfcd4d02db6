"""The files of an audit as Spark reads them: one data frame for each kind of them.

Each row is an encounter, or a file, that has yet to be read, with its place in the input: the
number of its source, and its line or first row.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from notecheck.audit.columns import FIELDS, find_columns
from notecheck.audit.csv_rows import WRONG_WIDTH, table_layout
from notecheck.audit.sources import Source
from notecheck.audit.staging import FAULT, ROW_NUMBER
from notecheck.audit.streams import unpacked
from notecheck.errors import InputError
from notecheck.read.limits import MAX_ENCOUNTER_BYTES, megabytes
from notecheck.read.lines import byte_lines

Numbered = tuple[int, Source]

SOURCE_NUMBER, POSITION, CONTENT, ROWS = "source_number", "position", "content", "rows"
_CORRUPT = "_corrupt_row"
_PACKED = pa.schema(
    [
        (SOURCE_NUMBER, pa.int32()),
        (POSITION, pa.int64()),
        (CONTENT, pa.binary()),
        (FAULT, pa.string()),
    ]
)
_MOST_PACKED_BYTES = 1_500_000_000  # Spark holds a file in one array of Java
_LINES_A_BATCH = 64
_GLOB = re.compile(r"([\\*?\[\]{}])")
# Spark names a file in one of these ways, as `file:/a b`, `file:///a%20b`.
_SCHEME = r"^file:/+"


def whole_files(spark: SparkSession, sources: Sequence[Numbered]) -> DataFrame:
    """The content of each file, null where there is more than any encounter has."""
    found = _contents(spark, sources, MAX_ENCOUNTER_BYTES)
    return found.select(SOURCE_NUMBER, F.lit(0).cast("long").alias(POSITION), CONTENT)


def numbers(spark: SparkSession, sources: Sequence[Numbered]) -> DataFrame:
    """A row for each source, without its content."""
    rows = [(number, 0) for number, _ in sources]
    return spark.createDataFrame(rows, f"{SOURCE_NUMBER} int, {POSITION} long")


def empty_files(spark: SparkSession, sources: Sequence[Numbered]) -> DataFrame:
    """Files of no bytes as `whole_files` has them: Spark itself passes them over."""
    rows = [(number, 0, bytearray()) for number, _ in sources]
    return spark.createDataFrame(rows, f"{SOURCE_NUMBER} int, {POSITION} long, {CONTENT} binary")


def packed_lines(spark: SparkSession, sources: Sequence[Numbered]) -> DataFrame:
    """The lines of packed files with their numbers; in place of a line, why there are no more.

    Spark's own unpacking ends the whole job at a damaged file, so it is done in Python, a file at a
    time.
    """
    packed = _contents(spark, sources, _MOST_PACKED_BYTES)
    known = spark.sparkContext.broadcast(dict(sources))

    def unpack(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                source = known.value[row[SOURCE_NUMBER]]
                numbered = _unpacked(source, row[CONTENT])
                while some := list(islice(numbered, _LINES_A_BATCH)):
                    places, contents, faults = zip(*some, strict=True)
                    numbers = [row[SOURCE_NUMBER]] * len(some)
                    columns = zip((numbers, places, contents, faults), _PACKED.types, strict=True)
                    arrays = [pa.array(column, kind) for column, kind in columns]
                    yield pa.RecordBatch.from_arrays(arrays, schema=_PACKED)

    return packed.mapInArrow(unpack, from_arrow_schema(_PACKED))


def _unpacked(source: Source, content: bytes | None) -> Iterator[tuple[int, bytes, str | None]]:
    number = 0
    try:
        if content is None:
            raise InputError(f"this is larger than {megabytes(_MOST_PACKED_BYTES)}: cut it up")
        with unpacked(source, io.BytesIO(content)) as stream:
            for number, line in enumerate(byte_lines(stream), start=1):
                yield number, line, None
        if not number:
            raise InputError("this is empty: give one encounter a line, each a JSON object")
    except InputError as error:
        yield number + 1, b"", error.message


def lines(spark: SparkSession, sources: Sequence[Numbered]) -> DataFrame:
    """The lines of plain files, each with its number.

    Spark cuts a file into blocks and numbers rows within a partition only. A first pass counts each
    block's lines, and from that the line on which it begins is known.
    """
    read = (
        spark.read.option("lineSep", "\n")
        .text(_paths(sources))
        .select(
            F.col("value").cast("binary").alias(CONTENT),
            _file_key().alias("key"),
            F.col("_metadata.file_block_start").alias("block"),
            F.monotonically_increasing_id().alias("row"),
        )
    )
    blocks = read.groupBy("key", "block").agg(F.min("row").alias("low"), F.count("*").alias("n"))
    shifts: list[tuple[str, int, int]] = []
    before: dict[str, int] = {}
    for key, block, low, count in sorted(map(tuple, blocks.collect())):
        shifts.append((key, block, before.get(key, 0) + 1 - low))
        before[key] = before.get(key, 0) + count
    if not shifts:
        shifts = [("", 0, 0)]
    shift = F.broadcast(spark.createDataFrame(shifts, "key string, block long, shift long"))
    numbered = read.join(shift, ["key", "block"]).join(_numbers(spark, sources), "key")
    return numbered.select(SOURCE_NUMBER, (F.col("row") + F.col("shift")).alias(POSITION), CONTENT)


def tables(
    spark: SparkSession, sources: Sequence[Numbered], chosen: dict[str, str]
) -> tuple[DataFrame | None, list[tuple[int, str]]]:
    """The rows of each encounter of CSV and Parquet files, and which files are refused and why."""
    frames: list[DataFrame] = []
    refused: list[tuple[int, str]] = []
    for number, source in sources:
        try:
            if source.kind == "xlsx":
                raise InputError("Spark reads no Excel workbooks: use --engine local")
            read = _parquet if source.kind == "parquet" else _csv
            frames.append(read(spark, source, chosen).withColumn(SOURCE_NUMBER, F.lit(number)))
        except InputError as error:
            refused.append((number, error.message))
    if not frames:
        return None, refused
    every = reduce(DataFrame.unionByName, frames)
    trimmed = F.trim("encounter_id")
    own = F.when(F.coalesce(trimmed, F.lit("")) == "", F.col(ROW_NUMBER)).otherwise(0)
    row = F.struct(ROW_NUMBER, FAULT, *FIELDS)
    grouped = every.groupBy(SOURCE_NUMBER, trimmed, own).agg(
        F.array_sort(F.collect_list(row)).alias(ROWS)
    )
    first = F.col(ROWS)[0][ROW_NUMBER]
    return grouped.select(SOURCE_NUMBER, first.alias(POSITION), ROWS), refused


def _contents(spark: SparkSession, sources: Sequence[Numbered], most: int) -> DataFrame:
    """The source's number and the bytes of each file, null where there are more than `most`."""
    found = spark.read.format("binaryFile").load(_paths(sources))
    fits = F.col("length") <= most
    content = found.where(fits).select("path", F.col("content").alias(CONTENT))
    large = found.where(~fits).select("path", F.lit(None).cast("binary").alias(CONTENT))
    named = content.union(large).withColumn("key", F.regexp_replace("path", _SCHEME, "/"))
    return named.join(_numbers(spark, sources), "key").select(SOURCE_NUMBER, CONTENT)


def _csv(spark: SparkSession, source: Source, chosen: dict[str, str]) -> DataFrame:
    path = escaped(_key(source))
    head = (
        spark.read.option("lineSep", "\n").text(path).select(F.col("value").cast("binary")).head()
    )
    layout = table_layout(bytes(head[0]) if head else b"", chosen)
    if layout.encoding != "utf-8":
        raise InputError("Spark reads tables in UTF-8 alone: use --engine local")
    header, delimiter = layout.header, layout.delimiter
    columns = find_columns(header, chosen)
    names = [f"c{place}" for place in range(len(header))]
    schema = ", ".join(f"{name} string" for name in [*names, _CORRUPT])
    read = (
        spark.read.schema(schema)
        .options(
            header=True, multiLine=True, sep=delimiter, quote='"', escape='"', maxColumns=20480
        )
        .options(enforceSchema=True, mode="PERMISSIVE", columnNameOfCorruptRecord=_CORRUPT)
        .csv(path)
    )
    numbered = read.withColumn(ROW_NUMBER, F.monotonically_increasing_id() + 1)
    fault = F.when(F.col(_CORRUPT).isNotNull(), F.lit(WRONG_WIDTH))
    sound = F.col(_CORRUPT).isNull()
    at = {
        field: _joined([F.col(names[header.index(column)]) for column in those])
        for field, those in columns.items()
    }
    return numbered.select(
        ROW_NUMBER,
        fault.alias(FAULT),
        *(F.when(sound, at.get(name, F.lit(None))).cast("string").alias(name) for name in FIELDS),
    )


def _parquet(spark: SparkSession, source: Source, chosen: dict[str, str]) -> DataFrame:
    read = spark.read.parquet(escaped(_key(source)))
    columns = find_columns(read.columns, chosen)
    return read.select(
        (F.col("_metadata.row_index") + 1).alias(ROW_NUMBER),
        F.lit(None).cast("string").alias(FAULT),
        *(
            _joined([_as_text(read, column) for column in columns.get(name, ())]).alias(name)
            for name in FIELDS
        ),
    )


def _joined(columns: list[Column]) -> Column:
    """The values of a field's columns in one text; null where it has no column."""
    if len(columns) > 1:
        return F.concat_ws(";", *columns)
    return columns[0] if columns else F.lit(None).cast("string")


def _as_text(frame: DataFrame, column: str) -> Column:
    values = frame[f"`{column}`"]
    if frame.schema[column].dataType.typeName() == "array":
        values = F.array_join(values.cast("array<string>"), ";")
    return values.cast("string")


def _numbers(spark: SparkSession, sources: Sequence[Numbered]) -> DataFrame:
    rows = [(_key(source), number) for number, source in sources]
    # Broadcast, or a join would bring all lines of a file together on one processor.
    return F.broadcast(spark.createDataFrame(rows, f"key string, {SOURCE_NUMBER} int"))


def _file_key() -> Column:
    return F.regexp_replace(F.url_decode("_metadata.file_path"), _SCHEME, "/")


def _key(source: Source) -> str:
    return str(Path(source.path).absolute())


def _paths(sources: Sequence[Numbered]) -> list[str]:
    return [escaped(_key(source)) for _, source in sources]


def escaped(path: str) -> str:
    """`path` as Spark reads it and nothing else: it takes brackets and stars for a pattern."""
    return _GLOB.sub(r"\\\1", path)
