"""Spoken years, ordinals and the short ways of telling days, put into figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from notecheck.rules.word_table import any_of
from notecheck.timeline.ago_words import ago_words
from notecheck.timeline.number_words import number_words

# "Mid-December", "a 57-year-old"; that of "3-4 months" stands for "to".
_HYPHEN = re.compile(r"(?<=[a-z0-9])-(?=[a-z])|(?<=[a-z])-(?=(?:19|20)\d\d\b)")
_TEN = 10


@dataclass(frozen=True, slots=True)
class _Spoken:
    ordinal: re.Pattern[str]
    year: re.Pattern[str]
    sum: re.Pattern[str]


@cache
def _spoken() -> _Spoken:
    numbers = number_words()
    units = any_of([*numbers.units, *numbers.zero])
    ones = [word for word, value in numbers.units.items() if value < _TEN]
    # "Twenty two" is no year, "twenty twelve" and "twenty oh two" are.
    second = any_of([w for w, value in numbers.units.items() if value >= _TEN] + [*numbers.zero])
    return _Spoken(
        ordinal=re.compile(rf"(?<=[a-z] ){any_of(list(numbers.ordinals))}\b"),
        year=re.compile(
            rf"\b{any_of(numbers.this_millennium)}(?P<thousand>(?: {units})?)\b"
            rf"|\b(?P<century>{any_of(list(numbers.centuries))}) "
            rf"(?P<tens>{any_of(list(numbers.tens))}|{second})(?: (?P<unit>{units}))?\b"
        ),
        # "Twenty two weeks"
        sum=re.compile(rf"\b({any_of(list(numbers.tens))}) ({any_of(ones)})\b"),
    )


def in_figures(words: str) -> str:
    """Spoken years and days as figures: "june second nineteen ninety four"."""
    ago, spoken = ago_words(), _spoken()
    told = ago.words
    words = _HYPHEN.sub(" ", words)
    words = ago.post_op_day.sub(
        lambda match: told.in_words.format(count=match[1], unit=told.day[0]), words
    )
    words = ago.post_op_week.sub(
        lambda match: told.in_words.format(count=match[1], unit=told.week[0]), words
    )
    words = ago.fraction.sub(lambda match: f"{match[1]} {told.fraction[match[2]]}", words)
    words = spoken.year.sub(_spoken_year, words)
    words = spoken.sum.sub(_spoken_sum, words)
    return spoken.ordinal.sub(lambda match: str(number_words().ordinals[match[0]]), words)


def _spoken_sum(match: re.Match[str]) -> str:
    numbers = number_words()
    return str(numbers.tens[match[1]] + numbers.units[match[2]])


def _spoken_year(match: re.Match[str]) -> str:
    units, tens = number_words().units, number_words().tens
    if match["thousand"] is not None:
        return str(2000 + units.get(match["thousand"].strip(), 0))
    told = tens.get(match["tens"]) or units.get(match["tens"], 0)
    rest = told + units.get(match["unit"] or "", 0)
    return str(number_words().centuries[match["century"]] + rest)
