"""Times told from the day of telling: "six weeks ago", "last Tuesday", "as a child".

Each function reads the first such time in normalised words, or gives None; without a day to count
from there is none.
"""

from __future__ import annotations

import datetime as dt

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.timeline.ago_words import ago_words
from notecheck.timeline.number_words import number_words
from notecheck.timeline.span import Span

_LONGEST_AGO = 150 * 365.25  # days: what is longer ago is a slip of the pen, and no date
_SOME_LEAST, _SOME_MOST = 2, 9


def ago(words: str, operation: dt.date | None) -> Span | None:
    """A time ago is told in round numbers: half of its smallest unit either way."""
    told = ago_words().ago.search(words)
    if not told or operation is None:
        return None
    days = ago_words().words.days
    unit = days[told["unit"]]
    most = _count(told["most"])
    least = _count(told["least"]) if told["least"] else most
    if most is None or least is None:
        return _between(operation, _SOME_LEAST * unit, _SOME_MOST * unit)
    if most * unit > _LONGEST_AGO:
        return None
    further, exact = 0.0, unit
    if told["part"] or told["part_behind"]:
        further = exact = unit / 2
    elif told["more"] and (more := _count(told["more"])):
        exact = days[told["more_unit"]]
        further = more * exact
    slack = 0.0 if exact == days["day"] else exact / 2
    first, last = min(least, most) * unit + further - slack, most * unit + further + slack
    if told["over"]:
        first += slack
    elif told["under"]:
        first, last = first - unit, last - slack - 1
    return _between(operation, max(0.0, first), last)


def _count(told: str) -> float | None:
    """How many units, or None for a few of them."""
    if told in number_words().some:
        return None
    return ago_words().counted.get(told) or float(told)


def _between(operation: dt.date, least: float, most: float) -> Span:
    """From `most` to `least` days before the operation."""
    day = dt.timedelta(days=1)
    return Span(operation - round(most) * day, operation - round(least) * day)


def long_ago(words: str, operation: dt.date | None) -> Span | None:
    """ "As a child", "decades ago": any day more than a year before."""
    if operation is None or not ago_words().long_ago.search(words):
        return None
    return Span(operation - dt.timedelta(days=36_525), operation - dt.timedelta(days=366))


def just_now(words: str, told_on: dt.date | None) -> Span | None:
    """ "Yesterday", "the day before yesterday", "this morning"."""
    match = ago_words().just_now.search(words)
    if not match or told_on is None:
        return None
    day = told_on - dt.timedelta(days=ago_words().words.days_back[match[1]])
    return Span(day, day)


def last_day(words: str, told_on: dt.date | None) -> Span | None:
    """ "Last Tuesday": that of this week or of the one before."""
    match = ago_words().last_day.search(words)
    if not match or told_on is None:
        return None
    day = calendar_words().words.days_of_week.index(match[1])  # Monday first, as Python's
    back = (told_on.weekday() - day) % 7 or 7
    return Span(told_on - dt.timedelta(days=back + 7), told_on - dt.timedelta(days=back))


def last_whole(words: str, told_on: dt.date | None) -> Span | None:
    """ "Last week", "last month", "last year": the calendar's, whole."""
    match = ago_words().whole.search(words)
    if not match or told_on is None:
        return None
    whole = ago_words().words.whole
    if match[1] in whole.year:
        return Span(dt.date(told_on.year - 1, 1, 1), dt.date(told_on.year - 1, 12, 31))
    if match[1] in whole.month:
        end = told_on.replace(day=1) - dt.timedelta(days=1)
        return Span(end.replace(day=1), end)
    monday = told_on - dt.timedelta(days=told_on.weekday() + 7)
    return Span(monday, monday + dt.timedelta(days=6))


def years_back(words: str, operation: dt.date | None) -> Span | None:
    """ "Two Christmases ago": between a year less and a year more."""
    match = ago_words().yearly.search(words)
    if not match or operation is None:
        return None
    count = number_words().counted.get(match[1], 0)
    least, most = (count - 1, count) if count else (_SOME_LEAST, _SOME_MOST)
    return Span(
        operation - dt.timedelta(days=366 * most), operation - dt.timedelta(days=365 * least)
    )
