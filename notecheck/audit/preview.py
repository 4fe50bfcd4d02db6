"""`notecheck audit --preview`: what each column was taken for, and the first charts, unchecked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from notecheck.audit.chunks import plan
from notecheck.audit.columns import find_columns
from notecheck.audit.csv_rows import table_layout
from notecheck.audit.joining import Joining
from notecheck.audit.reading import Item, read_work
from notecheck.audit.sources import Source, list_sources
from notecheck.audit.streams import opened
from notecheck.audit.table_options import TableOptions
from notecheck.audit.xlsx_rows import xlsx_columns
from notecheck.errors import InputError
from notecheck.report.safe import one_line

_CHARTS = 10
_HEAD = 1 << 16


def preview(paths: Sequence[str], out: Path, options: TableOptions) -> str:
    """The columns of each table, and the first charts as they will be checked; nothing is written.

    Raises AuditError for a path that does not exist.
    """
    sources = list(list_sources(paths, out))
    lines = [line for source in sources for line in _columns(source, options)]
    lines += ["", "First charts:"]
    with closing(Joining()) as joining:
        together = joining.joined(list(joining.noted(sources)))
        lines += [_chart(item) for item in islice(_items(together, options), _CHARTS)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _columns(source: Source, options: TableOptions) -> list[str]:
    if source.kind not in ("csv", "parquet", "xlsx"):
        return []
    lines = ["", source.name]
    try:
        found = _found(source, options)
    except InputError as error:
        return [*lines, f"   {one_line(error.message)}"]
    return [*lines, *(f"   {field:<18}{one_line(', '.join(f))}" for field, f in found.items())]


def _found(source: Source, options: TableOptions) -> dict[str, tuple[str, ...]]:
    if source.kind == "xlsx":
        return xlsx_columns(source.path, options.columns)
    if source.kind == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return find_columns(pq.read_schema(source.path).names, options.columns)
        except (OSError, pa.ArrowException):
            raise InputError("this is no sound Parquet file: write it again") from None
    with opened(source) as (content, _):
        header = table_layout(content.read(_HEAD), options.columns).header
    return find_columns(header, options.columns)


def _items(sources: Iterable[Source], options: TableOptions) -> Iterator[Item]:
    with tempfile.TemporaryDirectory() as folder:
        for chunk in plan(sources, options, Path(folder)):
            for group in read_work(chunk.work):
                yield from group.items


def _chart(item: Item) -> str:
    if isinstance(item.outcome, InputError):
        return f"   {item.source}: {one_line(item.outcome.message)}"
    encounter = item.outcome
    documents = ", ".join(
        f"{d.type} {d.date.isoformat() if d.date else 'without date'}" for d in encounter.documents
    )
    claim = encounter.claim
    billed = " ".join(
        "-".join((line.code, *line.modifiers)) for line in (claim.lines if claim else ())
    )
    return "   " + one_line(f"{encounter.encounter_id}: {documents}; {billed or 'no claim line'}")
