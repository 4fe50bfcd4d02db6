"""An Excel workbook -> the rows of its first sheet that holds a table of documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from notecheck.audit.columns import find_columns
from notecheck.audit.csv_rows import NumberedRow, joined
from notecheck.errors import FileError, InputError
from notecheck.extras import missing_extra
from notecheck.read.inflate import require_small

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_HEADER_ROWS = 12
_MOST_ROWS = 1_048_576
# Unpacked: a workbook of ten thousand notes has about 50 MB.
_MOST_BYTES = 500_000_000
_MOST_PARTS = 2_000


def xlsx_rows(path: str, chosen: Mapping[str, str]) -> Iterator[NumberedRow]:
    """The rows under the header, by the fields of `notecheck.audit.columns`.

    The header is the first row, of the first sheet that has one, that names an encounter id and a
    text. Raises InputError when there is none, or the workbook cannot be read.
    """
    with _opened(path) as book:
        table = _table(book, chosen)
        places = {f: [table.names.index(n) for n in those] for f, those in table.columns.items()}
        rows = _rows(table.sheet, table.header + 1)
        for number, row in enumerate(filter(any, rows), start=1):
            told = {f: joined(_at(row, place) for place in places[f]) for f in places}
            yield NumberedRow(number, told)


def xlsx_columns(path: str, chosen: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The columns of each field of the table that `xlsx_rows` reads. Raises InputError as it."""
    with _opened(path) as book:
        return _table(book, chosen).columns


@contextmanager
def _opened(path: str) -> Iterator[Workbook]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise missing_extra("an Excel workbook", "excel") from None
    try:
        with ZipFile(path) as archive:
            require_small(archive, _MOST_BYTES, most_parts=_MOST_PARTS, what="the workbook")
        book = load_workbook(path, read_only=True, data_only=True)
    except (InputError, MemoryError):
        raise
    except OSError as error:
        raise FileError(f"the file cannot be read: {error.strerror}") from None
    except Exception:  # openpyxl raises whatever it trips over in a damaged file
        raise _damaged() from None
    try:
        yield book
    finally:
        book.close()


def _damaged() -> InputError:
    return InputError("this is no sound Excel workbook: save it again as .xlsx")


def _rows(sheet: Any, first: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet from row `first` (from 1), as many as Excel itself can have.

    What the sheet says of its own size is not believed: openpyxl would fill it with empty cells.
    """
    try:
        sheet.reset_dimensions()
        yield from islice(sheet.iter_rows(min_row=first, values_only=True), _MOST_ROWS)
    except (InputError, MemoryError):
        raise
    except Exception:  # as above
        raise _damaged() from None


class _Table(NamedTuple):
    """A sheet, its header's row (from 1) and names, and the columns of each field."""

    sheet: Any
    header: int
    names: list[str]
    columns: dict[str, tuple[str, ...]]


def _table(book: Workbook, chosen: Mapping[str, str]) -> _Table:
    refusal = InputError("the workbook is empty: give a header and one document a row")
    for sheet in book.worksheets:
        for at, cells in enumerate(islice(_rows(sheet, 1), _HEADER_ROWS), 1):
            names = list(map(_text, cells))
            try:
                return _Table(sheet, at, names, find_columns(names, chosen))
            except InputError as error:
                refusal = error if any(names) else refusal
    raise refusal


def _at(row: Sequence[Any], place: int) -> str:
    return _text(row[place]) if place < len(row) else ""


def _text(cell: object) -> str:
    """A cell as a CSV file would have it: whole numbers without a point, dates as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("_x000D_", "")
