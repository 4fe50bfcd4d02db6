"""Rows -> a CSV or Excel file that a spreadsheet opens and that runs nothing in it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from notecheck.extras import missing_extra

TableFormat = Literal["csv", "xlsx"]
Cell = str | float | int | bool | None

# A spreadsheet would run a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@")
_CONTROLS = ("\t", "\r", "\n")
_LONGEST_CELL = 32_767  # characters: Excel's own limit


def table_bytes(
    format: TableFormat, columns: Sequence[str], rows: Iterable[Mapping[str, object]]
) -> bytes:
    """The table as a file: CSV in UTF-8 with a mark that Excel needs, or an Excel workbook.

    Lists become text parted by "; ". A text that a spreadsheet would take for a formula gets an
    apostrophe before it. Raises InputError for `xlsx` without the extra `excel`.
    """
    cells = ([_cell(row.get(name)) for name in columns] for row in rows)
    return _csv(columns, cells) if format == "csv" else _xlsx(columns, cells)


def _csv(columns: Sequence[str], rows: Iterable[list[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(columns: Sequence[str], rows: Iterable[list[Cell]]) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError:
        raise missing_extra("an Excel workbook", "excel") from None
    book = Workbook(write_only=True)
    sheet = book.create_sheet("notecheck")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append(
            [
                ILLEGAL_CHARACTERS_RE.sub(" ", cell)[:_LONGEST_CELL]
                if isinstance(cell, str)
                else cell
                for cell in row
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(value: object) -> Cell:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if value is None or isinstance(value, bool | int | float):
        return value
    return harmless(str(value))


def harmless(cell: str) -> str:
    """`cell` with an apostrophe before what a spreadsheet would run.

    Spreadsheets look past blanks and line ends, and read full-width signs as plain ones.
    """
    first = unicodedata.normalize("NFKC", cell).lstrip()[:1]
    return f"'{cell}" if first in _FORMULA or cell[:1] in _CONTROLS else cell
