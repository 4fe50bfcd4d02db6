"""A CSV file -> its rows, a broken row being one refusal and not the end of the file."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO, NamedTuple, cast

from notecheck.audit.columns import REQUIRED, find_columns, known_columns
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
_HEADER_ROWS = 12
_DELIMITERS = "\t;,|^~"


class NumberedRow(NamedTuple):
    """A row of a table: its number among the rows from 1, and its fields or what is wrong."""

    number: int
    row: Row | InputError


class Layout(NamedTuple):
    """How a table is written; `skip` is how many filled rows stand above the header's."""

    header: list[str]
    delimiter: str
    encoding: str
    skip: int


def csv_rows(stream: BinaryIO, chosen: Mapping[str, str]) -> Iterator[NumberedRow]:
    """The rows of an open CSV file with a header, by the fields of `notecheck.audit.columns`.

    What parts cells, the encoding and the row of the header are told by the content. Raises
    InputError when the file cannot be read, or not any further.
    """
    csv.field_size_limit(MAX_ENCOUNTER_BYTES)
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _LONGEST_HEADER)
    layout = table_layout(buffered.peek(_LONGEST_HEADER), chosen)
    # What is not UTF-8 comes through as surrogates, to be decoded cell by cell as a note would be.
    text = io.TextIOWrapper(buffered, layout.encoding, errors="surrogateescape", newline="")
    columns = find_columns(layout.header, chosen)
    places = {field: [layout.header.index(c) for c in those] for field, those in columns.items()}
    width, number = len(layout.header), 0
    try:
        filled = filter(None, csv.reader(text, delimiter=layout.delimiter))
        for number, cells in enumerate(islice(filled, layout.skip + 1, None), start=1):
            if len(cells) == width:
                row = {
                    field: joined(_decoded(cells[p]) for p in at) for field, at in places.items()
                }
                yield NumberedRow(number, row)
            else:
                yield NumberedRow(number, InputError(WRONG_WIDTH))
    except csv.Error:
        raise InputError(
            f"the table cannot be read on after row {number}: look for a quotation mark that is "
            "opened there and never closed"
        ) from None
    except UnicodeError:
        raise InputError(f"the table is not {layout.encoding} text after row {number}") from None


def joined(values: Iterable[str | None]) -> str:
    """The values of one field, spread over columns or not, in one cell."""
    told = list(values)
    return told[0] or "" if len(told) == 1 else ";".join(filter(None, map(_stripped, told)))


def table_layout(head: bytes, chosen: Mapping[str, str]) -> Layout:
    """How the table that begins with `head` is written.

    The header is the row, among the first, that names an encounter id and a text, and of several
    such the one with most known columns; where there is none the first filled row.
    Raises InputError when this is no table's beginning.
    """
    kind = binary_kind(head)
    encoding = _encoding(head)
    if kind and encoding == "utf-8":
        raise InputError(f"this is {kind}, not CSV: save the table as CSV or Excel")
    errors = "surrogateescape" if encoding == "utf-8" else "ignore"
    text = head.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors).lstrip("\ufeff")
    if not text.strip():
        raise InputError("this is empty: give a header and one document a row")
    best: Layout | None = None
    most = 0
    for delimiter in _DELIMITERS:
        for skip, cells in enumerate(_first_rows(text, delimiter)):
            names = [_decoded(name).strip() for name in cells]
            if len(names) < len(REQUIRED) or not set(chosen.values()) <= set(names):
                continue
            found = known_columns(names, chosen)
            if len(found) > most and all(field in found for field in REQUIRED):
                best, most = Layout(names, delimiter, encoding, skip), len(found)
    if best is not None:
        return best
    first = next(iter(text.lstrip().splitlines()))
    delimiter = max(_DELIMITERS, key=first.count)
    names = next(iter(_first_rows(text, delimiter)), [""])
    return Layout([_decoded(name).strip() for name in names], delimiter, encoding, 0)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    # Read as a file is, so that a row of the header may end by any of the line ends.
    with contextlib.suppress(csv.Error):
        for row in filter(None, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            rows.append(row)
            if len(rows) == _HEADER_ROWS:
                break
    return rows


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) > 3 and head[1:200:2].count(0) > len(head[1:200:2]) * 0.8:
        return "utf-16-le"
    if len(head) > 3 and head[0:200:2].count(0) > len(head[0:200:2]) * 0.8:
        return "utf-16-be"
    return "utf-8"


def _stripped(value: str | None) -> str:
    return (value or "").strip()


def _decoded(cell: str) -> str:
    cell = cell.removeprefix("\ufeff")
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return decode(cell.encode("utf-8", "surrogateescape"))
    return cell
