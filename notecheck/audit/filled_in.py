"""A worksheet that came back from somebody's spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

from notecheck.errors import InputError
from notecheck.read.text import decode


def cells_of(path: Path) -> list[list[str]]:
    """The rows of a CSV file, whatever a spreadsheet made its delimiter.

    Raises InputError for a file that cannot be read.
    """
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path)) from None
    except InputError as error:
        raise error.at(str(path)) from None
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
