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

    def or_else(self, other: Span) -> Span:
        """All the days where either time may be meant."""
        return Span(min(self.earliest, other.earliest), max(self.latest, other.latest))

    def moved(self, least: float, most: float) -> Span:
        """From `least` to `most` days later."""
        return Span(
            self.earliest + dt.timedelta(days=round(least)),
            self.latest + dt.timedelta(days=round(most)),
        )


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


def years_span(first: int, last: int) -> Span:
    """All days of these years."""
    return Span(dt.date(first, 1, 1), dt.date(last, 12, 31))
