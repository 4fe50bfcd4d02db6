"""One public file -> its kind and the rows that are kept of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

from notecheck.codes.files import known_codes
from notecheck.errors import InputError
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.schedules.model import Format, Formats, Row

_HEADING_LINES = 30  # within which the headings end
_STACKED = 6  # lines that one heading may be spread over
_DAY = re.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)")


@cache
def formats() -> Formats:
    """The file `patterns/schedules/formats.toml`. Raises RulesError."""
    return load_toml(pattern_file("schedules/formats.toml"), Formats)


def parse(text: str, where: str) -> tuple[Format, list[Row]]:
    """The format that the file's headings fit, and its rows by our names of the columns.

    Raises InputError for a file that is none of them, and for one without a row.
    """
    first_lines = text.split("\n", _HEADING_LINES)[:_HEADING_LINES]
    delimiter = max(",\t;|", key="\n".join(first_lines).count)
    cells = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    for number in range(min(len(cells), _HEADING_LINES)):
        headings = _stacked(cells[: number + 1])
        for known in formats().format:
            places = _places(known, headings)
            if places is not None:
                rows = [row for line in cells[number + 1 :] if (row := _row(known, places, line))]
                if rows:
                    return known, rows
    names = "; ".join(known.name for known in formats().format)
    raise InputError(f"its headings and rows are of none of the files read: {names}", where=where)


def _stacked(lines: Sequence[Sequence[str]]) -> list[str]:
    """The heading of each column of the last line, with what stands above it."""
    used = [line for line in lines[-_STACKED:] if sum(bool(cell.strip()) for cell in line) > 1]
    width = len(lines[-1])
    return [
        " ".join(
            " ".join(line[column].lower().split())
            for line in used
            if column < len(line) and line[column].strip()
        )
        for column in range(width)
    ]


def _places(known: Format, headings: Sequence[str]) -> dict[str, int] | None:
    places: dict[str, int] = {}
    for name, pattern in known.columns.items():
        found = [place for place, told in enumerate(headings) if re.search(pattern, told)]
        free = [place for place in found if place not in places.values()]
        if not free:
            return None
        places[name] = free[0]
    return places


def _row(known: Format, places: dict[str, int], line: Sequence[str]) -> Row | None:
    row = {name: line[place].strip() for name, place in places.items() if place < len(line)}
    if not row.get(known.key):
        return None
    if known.of_family and not {row.get(name) for name in known.of_family} & set(known_codes()):
        return None
    for name in known.dates:
        match = _DAY.fullmatch(row.get(name, ""))
        row[name] = "-".join(match.groups()) if match else ""
    return row
