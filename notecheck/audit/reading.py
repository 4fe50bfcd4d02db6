"""A chunk of work -> its encounters, in groups: a fault in reading costs the group it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from notecheck.audit.chunks import Files, LineBlock, LinePlace, Refused, StagedRows, Work
from notecheck.audit.sources import Source, printable
from notecheck.audit.staging import FAULT, ROW_NUMBER, staged_options, staged_rows
from notecheck.audit.table_options import TableOptions
from notecheck.audit.table_rows import Row, encounter_from_rows
from notecheck.errors import InputError
from notecheck.models import Encounter
from notecheck.read.encounters import encounters_of_lines, read_path
from notecheck.read.lines import byte_lines
from notecheck.read.result import ReadResult, named_after_file

_WITH_IDS = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Item:
    """One encounter, or why there is none.

    `source` is where it was: `note.txt`, `charts.jsonl:3`, `charts.csv row 3`. `from_name` says
    that its id is its file's name, for want of another.
    """

    source: str
    outcome: Encounter | InputError
    from_name: bool = False
    encounter_id: str | None = None  # where it is known and there is no encounter


@dataclass(frozen=True, slots=True)
class Group:
    """Encounters that are read in one go; `name` is what they are called together."""

    name: str
    items: Iterable[Item]


def read_work(work: Work) -> Iterator[Group]:
    """The encounters of a chunk in order. Reading is done as the items are asked for."""
    if isinstance(work, Files):
        for source in work.sources:
            yield Group(source.name, items_of_file(source, read_path(source.path)))
    elif isinstance(work, Refused):
        name = work.source.name
        yield Group(name, [Item(name, InputError(work.message))])
    else:
        yield Group(work.source.name, _items(work))


def items_of_rows(
    name: str,
    encounters: Iterable[tuple[str | None, Sequence[Row], int, str | None]],
    options: TableOptions,
) -> Iterator[Item]:
    """Encounters of a table: the id, the rows, the first row's number, and a fault of the row."""
    for encounter_id, rows, number, fault in encounters:
        source = f"{name} row {number}"
        try:
            if fault is not None:
                raise InputError(fault)
            yield Item(source, encounter_from_rows(rows, options.dates or "mdy", options.types))
        except InputError as error:
            yield Item(source, error, encounter_id=encounter_id)


def items_of_file(source: Source, results: Iterable[ReadResult]) -> Iterator[Item]:
    """The encounters that were read from one file.

    The room `read` names bare notes after their files. In a folder of folders that would name many
    alike, so here their path below the folder given is their name.
    """
    name = PurePath(source.name)
    for result in results:
        encounter = result.outcome
        if isinstance(encounter, InputError):
            yield Item(result.where, encounter)
            continue
        bare = name.suffix.lower() not in _WITH_IDS and named_after_file(result, source.name)
        if bare and source.nested is not None:
            inner = PurePath(printable(source.nested)).with_suffix("").as_posix()
            in_archive = encounter.encounter_id.partition("/")[2]
            own = f"{inner}/{in_archive}" if in_archive else inner
            encounter = encounter.model_copy(update={"encounter_id": own})
        yield Item(result.where, encounter, from_name=bare)


def items_of_lines(lines: Iterator[bytes], name: str, first: int) -> Iterator[Item]:
    """The encounters of lines, the first of which has the number `first`."""
    for result in encounters_of_lines(lines, name, first=first):
        yield Item(result.where, result.outcome)


def _items(work: LinePlace | LineBlock | StagedRows) -> Iterator[Item]:
    if isinstance(work, StagedRows):
        encounters = (
            (encounter_id, rows, rows[0][ROW_NUMBER], rows[0][FAULT])
            for encounter_id, rows in staged_rows(work.path, work.row_group)
        )
        yield from items_of_rows(work.source.name, encounters, staged_options(work.path))
    elif isinstance(work, LineBlock):
        yield from items_of_lines(iter(work.lines), work.source.name, work.first)
    else:
        try:
            with open(work.source.path, "rb") as stream:
                stream.seek(work.start)
                lines = islice(byte_lines(stream), work.count)
                yield from items_of_lines(lines, work.source.name, work.first)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror}"
            yield Item(work.source.name, InputError(message))
