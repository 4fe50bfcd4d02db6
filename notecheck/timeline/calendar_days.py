"""Days, months, seasons and years of the calendar, as notes write them.

Each function reads the first such time in normalised words, or gives None; `operation` supplies a
year that is not told.
"""

from __future__ import annotations

import datetime as dt
import re

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.timeline.calendar_expressions import calendar_expressions
from notecheck.timeline.span import Span, day_span, month_span

# Two figures are a day only with a slash: "2-0 Vicryl" and "2.5" are none.
_NUMERIC = re.compile(
    r"\b(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}|\d{2}))?|[.-](\d{1,2})[.-](\d{4}|\d{2}))\b"
)
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_MONTH_YEAR = re.compile(r"\b(\d{1,2})/((?:19|20)\d\d)\b")
# Not the year of a day that does not exist.
_YEAR = re.compile(r"(?<![/.-])(?<!\d, )(?<!\d )\b((?:19|20)\d\d)\b")
_WHOLE_YEAR = 4  # figures
_SHORT_YEAR = re.compile(r"'(\d\d)\b")


def _latest_before(operation: dt.date | None, month: int, day: int | None) -> Span | None:
    """A day or month told without its year: the last one before the operation."""
    if operation is None:
        return None
    for year in (operation.year, operation.year - 1):
        span = day_span(year, month, day) if day else month_span(year, month)
        if span and span.earliest <= operation:
            return span
    return None


def iso(words: str, operation: dt.date | None) -> Span | None:
    match = _ISO.search(words)
    return day_span(*map(int, match.groups())) if match else None


def writes_day_first(text: str) -> bool | None:
    """Whether a text's dates with slashes have the day first; None where they do not show it."""
    if "/" not in text:
        return None
    told = [(int(a), int(b)) for a, b in _SLASHED.findall(text)]
    day_first = any(12 < a <= 31 and 1 <= b <= 12 for a, b in told)
    month_first = any(12 < b <= 31 and 1 <= a <= 12 for a, b in told)
    return None if day_first == month_first else day_first


def numeric(
    words: str, operation: dt.date | None, *, written_day_first: bool = False
) -> Span | None:
    """American order, unless that is no date, is written with dots, or lies after the operation.

    `written_day_first` says that the text's other dates have the day first.
    """
    match = _NUMERIC.search(words)
    if not match:
        return None
    first, second = int(match[1]), int(match[2] or match[4])
    year = match[3] or match[5]
    readings = [(first, second), (second, first)]
    if "." in match[0] or written_day_first:
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


def month_year(words: str, operation: dt.date | None) -> Span | None:
    match = _MONTH_YEAR.search(words)
    return month_span(int(match[2]), int(match[1])) if match and 1 <= int(match[1]) <= 12 else None


def day_then_month(words: str, operation: dt.date | None) -> Span | None:
    match = calendar_expressions().day_first.search(words)
    if not match:
        return None
    month, day = calendar_words().months[match[2]], int(match[1])
    if not match[3]:
        return _latest_before(operation, month, day)
    return day_span(_year_of(match[3], operation), month, day)


def month_first(words: str, operation: dt.date | None) -> Span | None:
    match = calendar_expressions().month_first.search(words)
    calendar = calendar_words()
    if not match or match[0].strip(" .,") in calendar.words.doubtful:
        return None
    part, month = match[1], calendar.months[match[2]]
    day, year = int(match[3] or 0), match[4]
    if year in calendar.words.years_back:
        back = calendar.words.years_back[year]
        year = str(operation.year - back) if operation else None
    if not year:
        span = _latest_before(operation, month, day or None)
    elif day:
        span = day_span(_year_of(year, operation), month, day)
    else:
        span = month_span(_year_of(year, operation), month)
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


def season(words: str, operation: dt.date | None) -> Span | None:
    """ "Spring of 2024", "last summer"; a season alone ("fall") may be the everyday word."""
    match = calendar_expressions().season.search(words)
    if not match or not (match[1] or match[3]):
        return None
    calendar = calendar_words().words
    first, last = calendar.seasons[match[2]]
    over_new_year = first > last
    if match[3]:
        year = int(match[3]) - over_new_year
    elif operation is None:
        return None
    else:
        year = operation.year - (dt.date(operation.year, first, 1) > operation)
        runs = not over_new_year and operation <= month_span(year, last).latest
        if runs and match[1] in calendar.last:
            year -= 1  # the one that runs is no last one
    return Span(dt.date(year, first, 1), month_span(year + over_new_year, last).latest)


def _year_of(told: str, operation: dt.date | None) -> int:
    """A year of four figures, or of two behind an apostrophe: "'98" was before the operation."""
    if len(told) == _WHOLE_YEAR:
        return int(told)
    year = 2000 + int(told[-2:])
    return year - (100 if operation and year > operation.year else 0)


def year_alone(words: str, operation: dt.date | None) -> Span | None:
    told = _YEAR.search(words) or _SHORT_YEAR.search(words)
    if told is None:
        return None
    year = _year_of(told[0], operation)
    return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))


def decade(words: str, operation: dt.date | None) -> Span | None:
    """ "The 1990s", "'90s", "the nineties": the last such ten years that had begun."""
    match = calendar_expressions().decade.search(words)
    if not match:
        return None
    century, ten, short, shorter, named = match.groups()
    if century:
        first = int(f"{century}{ten}0")
    else:
        decades = calendar_words().words.decades  # from the twenties on
        first = 2000 + 10 * (2 + decades.index(named) if named else int(short or shorter))
        first -= 100 if first > (operation.year if operation else 2000) else 0
    return Span(dt.date(first, 1, 1), dt.date(first + 9, 12, 31))
