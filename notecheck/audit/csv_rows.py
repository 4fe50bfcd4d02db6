"""A CSV file -> its rows, a broken row being one refusal and not the end of the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from notecheck.audit.columns import find_columns
from notecheck.audit.table_rows import Row
from notecheck.errors import InputError
from notecheck.read.binary import binary_kind
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.text import decode

WRONG_WIDTH = (
    "the row has more or fewer cells than the header: put quotation marks round text that holds "
    "commas or line ends"
)
_LONGEST_HEADER = 1 << 16


class NumberedRow(NamedTuple):
    """A row of a table: its number among the rows from 1, and its fields or what is wrong."""

    number: int
    row: Row | InputError


def csv_rows(stream: BinaryIO, chosen: Mapping[str, str]) -> Iterator[NumberedRow]:
    """The rows of an open CSV file with a header, by the fields of `notecheck.audit.columns`.

    Raises InputError when the file cannot be read, or not any further.
    """
    csv.field_size_limit(MAX_ENCOUNTER_BYTES)
    header, delimiter = csv_header(_first_line(stream))
    # What is not UTF-8 comes through as surrogates, to be decoded cell by cell as a note would be.
    text = io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline="")
    columns = find_columns(header, chosen)
    places = {field: header.index(column) for field, column in columns.items()}
    number = 0
    try:
        filled = filter(None, csv.reader(text, delimiter=delimiter))
        for number, cells in enumerate(filled, start=1):
            if len(cells) == len(header):
                row = {field: _decoded(cells[place]) for field, place in places.items()}
                yield NumberedRow(number, row)
            else:
                yield NumberedRow(number, InputError(WRONG_WIDTH))
    except csv.Error:
        raise InputError(
            f"the table cannot be read on after row {number}: look for a quotation mark that is "
            "opened there and never closed"
        ) from None


def _first_line(stream: BinaryIO) -> bytes:
    """The first line, whether it ends as Unix, Windows or an old Macintosh has it."""
    line = stream.readline(_LONGEST_HEADER)
    first, end, rest = line.partition(b"\r")
    if end and rest != b"\n":
        stream.seek(len(first) + len(end) - len(line), io.SEEK_CUR)
        return first + end
    return line


def csv_header(first_line: bytes) -> tuple[list[str], str]:
    """The names of the columns, and what parts the cells: a tab, a semicolon or a comma.

    Raises InputError when this is not the first line of a table.
    """
    kind = binary_kind(first_line)
    if kind or first_line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(f"this is {kind or 'UTF-16 text'}, not CSV: save the table as UTF-8 text")
    line = first_line.decode("utf-8-sig", "surrogateescape")
    if not line.strip():
        raise InputError("this is empty: give a header and one document a row")
    delimiter = max("\t;,", key=line.count)
    names = next(csv.reader([line], delimiter=delimiter))
    return [_decoded(name).strip() for name in names], delimiter


def _decoded(cell: str) -> str:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return decode(cell.encode("utf-8", "surrogateescape"))
    return cell
