"""The files of an audit -> chunks of work, each small enough to be done again.

The same files always give the same chunks in the same order; a resumed run relies on it. Plain
lines are handed out as places in their file, so that workers read them themselves; packed ones are
unpacked here, once, and handed out as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow.parquet as pq

from notecheck.audit.sources import Source
from notecheck.audit.staging import staged_table
from notecheck.audit.streams import opened
from notecheck.audit.table_options import TableOptions
from notecheck.errors import InputError
from notecheck.read.binary import binary_kind
from notecheck.read.lines import byte_lines

_MOST_ENCOUNTERS = 128
_MOST_BYTES = 4_000_000
_HEAD = 4_096
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Files:
    """Whole files, each with one encounter or more."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class LinePlace:
    """`count` lines of a plain JSON Lines file, from the byte `start`; `first` is a line number."""

    source: Source
    start: int
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Unpacked lines of a packed JSON Lines file."""

    source: Source
    first: int
    lines: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class StagedRows:
    """One row group of a staged table."""

    source: Source
    path: Path
    row_group: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or the rest of one, that cannot be read, and why."""

    source: Source
    message: str


Work = Files | LinePlace | LineBlock | StagedRows | Refused


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of work; `share` is how many bytes of the input on disk it stands for."""

    number: int
    work: Work
    share: int


def plan(sources: Iterable[Source], options: TableOptions, tables: Path) -> Iterator[Chunk]:
    """The chunks of `sources`, made as they are asked for; tables are staged in `tables`."""
    for number, (work, share) in enumerate(_all_work(sources, options, tables)):
        yield Chunk(number, work, share)


def _all_work(
    sources: Iterable[Source], options: TableOptions, tables: Path
) -> Iterator[tuple[Work, int]]:
    files: list[Source] = []
    size = 0
    for number, source in enumerate(sources):
        if source.kind == "file":
            if files and (len(files) == _MOST_ENCOUNTERS or size + source.size > _MOST_BYTES):
                yield Files(tuple(files)), size
                files, size = [], 0
            files.append(source)
            size += source.size
            continue
        if files:
            yield Files(tuple(files)), size
            files, size = [], 0
        yield from _guarded(source, _work_of(source, options, tables, number))
    if files:
        yield Files(tuple(files)), size


def _work_of(
    source: Source, options: TableOptions, tables: Path, number: int
) -> Iterator[tuple[Work, int]]:
    if source.kind != "lines":
        yield from _rows(source, staged_table(source, options, tables / f"{number}.parquet"))
    elif source.compression:
        yield from _unpacked_lines(source)
    else:
        yield from _plain_lines(source)


def _guarded(source: Source, work: Iterator[tuple[Work, int]]) -> Iterator[tuple[Work, int]]:
    """Whatever is wrong with one file ends that file alone."""
    try:
        yield from work
    except InputError as error:
        yield Refused(source, error.message), 0


def _plain_lines(source: Source) -> Iterator[tuple[Work, int]]:
    with opened(source) as (content, _):
        head = content.read(_HEAD)
        if not head or binary_kind(head) or head.startswith(_UTF16):
            yield Files((source,)), source.size  # reading it whole says what it is
            return
        content.seek(0)
        start, first, count, size = 0, 1, 0, 0
        for line_size in _line_sizes(content):
            count += 1
            size += line_size
            if count == _MOST_ENCOUNTERS or size >= _MOST_BYTES:
                yield LinePlace(source, start, first, count), size
                start, first, count, size = start + size, first + count, 0, 0
        if count:
            yield LinePlace(source, start, first, count), size


def _line_sizes(content: BinaryIO) -> Iterator[int]:
    """The length of each line in bytes, found without making the lines."""
    rest = 0
    while block := content.read(_MOST_BYTES):
        start = 0
        while (end := block.find(b"\n", start)) >= 0:
            yield rest + end + 1 - start
            rest, start = 0, end + 1
        rest += len(block) - start
    if rest:
        yield rest


def _unpacked_lines(source: Source) -> Iterator[tuple[Work, int]]:
    with opened(source) as (content, file):
        block: list[bytes] = []
        first, size, read = 1, 0, 0
        for line in byte_lines(content):
            block.append(line)
            size += len(line)
            if len(block) == _MOST_ENCOUNTERS or size >= _MOST_BYTES:
                position = file.tell()
                yield LineBlock(source, first, tuple(block)), position - read
                first += len(block)
                block, size, read = [], 0, position
        if block:
            yield LineBlock(source, first, tuple(block)), source.size - read
        elif first == 1:
            raise InputError("this is empty: give one encounter a line, each a JSON object")


def _rows(source: Source, staged: Path) -> Iterator[tuple[Work, int]]:
    groups = pq.ParquetFile(staged).num_row_groups
    for number in range(groups):
        yield StagedRows(source, staged, number), source.size // groups
