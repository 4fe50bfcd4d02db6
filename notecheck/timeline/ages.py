"""Times told by how old the patient was then: "at age 19", "in her early thirties", "as a child".

The words are data: `patterns/timeline/ages.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.rules.files import pattern_file
from notecheck.rules.model import Phrases
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of
from notecheck.timeline.clock import Clock
from notecheck.timeline.number_words import number_words
from notecheck.timeline.span import Span

_YEAR = 365.25
_OLDEST = 110
_LONG_PAST = 366  # days: a stage of life that the patient is past


class _Stage(WordTable):
    ages: tuple[int, int]
    said: Phrases


class _OwnAge(WordTable):
    years: Words
    aged: Words
    not_now: Words
    sex: Words


class _AgeFile(WordTable):
    """The lists; the file's remarks say what each is for."""

    at: Words
    when: Words
    before_years: Words
    years: Words
    no_age: Words
    in_: Words = Field(alias="in")
    oldest: int = Field(gt=0)
    parts: dict[str, tuple[int, int]]
    stage: tuple[_Stage, ...]
    own_age: _OwnAge


@dataclass(frozen=True, slots=True)
class AgeExpressions:
    """`then` finds the age at a time by one of its groups: a number (`at`, `years`), ten years of
    life in figures (`tens`) or by `name` with a `part` of them, or a `stage` of life. `now` finds
    the patient's own age: the number is the only group that is not None.
    """

    file: _AgeFile
    then: re.Pattern[str]
    now: re.Pattern[str]


@cache
def age_expressions() -> AgeExpressions:
    """Made once. Raises RulesError for a file that is wrong."""
    file, numbers = load_toml(pattern_file("timeline/ages.toml"), _AgeFile), number_words()
    own = file.own_age
    number = rf"\d{{1,2}}|{any_of([*numbers.units, *numbers.tens])}"
    said = [phrase for stage in file.stage for phrase in stage.said]
    years = any_of(own.years).replace(r"\ ", "[ -]")
    not_now = "".join(rf"(?<!\b{re.escape(word)} )" for word in own.not_now)
    return AgeExpressions(
        file=file,
        then=re.compile(
            rf"\b(?:{any_of([*file.at, *file.when])} (?P<at>{number})\b(?! ?{any_of(file.no_age)})"
            rf"|{any_of(file.before_years)} (?P<years>{number}) {any_of(file.years)}"
            rf"|{any_of(file.in_)} (?:(?P<part>{any_of(list(file.parts))}) )?"
            rf"(?:(?P<tens>\d)0'?s|(?P<name>{any_of(calendar_words().words.decades)}))"
            rf"|(?P<stage>{any_of(said)}))\b"
        ),
        now=re.compile(
            rf"\b{not_now}(\d{{1,3}})[ -]?{years}\b|\b{not_now}{any_of(own.aged)} (\d{{1,3}})\b"
            rf"|(?:^|[.:\n]\s*)(\d\d) ?{any_of(own.sex)}\b"
        ),
    )


def age_now(texts: Iterable[str]) -> int | None:
    """How old the patient is by the first of the texts that tells it."""
    for text in texts:
        told = age_expressions().now.search(text)
        if told and (age := int(next(filter(None, told.groups())))) <= _OLDEST:
            return age
    return None


def age_then(match: re.Match[str], clock: Clock) -> Span | None:
    """The years in which the patient was so old; a bare child's age is long past."""
    day = clock.told_on
    if day is None:
        return None
    first, last = _ages(match)
    now = Span(day, day)
    if clock.age is None or clock.age < first:
        past = match["stage"] or last <= age_expressions().file.oldest
        return now.moved(-_OLDEST * _YEAR, -_LONG_PAST) if past else None
    # Somebody who is 57 was 19 for a year that began 38 to 39 years ago.
    ended = max(0, clock.age - last - 1)
    return now.moved(-(clock.age - first + 1) * _YEAR, -ended * _YEAR)


def _ages(match: re.Match[str]) -> tuple[int, int]:
    """The first and the last age that is meant."""
    file = age_expressions().file
    if match["stage"]:
        return next(stage.ages for stage in file.stage if match["stage"] in stage.said)
    if match["tens"] or match["name"]:
        tens = int(match["tens"] or calendar_words().ten_named(match["name"]))
        first, last = file.parts.get(match["part"], (0, 9))
        return 10 * tens + first, 10 * tens + last
    told = match["at"] or match["years"]
    numbers = number_words()
    age = int(told) if told.isdigit() else numbers.tens.get(told) or numbers.units[told]
    return age, age
