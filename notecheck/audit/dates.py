"""Dates as exports write them -> ISO dates, by one rule for a whole table.

Where day and month cannot be told apart (03/04/2026) the table decides: if any of its dates has a
first number above 12, days come first, else months do, as in the United States. Dates with points
(3.4.2026) always begin with the day. A spreadsheet's serial number counts days from 1899-12-30.
"""

from __future__ import annotations

import datetime as dt
import re

from notecheck.audit.table_options import DateOrder

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s])")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{4,6}(?:\.\d+)?)?$")
_NUMBERS = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T\s,])")
_DAY_NAMED = re.compile(r"^(\d{1,2})[-\s./]?([A-Za-z]{3,9})\.?,?[-\s./]?(\d{4}|\d{2})(?=$|[T\s:,])")
_MONTH_NAMED = re.compile(
    r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?=$|[T\s,])"
)
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_FIRST_DAY = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PIVOT = 70  # a year of two digits from here on belongs to the last century


class DateOrders:
    """Watches the dates of a table to tell in which order they are written."""

    def __init__(self) -> None:
        self._day_first = False
        self._month_first = False

    def watch(self, value: str | None) -> None:
        found = _NUMBERS.match((value or "").strip())
        if found and found[2] != ".":
            self._day_first |= int(found[1]) > 12
            self._month_first |= int(found[3]) > 12

    @property
    def order(self) -> DateOrder:
        """Days first only where dates of the table show it and none shows the other."""
        return "dmy" if self._day_first and not self._month_first else "mdy"


def iso_date(value: str, order: DateOrder) -> str:
    """`value` as YYYY-MM-DD, its time of day left out; as it is where it is no date known here."""
    text = value.strip()
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _iso(value, *map(int, found.groups()[:3]))
    if found := _NUMBERS.match(text):
        first, second = int(found[1]), int(found[3])
        day_first = found[2] == "." or (order == "dmy" and second <= 12) or first > 12
        day, month = (first, second) if day_first else (second, first)
        return _iso(value, _year(found[4]), month, day)
    if found := _DAY_NAMED.match(text):
        return _iso(value, _year(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_NAMED.match(text):
        return _iso(value, int(found[3]), _month(found[1]), int(found[2]))
    if (found := _SERIAL.match(text)) and int(found[1]) in _SERIALS:
        return (_FIRST_DAY + dt.timedelta(days=int(found[1]))).isoformat()
    return value


def _iso(value: str, year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return value


def _year(text: str) -> int:
    number = int(text)
    if len(text) == 4:
        return number
    return number + (1900 if number >= _PIVOT else 2000)


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
