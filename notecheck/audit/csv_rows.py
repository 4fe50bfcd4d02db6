"""A CSV file -> its rows, a broken row being one refusal and not the end of the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from notecheck.audit.columns import find_columns
from notecheck.audit.table_rows import Row
from notecheck.errors import InputError
from notecheck.read.binary import binary_kind
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.text import decode

_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row of a table: its number among the rows from 1, and its fields or what is wrong."""

    number: int
    row: Row | InputError


def csv_rows(stream: BinaryIO, chosen: Mapping[str, str]) -> Iterator[NumberedRow]:
    """The rows of an open CSV file with a header, by the fields of `notecheck.audit.columns`.

    Tabs part the cells of a `.tsv`, else the header tells whether it is tabs, semicolons or commas.
    Raises InputError when the file as a whole cannot be read.
    """
    csv.field_size_limit(MAX_ENCOUNTER_BYTES)
    first_line = stream.readline(_SAMPLE)
    kind = binary_kind(first_line)
    if kind or first_line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(f"this is {kind or 'UTF-16 text'}, not CSV: save the table as UTF-8 text")
    # What is not UTF-8 comes through as surrogates, to be decoded cell by cell as a note would be.
    header_line = first_line.decode("utf-8-sig", "surrogateescape")
    text = io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline="")
    if not header_line.strip():
        raise InputError("this is empty: give a header and one document a row")
    delimiter = max("\t;,", key=header_line.count)
    names = next(csv.reader([header_line], delimiter=delimiter))
    header = [_decoded(name).strip() for name in names]
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
                yield NumberedRow(number, _wrong_width(len(cells), len(header)))
    except csv.Error:
        raise InputError(
            f"the table cannot be read on after row {number}: look for a quotation mark that is "
            "opened there and never closed"
        ) from None


def _wrong_width(cells: int, expected: int) -> InputError:
    return InputError(
        f"the row has {cells} cells and the header {expected}: put quotation marks round text "
        "that holds commas or line ends"
    )


def _decoded(cell: str) -> str:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return decode(cell.encode("utf-8", "surrogateescape"))
    return cell
