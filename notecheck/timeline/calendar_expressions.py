"""How the calendar's times are written, as expressions made of its names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.rules.word_table import any_of

_YEAR = r"(?:19|20)\d\d"
_OR_SHORT = rf"{_YEAR}|'\d\d\b"


@dataclass(frozen=True, slots=True)
class CalendarExpressions:
    """Times with a name in them; a year that is told has four figures, or two behind an apostrophe.

    `month_first` has the part of the month, the month, the day and the year or words for one;
    `day_first` the day, the month and the year; `season` what says which one, the season and the
    year; `decade` the century with its ten years, or these alone in figures or by name.
    """

    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    season: re.Pattern[str]
    decade: re.Pattern[str]


@cache
def calendar_expressions() -> CalendarExpressions:
    """Made once. Raises RulesError for a file that is wrong."""
    calendar = calendar_words()
    words = calendar.words
    month = rf"({any_of(list(calendar.months))})\b\.?"
    day, the, of = rf"(\d{{1,2}}){any_of(words.day_ends)}?", any_of(words.the), any_of(words.of)
    which = any_of([*words.last, *words.this])
    return CalendarExpressions(
        month_first=re.compile(
            rf"\b(?:({any_of(list(words.parts_of_month))}) )?{month}"
            rf"(?: (?:{the} )?{day}\b(?!\d))?,?(?: {of})?"
            rf"(?: ({any_of(list(words.years_back))}|{_OR_SHORT}))?"
        ),
        day_first=re.compile(rf"\b(?:{the} )?{day}[ -](?:{of} )?{month},?[ -]?({_OR_SHORT})?"),
        # "Spring 2024", "last summer"
        season=re.compile(
            rf"\b(?:({which}) )?({any_of(list(words.seasons))})(?: {of})?(?: ({_YEAR}))?\b"
        ),
        decade=re.compile(
            rf"\b(19|20)(\d)0'?s\b|'(\d)0'?s\b|\b{the} (?:{any_of(words.part_of_decade)} )?"
            rf"(?:(\d)0'?s|({any_of(words.decades)}))\b"
        ),
    )
