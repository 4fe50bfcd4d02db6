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
from notecheck.read.several_files import read_group, read_unmatched

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
            yield Group(source.name, items_of_source(source))
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


def items_of_source(source: Source) -> Iterator[Item]:
    """The encounters of a file, with those of the files that are read together with it."""
    results: Iterator[tuple[str, ReadResult]]
    if source.left is not None:
        results = ((source.path, told) for told in read_unmatched(source.path, source.left))
    elif source.together:
        results = read_group(source.together)
    else:
        results = ((source.path, result) for result in read_path(source.path))
    for path, result in results:
        yield _item(printable(path), _nested(source, path), result)


def items_of_file(source: Source, results: Iterable[ReadResult]) -> Iterator[Item]:
    """The encounters that were read from the content of one file."""
    for result in results:
        yield _item(source.name, source.nested, result)


def _item(name: str, nested: str | None, result: ReadResult) -> Item:
    """One encounter that was read from the file `name`.

    The room `read` names bare notes after their files. In a folder of folders that would name many
    alike, so here their path below the folder given is their name.
    """
    encounter = result.outcome
    where = " + ".join(result.files) or result.where
    if isinstance(encounter, InputError):
        return Item(where, encounter)
    own_id = PurePath(name).suffix.lower() in _WITH_IDS
    bare = not own_id and named_after_file(result, name)
    if bare and nested is not None:
        inner = PurePath(printable(nested)).with_suffix("").as_posix()
        in_archive = encounter.encounter_id.partition("/")[2]
        own = f"{inner}/{in_archive}" if in_archive else inner
        encounter = encounter.model_copy(update={"encounter_id": own})
    return Item(where, encounter, from_name=bare)


def _nested(source: Source, path: str) -> str | None:
    """The path of a file that is read with `source`, below the folder that was given."""
    if source.nested is None:
        return None
    root = source.path.removesuffix(source.nested)
    return path.removeprefix(root) if path.startswith(root) else None


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
