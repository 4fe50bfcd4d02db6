"""Days as senders write them: a date of an auxiliary field is read where it can be, else none."""

from __future__ import annotations

import datetime as dt
import re

# Each with the fields of `strptime`; where day and month could be either, the month is first, as
# in the United States, whose codes these are.
_FORMS = (
    (re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)"), "%Y-%m-%d"),
    (re.compile(r"\d{8}(?!\d)|\d{8}(?=\d{2,10}(?!\d))"), "%Y%m%d"),
    (re.compile(r"\d{4}/\d{1,2}/\d{1,2}(?!\d)"), "%Y/%m/%d"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}(?!\d)"), "%m/%d/%Y"),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}(?!\d)"), "%m-%d-%Y"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{2}(?!\d)"), "%m/%d/%y"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"), "%d.%m.%Y"),
    (re.compile(r"\d{1,2}[- ][A-Za-z]{3}[- ]\d{4}(?!\d)"), "%d %b %Y"),
    (re.compile(r"[A-Za-z]{3} \d{1,2},? \d{4}(?!\d)"), "%b %d %Y"),
    (re.compile(r"\d{1,2} [A-Za-z]{4,9},? \d{4}(?!\d)"), "%d %B %Y"),
    (re.compile(r"[A-Za-z]{4,9} \d{1,2},? \d{4}(?!\d)"), "%B %d %Y"),
)


def told_day(value: str) -> dt.date | None:
    """The day that a date or time in any of the usual forms tells; None where it tells none.

    `20260302`, `20260302081500+0100`, `2026-03-02T08:15:00Z`, `03/02/2026` (month first),
    `2.3.2026` (day first), `02-MAR-2026`, `Mar 2, 2026` and `March 2, 2026` are all the second of
    March.
    """
    value = value.strip()
    for form, fields in _FORMS:
        found = form.match(value)
        if found is None:
            continue
        told = found[0].replace(",", "")
        if "%b" in fields:
            told = told.replace("-", " ")
        try:
            return dt.datetime.strptime(told, fields).date()
        except ValueError:
            continue
    return None
