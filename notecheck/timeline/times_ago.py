"""Times told from the day of telling: "six weeks ago", "last Tuesday", "as a child".

Each function reads the first such time in normalised words, or gives None; without a day to count
from there is none.
"""

from __future__ import annotations

import datetime as dt
import re

from notecheck.timeline.span import Span

_COUNT = (
    r"\d+(?:\.\d)?|(?:a )?few|(?:a )?couple(?: of)?|several|some|an?|one|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen"
    r"|twenty|thirty|forty|fifty|sixty"
)
_COUPLE = "couple"
_UNIT = "day|week|wk|month|mo|year|yr|decade"
# "Over six weeks ago", "3 to 4 months ago", "a year and a half ago", "3 months and 2 weeks ago".
_AGO = re.compile(
    r"\b(?:(?:(?P<over>more than|over|at least)|(?P<under>less than|under)) )?"
    rf"(?:(?!an? )(?P<from>{_COUNT}) (?:(?:to|or) )?)?(?P<count>{_COUNT})(?P<half> and a half)?"
    rf" (?P<unit>{_UNIT})s?(?P<half_behind> and a half)?"
    rf"(?: (?:and )?(?P<more>{_COUNT}) (?P<more_unit>{_UNIT})s?)? "
    r"(?:ago|back|earlier|before|prior|previously|post ?op(?:eratively)?|out|status post|after)\b"
)
_LONG_AGO = re.compile(
    r"\b(?:as a (?:small )?(?:child|boy|girl|teen\w*|young (?:man|woman|adult))"
    r"|in (?:his|her) (?:childhood|youth|teens)"
    r"|(?:in|since) (?:early )?childhood|since (?:birth|boyhood|girlhood)"
    r"|at (?:the age of |age )?(?:[1-9]|1[0-7]) years of age"
    r"|at (?:the )?age (?:of )?(?:[1-9]|1[0-7])\b"
    r"|long ago|decades? ago|(?:(?:many|some) )?years (?:ago|back|since)|long ?time"
    # "with longstanding gout and a left stump" dates what stands first.
    r"|long ?standing(?! (?:[a-z0-9-]+ ){1,3}(?:and|with) (?:an?|his|her|the|left|right)\b)"
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


def ago(words: str, operation: dt.date | None) -> Span | None:
    match = _AGO.search(words)
    if not match or operation is None:
        return None
    unit = _DAYS[match["unit"]]
    most = _count(match["count"])
    least = _count(match["from"]) if match["from"] else most
    if most is None or least is None:
        return _between(operation, _SOME_LEAST * unit, _SOME_MOST * unit)
    if most * unit > _LONGEST_AGO:
        return None
    further, exact = 0.0, unit
    if match["half"] or match["half_behind"]:
        further, exact = unit / 2, unit / 2
    elif match["more"] and (more := _count(match["more"])):
        exact = _DAYS[match["more_unit"]]
        further = more * exact
    slack = 0.0 if exact == 1.0 else exact / 2
    first, last = min(least, most) * unit + further - slack, most * unit + further + slack
    if match["over"]:
        first += slack
    elif match["under"]:
        first, last = first - unit, last - slack - 1
    return _between(operation, max(0.0, first), last)


def _count(told: str) -> float | None:
    """How many units, or None for a few of them."""
    if told.rpartition(" ")[2] in _SOME:
        return None
    return 2.0 if _COUPLE in told else _WORDS.get(told) or float(told)


def _between(operation: dt.date, least: float, most: float) -> Span:
    """The days from `most` to `least` days before the operation."""
    days = dt.timedelta
    return Span(operation - days(days=round(most)), operation - days(days=round(least)))


def long_ago(words: str, operation: dt.date | None) -> Span | None:
    """ "As a child", "decades ago": any day more than a year before."""
    if operation is None or not _LONG_AGO.search(words):
        return None
    return Span(operation - dt.timedelta(days=36_525), operation - dt.timedelta(days=366))


def just_now(words: str, told_on: dt.date | None) -> Span | None:
    """ "Yesterday", "the day before yesterday", "this morning"."""
    match = _JUST_NOW.search(words)
    if not match or told_on is None:
        return None
    day = told_on - dt.timedelta(days=0 if match[3] else 2 if match[1] else 1)
    return Span(day, day)


def last_day(words: str, told_on: dt.date | None) -> Span | None:
    """ "Last Tuesday": that of this week or of the one before."""
    match = _LAST_DAY.search(words)
    if not match or told_on is None:
        return None
    back = (told_on.weekday() - _DAYS_OF_WEEK.index(match[1])) % 7 or 7
    return Span(told_on - dt.timedelta(days=back + 7), told_on - dt.timedelta(days=back))


def last_whole(words: str, told_on: dt.date | None) -> Span | None:
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


def years_back(words: str, operation: dt.date | None) -> Span | None:
    """ "Two Christmases ago": between a year less and a year more."""
    match = _YEAR_BACK.search(words)
    if not match or operation is None:
        return None
    count = _WORDS.get(match[1], 0)
    least, most = (count - 1, count) if count else (_SOME_LEAST, _SOME_MOST)
    return Span(
        operation - dt.timedelta(days=366 * most), operation - dt.timedelta(days=365 * least)
    )
