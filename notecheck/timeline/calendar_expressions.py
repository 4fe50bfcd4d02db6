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
    `day_first` the day, the month and the year; `season` by their names `which` one, its `part`,
    the `season` and the `year`; `decade` the century with its ten years, or these alone in figures
    or by name; `part_of_year` the part and the year, `named_day` its name, what
    makes it a week and the year, `era` its name.
    """

    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    season: re.Pattern[str]
    decade: re.Pattern[str]
    part_of_year: re.Pattern[str]
    named_day: re.Pattern[str]
    era: re.Pattern[str]


@cache
def calendar_expressions() -> CalendarExpressions:
    """Made once. Raises RulesError for a file that is wrong."""
    calendar = calendar_words()
    words = calendar.words
    month = rf"({any_of(list(calendar.months))})\b\.?"
    day, the, of = rf"(\d{{1,2}}){any_of(words.day_ends)}?", any_of(words.the), any_of(words.of)
    which = any_of([*words.last, *words.this])
    part_of_season = any_of([*words.early_in_season, *words.late_in_season])
    return CalendarExpressions(
        month_first=re.compile(
            rf"\b(?:({any_of(list(words.parts_of_month))}) )?{month}"
            rf"(?: (?:{the} )?{day}\b(?!\d))?,?(?: {of})?"
            rf"(?: ({any_of(list(words.years_back))}|{_OR_SHORT}))?"
        ),
        day_first=re.compile(rf"\b(?:{the} )?{day}[ -](?:{of} )?{month},?[ -]?({_OR_SHORT})?"),
        # "Spring 2024", "last summer", "the late fall of 2025"
        season=re.compile(
            rf"\b(?:(?P<part>{part_of_season}) (?:{the} )?)?(?:(?P<which>{which}) )?"
            rf"(?P<season>{any_of(list(words.seasons))})(?: {of})?(?: (?P<year>{_YEAR}))?\b"
        ),
        decade=re.compile(
            rf"\b(19|20)(\d)0'?s\b|'(\d)0'?s\b|\b{the} (?:{any_of(words.part_of_decade)} )?"
            rf"(?:(\d)0'?s|({any_of(words.decades)}))\b"
        ),
        part_of_year=re.compile(
            rf"\b({any_of(list(words.parts_of_year))}) ({_YEAR}|{any_of(list(words.years_back))})\b"
        ),
        named_day=re.compile(
            rf"\b({any_of(list(words.named_days))})(?![a-z])( {any_of(words.round_day)})?"
            rf"(?:,?(?: {of})? ({any_of(list(words.years_back))}|{_YEAR}))?"
        ),
        era=re.compile(
            rf"(?:\b|(?=\())(?:{any_of(words.in_era)}) ?(?:\w+ ){{0,2}}?"
            rf"({any_of(list(words.eras))})\b"
        ),
    )
