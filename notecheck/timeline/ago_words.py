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


class _Units(WordTable):
    week: Words
    month: Words
    year: Words


class _Whole(_Units):
    year_before: Words


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
    plus: Words
    under: Words
    just: Words
    about: Words
    about_part: float = Field(ge=0, lt=1)
    for_so_long: Words
    within: Words
    the_past: Words
    two: Words
    post_op_day: Words
    post_op_week: Words
    day: Words
    week: Words
    day_since: Words
    fraction: dict[str, str]
    in_words: str
    fraction_ago: Words
    yearly: Words
    yearly_ago: Words
    last_day: Words
    same: Words
    not_same: Words
    same_day: Words
    same_month: Words
    same_year: Words
    later: Words
    after_it: Words
    next: Words
    moved_on: Words
    moved_back: Words
    moved_one: Words
    either: Words
    between_times: Words
    and_time: Words
    led_by: Words
    opens: Words
    long_ago: Phrases
    running: _Units
    whole: _Whole
    days_back: dict[str, int]
    standing: _Standing
    days: dict[str, float]


@dataclass(frozen=True, slots=True)
class AgoWords:
    """`words` is the file, and the expressions are made of it.

    `counted` are the numbers of `ago`, which has groups by name: the `least` and the `most` units
    of a range (one number is `most`), the `unit`, a `part` of it, `more` of `more_unit`, what
    makes all of it the least (`over`, `plus`) or the most (`under`), and what says that it is told
    `about`; `for_long`, `long_alone` and `within` have those of its groups that they need.
    `yearly` has a number, `last_day` a day of the week, `just_now` a key of `days_back`, `whole`,
    `running` and `same` words for a stretch of time, `post_op_day` and `post_op_week` a number and
    `fraction` a number and into how many a unit is cut; `numbers_before` is what may belong to a
    time that a text is cut off in, and `opens_time` a word that a time begins with.

    Of times that another time is told by: `later` has a number (or none, for one) and a unit,
    `moved` too, with what tells that it is `back` from there, before the other time; `either` is
    what joins two times of which one is meant, and `between` what stands before two such that
    `and_time` joins.
    """

    words: _AgoFile
    counted: Mapping[str, int]
    ago: re.Pattern[str]
    for_long: re.Pattern[str]
    long_alone: re.Pattern[str]
    within: re.Pattern[str]
    yearly: re.Pattern[str]
    long_ago: re.Pattern[str]
    just_now: re.Pattern[str]
    running: re.Pattern[str]
    whole: re.Pattern[str]
    last_day: re.Pattern[str]
    same: re.Pattern[str]
    post_op_day: re.Pattern[str]
    post_op_week: re.Pattern[str]
    fraction: re.Pattern[str]
    numbers_before: re.Pattern[str]
    opens_time: re.Pattern[str]
    later: re.Pattern[str]
    moved: re.Pattern[str]
    either: re.Pattern[str]
    between: re.Pattern[str]
    and_time: re.Pattern[str]


@cache
def ago_words() -> AgoWords:
    """Made once. Raises RulesError for a file that is wrong."""
    file, numbers = load_toml(pattern_file("timeline/ago.toml"), _AgoFile), number_words()
    counted = {**numbers.counted, **dict.fromkeys(file.two, 2)}
    several = [*numbers.some, *(word for word, number in numbers.counted.items() if number > 1)]
    days = calendar_words().words.days_of_week
    since = rf"(?= ?#?\d+ {any_of(file.day_since)})"
    same = [*file.same_day, *file.same_month, *file.same_year]
    count = any_of([*numbers.some, *counted])
    number, unit = rf"\d+(?:\.\d)?|{count}", any_of(list(file.days))
    led = rf"(?:{any_of(file.led_by)} )*"
    span = _how_long(file, count, numbers)
    return AgoWords(
        words=file,
        counted=counted,
        ago=re.compile(rf"(?<!\w){span} {any_of(file.ago)}\b"),
        for_long=re.compile(rf"{any_of(file.for_so_long)} ?(?:{any_of(file.the_past)} )?{span}\b"),
        # "Amputee (6 years)", not "3 days of fever".
        long_alone=re.compile(rf"(?:(?<=[(,-])|(?<=[(,-] )){span}\b(?=\W*(?:$|[),;.]))"),
        within=re.compile(
            rf"\b{any_of(file.within)} {any_of(file.the_past)}"
            rf"(?: (?P<most>{number}))? (?P<unit>{unit})s?\b"
        ),
        yearly=re.compile(
            rf"\b({any_of(several)}) {any_of(file.yearly)}"
            rf" {any_of(file.yearly_ago)}\b"
        ),
        long_ago=_long_ago(file),
        just_now=re.compile(rf"\b({any_of(list(file.days_back))})\b"),
        running=_stretch(file.running),
        whole=_stretch(file.whole, *file.whole.year_before),
        last_day=re.compile(rf"\b{any_of(file.last_day)} ({any_of(days)})\b"),
        same=re.compile(rf"\b{any_of(file.same)} ({any_of(same)})\b(?! {any_of(file.not_same)}\b)"),
        post_op_day=re.compile(
            rf"\b(?:{any_of(file.post_op_day)}|{any_of(file.day)}{since}) ?#?(\d{{1,3}})\b"
        ),
        post_op_week=re.compile(rf"\b{any_of(file.post_op_week)} ?#?(\d{{1,2}})\b"),
        fraction=re.compile(
            rf"\b(\d{{1,2}})/({any_of(list(file.fraction))})(?= {any_of(file.fraction_ago)})"
        ),
        numbers_before=re.compile(
            rf"(?<!\S)(?:{any_of([*file.over, *file.under, *file.about])} ?)?"
            rf"(?:(?:{number})(?:{numbers.range_word.pattern}|[ -]|$))*\S*$"
        ),
        opens_time=re.compile(
            rf"\W*(?:\d|(?:{any_of([*file.led_by, *file.opens, *file.about, *file.over, *counted])}"
            rf"|{any_of([*numbers.some, *calendar_words().months])})\b)"
        ),
        later=re.compile(
            rf"\b(?:(?P<most>{number}) (?P<unit>{unit})s?"
            rf" (?:{any_of(file.later)}\b|{any_of(file.after_it)}(?=\W*$|\W*[.,;)]))"
            rf"|{any_of(file.next)} (?P<next>{unit})\b)"
        ),
        moved=re.compile(
            rf"\b(?:(?P<most>{number})|{any_of(file.moved_one)}) (?P<unit>{unit})s?"
            rf" (?:{any_of(file.moved_on)}|(?P<back>{any_of(file.moved_back)}))"
            rf"(?: [a-z]+){{0,3}} ?$"
        ),
        either=re.compile(rf"(?: ?,)? ?{any_of(file.either)} ?{led}"),
        between=re.compile(rf"\b{any_of(file.between_times)} {led}$"),
        and_time=re.compile(rf" {any_of(file.and_time)} {led}"),
    )


def _how_long(file: _AgoFile, count: str, numbers: NumberWords) -> str:
    number, unit = rf"\d+(?:\.\d)?|{count}", any_of(list(file.days))
    half, article = any_of(file.and_a_half), any_of(list(numbers.articles))
    # The hyphen of "3-4 months" stands for "to"; the article of "a few" begins no range.
    return (
        rf"(?:(?P<about>{any_of(file.about)}) ?)?"
        rf"(?:(?P<just>{any_of(file.just)}) )?"
        rf"(?:(?:(?P<over>{any_of(file.over)})|(?P<under>{any_of(file.under)})) ?)?"
        rf"(?:(?!{article} )(?P<least>{number})(?:{numbers.range_word.pattern}|[ -]))?"
        rf"(?P<most>{number})(?P<plus>{any_of(file.plus)})?(?: (?P<part>{half}))?"
        rf" ?(?P<unit>{unit})s?\.?(?: (?P<part_behind>{half}))?"
        rf"(?: (?:{any_of(file.further)} )?(?P<more>{number}) (?P<more_unit>{unit})s?)?"
    )


def _stretch(units: _Units, *further: str) -> re.Pattern[str]:
    return re.compile(rf"\b({any_of([*units.week, *units.month, *units.year, *further])})\b")


def _long_ago(file: _AgoFile) -> re.Pattern[str]:
    long = file.standing
    # "With longstanding gout and a left stump" dates what stands first.
    other = rf"(?! (?:[a-z0-9-]+ ){{1,3}}{any_of(long.joins)} {any_of(long.another)}\b)"
    many = rf"(?:{any_of(long.many)}|{any_of(long.more_than)} (?:\d+|[a-z]+))"
    return re.compile(
        rf"\b(?:{any_of(file.long_ago)}|{any_of(long.long)}{other}"
        rf"|{many} {any_of(long.years)} {any_of(long.told)})\b"
    )
