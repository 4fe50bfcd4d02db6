"""Words for times told from the day of telling, from `patterns/timeline/ago.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.rules.files import pattern_file
from notecheck.rules.model import Phrases
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of
from notecheck.timeline.number_words import NumberWords, number_words


class _Whole(WordTable):
    week: Words
    month: Words
    year: Words


class _Child(WordTable):
    at: Words
    years: Words
    at_age: Words
    oldest: int = Field(gt=0)


class _Standing(WordTable):
    long: Words
    joins: Words
    another: Words
    many: Words
    more_than: Words
    years: Words
    told: Words


class _AgoFile(WordTable):
    """The lists; the file's remarks say what each is for."""

    ago: Words
    and_a_half: Words
    further: Words
    over: Words
    under: Words
    two: Words
    post_op_day: Words
    day: Words
    day_since: Words
    fraction: dict[str, str]
    in_words: str
    fraction_ago: Words
    yearly: Words
    yearly_ago: Words
    last_day: Words
    same: Words
    same_day: Words
    same_month: Words
    same_year: Words
    long_ago: Phrases
    whole: _Whole
    days_back: dict[str, int]
    child: _Child
    standing: _Standing
    days: dict[str, float]


@dataclass(frozen=True, slots=True)
class AgoWords:
    """`words` is the file, and the expressions are made of it.

    `counted` are the numbers of `ago`, which has groups by name: the `least` and the `most` units
    of a range (one number is `most`), the `unit`, a `part` of it, `more` of `more_unit`, and what
    makes all of it the least (`over`) or the most (`under`). `yearly` has a number, `last_day` a
    day of the week, `just_now` a key of `days_back`, `whole` and `same` words for a stretch of
    time, `post_op_day` a number and `fraction` a number and into how many a unit is cut.
    """

    words: _AgoFile
    counted: Mapping[str, int]
    ago: re.Pattern[str]
    yearly: re.Pattern[str]
    long_ago: re.Pattern[str]
    just_now: re.Pattern[str]
    whole: re.Pattern[str]
    last_day: re.Pattern[str]
    same: re.Pattern[str]
    post_op_day: re.Pattern[str]
    fraction: re.Pattern[str]


@cache
def ago_words() -> AgoWords:
    """Made once. Raises RulesError for a file that is wrong."""
    file, numbers = load_toml(pattern_file("timeline/ago.toml"), _AgoFile), number_words()
    counted = {**numbers.counted, **dict.fromkeys(file.two, 2)}
    several = [*numbers.some, *(word for word, number in numbers.counted.items() if number > 1)]
    days = calendar_words().words.days_of_week
    since = rf"(?= ?#?\d+ {any_of(file.day_since)})"
    whole = [*file.whole.week, *file.whole.month, *file.whole.year]
    same = [*file.same_day, *file.same_month, *file.same_year]
    return AgoWords(
        words=file,
        counted=counted,
        ago=_ago(file, any_of([*numbers.some, *counted]), numbers),
        yearly=re.compile(
            rf"\b({any_of(several)}) {any_of(file.yearly)}"
            rf" {any_of(file.yearly_ago)}\b"
        ),
        long_ago=_long_ago(file),
        just_now=re.compile(rf"\b({any_of(list(file.days_back))})\b"),
        whole=re.compile(rf"\b({any_of(whole)})\b"),
        last_day=re.compile(rf"\b{any_of(file.last_day)} ({any_of(days)})\b"),
        same=re.compile(rf"\b{any_of(file.same)} ({any_of(same)})\b"),
        post_op_day=re.compile(
            rf"\b(?:{any_of(file.post_op_day)}|{any_of(file.day)}{since}) ?#?(\d{{1,3}})\b"
        ),
        fraction=re.compile(
            rf"\b(\d{{1,2}})/({any_of(list(file.fraction))})(?= {any_of(file.fraction_ago)})"
        ),
    )


def _ago(file: _AgoFile, counted: str, numbers: NumberWords) -> re.Pattern[str]:
    count, unit = rf"\d+(?:\.\d)?|{counted}", any_of(list(file.days))
    half, article = any_of(file.and_a_half), any_of(list(numbers.articles))
    # The hyphen of "3-4 months" is a blank; the article of "a few" begins no range.
    return re.compile(
        rf"\b(?:(?:(?P<over>{any_of(file.over)})|(?P<under>{any_of(file.under)})) )?"
        rf"(?:(?!{article} )(?P<least>{count})(?:{numbers.range_word.pattern}| ))?"
        rf"(?P<most>{count})(?: (?P<part>{half}))?"
        rf" (?P<unit>{unit})s?(?: (?P<part_behind>{half}))?"
        rf"(?: (?:{any_of(file.further)} )?(?P<more>{count}) (?P<more_unit>{unit})s?)?"
        rf" {any_of(file.ago)}\b"
    )


def _long_ago(file: _AgoFile) -> re.Pattern[str]:
    child, long = file.child, file.standing
    ages = any_of([str(age) for age in range(1, child.oldest + 1)])
    # "With longstanding gout and a left stump" dates what stands first.
    other = rf"(?! (?:[a-z0-9-]+ ){{1,3}}{any_of(long.joins)} {any_of(long.another)}\b)"
    many = rf"(?:{any_of(long.many)}|{any_of(long.more_than)} (?:\d+|[a-z]+))"
    return re.compile(
        rf"\b(?:{any_of(file.long_ago)}|{any_of(child.at)} {ages} {any_of(child.years)}"
        rf"|{any_of(child.at_age)} {ages}\b|{any_of(long.long)}{other}"
        rf"|{many} {any_of(long.years)} {any_of(long.told)})\b"
    )
