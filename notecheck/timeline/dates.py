"""Dates as notes tell them: days, months, years, and times ago, as a span of possible days."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

from notecheck.timeline.spoken import in_figures

_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Two figures are a day only with a slash: "2-0 Vicryl" and "2.5" are none.
_NUMERIC = re.compile(
    r"\b(\d{1,2})(?:/(\d{1,2})(?:/(\d{4}|\d{2}))?|[.-](\d{1,2})[.-](\d{4}|\d{2}))\b"
)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_MONTH_YEAR = re.compile(r"\b(\d{1,2})/((?:19|20)\d\d)\b")
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}(?: (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?,?(?: of)?"
    r"(?: (this year|last year|(?:19|20)\d\d))?"
)
_DAY_FIRST = re.compile(
    rf"\b(?:the )?(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]?((?:19|20)\d\d)?"
)
# Not the year of a day that does not exist.
_YEAR = re.compile(r"(?<![/.-])(?<!\d, )(?<!\d )\b((?:19|20)\d\d)\b")
_SHORT_YEAR = re.compile(r"'(\d\d)\b")
_AGO = re.compile(
    r"\b(\d+(?:\.\d)?|(?:a )?few|several|some|an?|one|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen"
    r"|twenty|thirty|forty|fifty|sixty) (?:and a half )?(day|week|wk|month|mo|year|yr|decade)s? "
    r"(?:ago|back|earlier|before|prior|previously|post ?op(?:eratively)?|out|status post|after)\b"
)
_LONG_AGO = re.compile(
    r"\b(?:as a (?:small )?(?:child|boy|girl|teen\w*|young (?:man|woman|adult))"
    r"|in (?:his|her) (?:childhood|youth|teens)"
    r"|(?:in|since) (?:early )?childhood|since (?:birth|boyhood|girlhood)"
    r"|at (?:the age of |age )?(?:[1-9]|1[0-7]) years of age"
    r"|at (?:the )?age (?:of )?(?:[1-9]|1[0-7])\b"
    r"|long ago|decades? ago|(?:many|some) years (?:ago|back|since)|long ?time|long ?standing"
    r"|(?:many|(?:more than|over) (?:\d+|[a-z]+)) years'? (?:standing|duration))\b"
)
_JUST_NOW = re.compile(
    r"\b(?:(the day before )?(yesterday|last night)|(this morning|earlier today))\b"
)
_LAST = re.compile(r"\blast (week|month|year)\b")
_DAYS_OF_WEEK = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_LAST_DAY = re.compile(rf"\b(?:last|this past) ({'|'.join(_DAYS_OF_WEEK)})day\b")
_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        ],
        1,
    )
} | {
    "a": 1,
    "an": 1,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
}
_LONGEST_AGO = 150 * 365.25  # days: what is longer ago is a slip of the pen, and no date
_SOME, _SOME_LEAST, _SOME_MOST = ("few", "several", "some"), 2, 9
# "The same year", "that day": of the time told before it.
_SAME = re.compile(
    r"\b(?:(?:the|in the|of the|on the|that) )?(?:same|that) (day|evening|night|month|year)\b"
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
# "Spring 2024", "last summer"; winter lies in two years.
_SEASON = re.compile(
    r"\b(?:(last|this|this past) )?(spring|summer|fall|autumn|winter)(?: of)?"
    r"(?: ((?:19|20)\d\d))?\b"
)
_YEAR_BACK = re.compile(
    r"\b(two|three|four|five|several) (?:christmases|summers|winters|springs) ago\b"
)
# A time ago is told in round numbers: half a unit either way.
_DAYS = {
    "day": 1.0,
    "week": 7.0,
    "wk": 7.0,
    "month": 30.44,
    "mo": 30.44,
    "year": 365.25,
    "yr": 365.25,
    "decade": 3652.5,
}


@dataclass(frozen=True)
class Span:
    """All the days that a told time may mean, first and last."""

    earliest: dt.date
    latest: dt.date


def find_date(words: str, operation: dt.date | None, told_on: dt.date | None = None) -> Span | None:
    """The first time told in normalised `words`, or None.

    `operation` supplies a missing year; `told_on`, the date of the document, anchors "six weeks
    ago" (the operation's date where the document has none). Without them such times are not
    known.
    """
    words = in_figures(words)
    for read in (
        _iso,
        _numeric,
        _month_year,
        _day_first,
        _month_first,
        _season,
        _years_back,
        _ago,
        _last,
        _last_day,
        _just_now,
        _long_ago,
        _year,
    ):
        span = read(
            words,
            (told_on or operation) if read in (_ago, _last, _last_day, _just_now) else operation,
        )
        if span:
            return span
    return None


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return Span(date, date)


def _month(year: int, month: int) -> Span:
    return Span(dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1]))


def _latest_before(operation: dt.date | None, month: int, day: int | None) -> Span | None:
    """A day or month told without its year: the last one before the operation."""
    if operation is None:
        return None
    for year in (operation.year, operation.year - 1):
        span = _day(year, month, day) if day else _month(year, month)
        if span and span.earliest <= operation:
            return span
    return None


def _iso(words: str, operation: dt.date | None) -> Span | None:
    match = _ISO.search(words)
    return _day(*map(int, match.groups())) if match else None


def _numeric(words: str, operation: dt.date | None) -> Span | None:
    """American order, unless that is no date, is written with dots, or lies after the operation."""
    match = _NUMERIC.search(words)
    if not match:
        return None
    first, second = int(match[1]), int(match[2] or match[4])
    year = match[3] or match[5]
    readings = [(first, second), (second, first)]
    if "." in match[0]:
        readings.reverse()
    spans = [span for month, day in readings if (span := _told_day(year, month, day, operation))]
    before = [span for span in spans if operation is None or span.latest <= operation]
    return next(iter(before or spans), None)


def _told_day(year: str | None, month: int, day: int, operation: dt.date | None) -> Span | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if year is None:
        return _latest_before(operation, month, day)
    return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _month_year(words: str, operation: dt.date | None) -> Span | None:
    match = _MONTH_YEAR.search(words)
    return _month(int(match[2]), int(match[1])) if match and 1 <= int(match[1]) <= 12 else None


def _day_first(words: str, operation: dt.date | None) -> Span | None:
    match = _DAY_FIRST.search(words)
    if not match:
        return None
    month, day = _MONTHS.index(match[2][:3]) + 1, int(match[1])
    return _day(int(match[3]), month, day) if match[3] else _latest_before(operation, month, day)


def _month_first(words: str, operation: dt.date | None) -> Span | None:
    match = _MONTH_FIRST.search(words)
    if not match or match[0].strip(" .,") == "may":
        return None
    month, day, year = _MONTHS.index(match[1][:3]) + 1, int(match[2] or 0), match[3]
    if year in ("this year", "last year"):
        year = str(operation.year - (year == "last year")) if operation else None
    if year is None:
        return _latest_before(operation, month, day or None)
    return _day(int(year), month, day) if day else _month(int(year), month)


def _ago(words: str, operation: dt.date | None) -> Span | None:
    match = _AGO.search(words)
    if not match or operation is None:
        return None
    unit = _DAYS[match[2]]
    if match[1].rpartition(" ")[2] in _SOME:
        return Span(
            operation - dt.timedelta(days=round(_SOME_MOST * unit)),
            operation - dt.timedelta(days=round(_SOME_LEAST * unit)),
        )
    count = _WORDS.get(match[1]) or float(match[1])
    if count * unit > _LONGEST_AGO:
        return None
    middle, slack = count * unit, 0.0 if unit == 1.0 else unit / 2
    return Span(
        operation - dt.timedelta(days=round(middle + slack)),
        operation - dt.timedelta(days=round(max(0.0, middle - slack))),
    )


def _long_ago(words: str, operation: dt.date | None) -> Span | None:
    """ "As a child", "decades ago": any day more than a year before."""
    if operation is None or not _LONG_AGO.search(words):
        return None
    return Span(operation - dt.timedelta(days=36_525), operation - dt.timedelta(days=366))


def _just_now(words: str, told_on: dt.date | None) -> Span | None:
    """ "Yesterday", "the day before yesterday", "this morning"."""
    match = _JUST_NOW.search(words)
    if not match or told_on is None:
        return None
    day = told_on - dt.timedelta(days=0 if match[3] else 2 if match[1] else 1)
    return Span(day, day)


def _last_day(words: str, told_on: dt.date | None) -> Span | None:
    """ "Last Tuesday": that of this week or of the one before."""
    match = _LAST_DAY.search(words)
    if not match or told_on is None:
        return None
    back = (told_on.weekday() - _DAYS_OF_WEEK.index(match[1])) % 7 or 7
    return Span(told_on - dt.timedelta(days=back + 7), told_on - dt.timedelta(days=back))


def _last(words: str, told_on: dt.date | None) -> Span | None:
    """ "Last week", "last month", "last year": the calendar's, whole."""
    match = _LAST.search(words)
    if not match or told_on is None:
        return None
    if match[1] == "year":
        return Span(dt.date(told_on.year - 1, 1, 1), dt.date(told_on.year - 1, 12, 31))
    if match[1] == "month":
        end = told_on.replace(day=1) - dt.timedelta(days=1)
        return Span(end.replace(day=1), end)
    monday = told_on - dt.timedelta(days=told_on.weekday() + 7)
    return Span(monday, monday + dt.timedelta(days=6))


def _season(words: str, operation: dt.date | None) -> Span | None:
    """ "Spring of 2024", "last summer"; a season alone ("fall") may be the everyday word."""
    match = _SEASON.search(words)
    if not match or not (match[1] or match[3]):
        return None
    if match[3]:
        year = int(match[3])
    elif operation is None:
        return None
    else:
        first = _SEASONS.get(match[2], (12, 2))[0]
        year = operation.year - (dt.date(operation.year, first, 1) > operation)
        ends = _SEASONS.get(match[2], (12, 2))[1]
        if match[1] == "last" and match[2] in _SEASONS and operation <= _month(year, ends).latest:
            year -= 1  # the one that runs is no last one
    if match[2] not in _SEASONS:
        return Span(dt.date(year - bool(match[3]), 12, 1), dt.date(year + (not match[3]), 3, 31))
    first, last = _SEASONS[match[2]]
    return Span(dt.date(year, first, 1), _month(year, last).latest)


def _years_back(words: str, operation: dt.date | None) -> Span | None:
    """ "Two Christmases ago": between a year less and a year more."""
    match = _YEAR_BACK.search(words)
    if not match or operation is None:
        return None
    count = _WORDS.get(match[1], 0)
    least, most = (count - 1, count) if count else (_SOME_LEAST, _SOME_MOST)
    return Span(
        operation - dt.timedelta(days=366 * most), operation - dt.timedelta(days=365 * least)
    )


def same_time(
    words: str, before: str, operation: dt.date | None, told_on: dt.date | None
) -> Span | None:
    """The time of "the same year" or "that day" in `words`: the last one told `before` them."""
    match = _SAME.search(words)
    if not match:
        return None
    told = [find_date(piece, operation, told_on) for piece in re.split(r"[.;,]", before)]
    span = next((span for span in reversed(told) if span), None)
    if span is None or match[1] not in ("month", "year"):
        return span
    first = span.earliest.replace(day=1)
    if match[1] == "month":
        return _month(first.year, first.month)
    return Span(dt.date(first.year, 1, 1), dt.date(first.year, 12, 31))


def _year(words: str, operation: dt.date | None) -> Span | None:
    match, short = _YEAR.search(words), _SHORT_YEAR.search(words)
    if not match and not short:
        return None
    if match:
        year = int(match[1])
    else:
        year = 2000 + int(short[1])  # type: ignore[index]
        year -= 100 if operation and year > operation.year else 0  # "'98"
    return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
