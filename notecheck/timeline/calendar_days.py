"""Days, months, seasons, years and eras of the calendar, as notes write them.

Each function reads what its expression has found in normalised words, or gives None where that is
no time after all.
"""

from __future__ import annotations

import datetime as dt
import re

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.timeline.clock import Clock
from notecheck.timeline.span import Span, day_span, month_span, years_span

# Two figures are a day only with a slash: "2-0 Vicryl" and "2.5" are none.
NUMERIC = re.compile(
    r"\b(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}|\d{2}))?|[.-](\d{1,2})[.-](\d{4}|\d{2}))\b"
)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})\b")
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
MONTH_YEAR = re.compile(r"\b(\d{1,2})/((?:19|20)\d\d)\b")
# Not the year of a day that does not exist.
YEAR = re.compile(r"(?<![/.-])(?<!\d, )(?<!\d )\b((?:19|20)\d\d)\b")
SHORT_YEAR = re.compile(r"'(\d\d)\b")
_WHOLE_YEAR = 4  # figures
_WEEK = 6  # days to either side


def _latest_before(operation: dt.date | None, month: int, day: int | None) -> Span | None:
    """A day or month told without its year: the last one before the operation."""
    if operation is None:
        return None
    for year in (operation.year, operation.year - 1):
        span = day_span(year, month, day) if day else month_span(year, month)
        if span and span.earliest <= operation:
            return span
    return None


def iso(match: re.Match[str], clock: Clock) -> Span | None:
    return day_span(*map(int, match.groups()))


def writes_day_first(text: str) -> bool | None:
    """Whether a text's dates with slashes have the day first; None where they do not show it."""
    if "/" not in text:
        return None
    told = [(int(a), int(b)) for a, b in _SLASHED.findall(text)]
    day_first = any(12 < a <= 31 and 1 <= b <= 12 for a, b in told)
    month_first = any(12 < b <= 31 and 1 <= a <= 12 for a, b in told)
    return None if day_first == month_first else day_first


def numeric(match: re.Match[str], clock: Clock) -> Span | None:
    """American order, unless that is no date, is written with dots, or lies after the operation."""
    first, second = int(match[1]), int(match[2] or match[4])
    year, operation = match[3] or match[5], clock.operation
    readings = [(first, second), (second, first)]
    if "." in match[0] or clock.day_first:
        readings.reverse()
    spans = [span for month, day in readings if (span := _told_day(year, month, day, operation))]
    before = [span for span in spans if operation is None or span.latest <= operation]
    return next(iter(before or spans), None)


def _told_day(year: str | None, month: int, day: int, operation: dt.date | None) -> Span | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is None:
        return _latest_before(operation, month, day)
    return day_span(int(year) + (2000 if len(year) == 2 else 0), month, day)


def month_year(match: re.Match[str], clock: Clock) -> Span | None:
    return month_span(int(match[2]), int(match[1])) if 1 <= int(match[1]) <= 12 else None


def day_then_month(match: re.Match[str], clock: Clock) -> Span | None:
    month, day = calendar_words().months[match[2]], int(match[1])
    if not match[3]:
        return _latest_before(clock.operation, month, day)
    return day_span(_year_of(match[3], clock.operation), month, day)


def month_first(match: re.Match[str], clock: Clock) -> Span | None:
    calendar, operation = calendar_words(), clock.operation
    if match[0].strip(" .,") in calendar.words.doubtful:
        return None
    part, month = match[1], calendar.months[match[2]]
    day, year = int(match[3] or 0), _told_year(match[4], operation)
    if year is None:
        span = _latest_before(operation, month, day or None)
    elif day:
        span = day_span(year, month, day)
    else:
        span = month_span(year, month)
    if span is None or day or not part:
        return span
    return _part_of(span, calendar.words.parts_of_month[part])


def _part_of(month: Span, days: tuple[int, int]) -> Span:
    """From the first to the last of these days of a month; a short month ends earlier."""
    first, last = days
    return Span(
        month.earliest.replace(day=first),
        month.latest.replace(day=min(last, month.latest.day)),
    )


def season(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Spring of 2024", "last summer"; a season alone ("fall") may be the everyday word."""
    if not (match["which"] or match["year"]):
        return None
    calendar, operation = calendar_words().words, clock.operation
    first, last = calendar.seasons[match["season"]]
    over_new_year = first > last
    if match["year"]:
        year = int(match["year"]) - over_new_year
    elif operation is None:
        return None
    else:
        year = operation.year - (dt.date(operation.year, first, 1) > operation)
        runs = not over_new_year and operation <= month_span(year, last).latest
        if runs and match["which"] in calendar.last:
            year -= 1  # the one that runs is no last one
    whole = Span(dt.date(year, first, 1), month_span(year + over_new_year, last).latest)
    if match["part"] in calendar.early_in_season:
        return Span(whole.earliest, whole.earliest).moved(*calendar.early_in_season[match["part"]])
    if match["part"]:
        return Span(whole.latest, whole.latest).moved(*calendar.late_in_season[match["part"]])
    return whole


def _told_year(told: str | None, operation: dt.date | None) -> int | None:
    """A year in figures or in words ("last year"); None where none is told."""
    back = calendar_words().words.years_back.get(told or "")
    if back is not None:
        return operation.year - back if operation else None
    return _year_of(told, operation) if told else None


def _year_of(told: str, operation: dt.date | None) -> int:
    """A year of four figures, or of two behind an apostrophe: "'98" was before the operation."""
    if len(told) == _WHOLE_YEAR:
        return int(told)
    year = 2000 + int(told[-2:])
    return year - (100 if operation and year > operation.year else 0)


def year_alone(match: re.Match[str], clock: Clock) -> Span | None:
    year = _year_of(match[0], clock.operation)
    return years_span(year, year)


def part_of_year(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Late 2025", "the first half of 2024"."""
    first, last = calendar_words().words.parts_of_year[match[1]]
    year = _told_year(match[2], clock.operation)
    return month_span(year, first).or_else(month_span(year, last)) if year else None


def named_day(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Thanksgiving", "Christmas 2025"; with no year the last one before the operation."""
    name, of_week, told = match.groups()
    (month, day), last = calendar_words().words.named_days[name]
    year, before = _told_year(told, clock.operation), _latest_before(clock.operation, month, day)
    if year is None and before:
        year = before.earliest.year
    if year is None:
        return None
    span = Span(dt.date(year, month, day), dt.date(year, *last))
    return span.moved(-_WEEK, _WEEK) if of_week else span


def era(match: re.Match[str], clock: Clock) -> Span | None:
    """ "In Vietnam": a time of history that has begun before the operation."""
    span = years_span(*calendar_words().words.eras[match[1]])
    return None if clock.operation and clock.operation <= span.latest else span


def decade(match: re.Match[str], clock: Clock) -> Span | None:
    """ "The 1990s", "'90s", "the nineties": the last such ten years that had begun."""
    century, ten, short, shorter, named = match.groups()
    if century:
        first = int(f"{century}{ten}0")
    else:
        tens = calendar_words().ten_named(named) if named else int(short or shorter)
        first = 2000 + 10 * tens
        first -= 100 if first > (clock.operation.year if clock.operation else 2000) else 0
    return years_span(first, first + 9)
