"""Times told from the day of telling: "six weeks ago", "last Tuesday", "earlier this year".

Each function reads what its expression has found in normalised words; without a day to count from
there is no time.
"""

from __future__ import annotations

import datetime as dt
import re

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.timeline.ago_words import ago_words
from notecheck.timeline.clock import Clock
from notecheck.timeline.number_words import number_words
from notecheck.timeline.span import Span, years_span

_LONGEST_AGO = 150 * 365.25  # days: what is longer ago is a slip of the pen, and no date
_SOME_LEAST, _SOME_MOST = 2, 9


def ago(match: re.Match[str], clock: Clock) -> Span | None:
    """A time ago is told in round numbers: half of its smallest unit either way."""
    told_on, told = clock.told_on, match.groupdict()
    if told_on is None:
        return None
    days = ago_words().words.days
    unit = days[told["unit"]]
    most = _count(told["most"])
    least = _count(told["least"]) if told["least"] else most
    if most is None or least is None:
        return _between(told_on, _SOME_LEAST * unit, _SOME_MOST * unit)
    if most * unit > _LONGEST_AGO:
        return None
    further, exact = 0.0, unit
    if told["part"] or told["part_behind"]:
        further = exact = unit / 2
    elif told["more"] and (more := _count(told["more"])):
        exact = days[told["more_unit"]]
        further = more * exact
    slack = 0.0 if exact == days["day"] else exact / 2
    if told["about"]:
        slack = max(slack, int(most * unit * ago_words().words.about_part))
    first, last = min(least, most) * unit + further - slack, most * unit + further + slack
    if told["over"] or told["plus"]:
        first += slack
    elif told["under"]:
        first = first + slack / 2 if told["just"] else first - unit
        last -= slack + 1
    return _between(told_on, max(0.0, first), last)


def within(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Within the past year", "in the last two months": no longer ago than that."""
    if clock.told_on is None:
        return None
    most = _count(match["most"]) if match["most"] else 1
    unit = ago_words().words.days[match["unit"]]
    return _between(clock.told_on, 0, (_SOME_MOST if most is None else most) * unit)


def _count(told: str) -> float | None:
    """How many units, or None for a few of them."""
    if told in number_words().some:
        return None
    return ago_words().counted.get(told) or float(told)


def _between(told_on: dt.date, least: float, most: float) -> Span:
    """From `most` to `least` days before."""
    return Span(told_on, told_on).moved(-most, -least)


def long_ago(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Decades ago": any day more than a year before."""
    return _between(clock.operation, 366, 36_525) if clock.operation else None


def just_now(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Yesterday", "the day before yesterday", "this morning"."""
    back = ago_words().words.days_back[match[1]]
    return _between(clock.told_on, back, back) if clock.told_on else None


def last_day(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Last Tuesday": that of this week or of the one before."""
    if clock.told_on is None:
        return None
    day = calendar_words().words.days_of_week.index(match[1])  # Monday first, as Python's
    back = (clock.told_on.weekday() - day) % 7 or 7
    return _between(clock.told_on, back, back + 7)


def last_whole(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Last week", "last month", "last year": the calendar's, whole."""
    whole, told_on = ago_words().words.whole, clock.told_on
    if told_on is None:
        return None
    if match[1] in (*whole.year, *whole.year_before):
        year = told_on.year - (1 if match[1] in whole.year else 2)
        return years_span(year, year)
    if match[1] in whole.month:
        end = told_on.replace(day=1) - dt.timedelta(days=1)
        return Span(end.replace(day=1), end)
    return _between(told_on, told_on.weekday() + 1, told_on.weekday() + 7)


def running(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Earlier this year", "this month": from where it begins to the day of telling."""
    runs, told_on = ago_words().words.running, clock.told_on
    if told_on is None:
        return None
    if match[1] in runs.year:
        return Span(told_on.replace(month=1, day=1), told_on)
    if match[1] in runs.month:
        return Span(told_on.replace(day=1), told_on)
    return _between(told_on, 0, told_on.weekday())


def years_back(match: re.Match[str], clock: Clock) -> Span | None:
    """ "Two Christmases ago": between a year less and a year more."""
    if clock.operation is None:
        return None
    count = number_words().counted.get(match[1], 0)
    least, most = (count - 1, count) if count else (_SOME_LEAST, _SOME_MOST)
    return _between(clock.operation, 365 * least, 366 * most)


def moved(match: re.Match[str], other: Span) -> Span:
    """ "Two days after", "a week before" another time; weeks and more are told in round numbers."""
    told = match.groupdict()
    unit = ago_words().words.days[told["unit"] or told["next"]]
    count = _count(told["most"]) if told["most"] else 1
    slack = 0.0 if unit == ago_words().words.days[ago_words().words.day[0]] else unit / 2
    least = _SOME_LEAST * unit if count is None else count * unit - slack
    most = _SOME_MOST * unit if count is None else count * unit + slack
    return other.moved(-most, -least) if told.get("back") else other.moved(least, most)
