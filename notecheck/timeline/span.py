"""A told time as all the days that it may mean."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """All the days that a told time may mean, first and last."""

    earliest: dt.date
    latest: dt.date


def day_span(year: int, month: int, day: int) -> Span | None:
    """A day that exists, or None."""
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return Span(date, date)


def month_span(year: int, month: int) -> Span:
    """All days of a month."""
    return Span(dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))
