"""Words that tell a time, from `patterns/timeline/times.toml`, and the expressions made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of

_YEAR = r"(?:19|20)\d\d\b"


class TimeWords(WordTable):
    """The lists; the file's remarks say what each is for."""

    units: tuple[str, ...]
    before_now: tuple[str, ...]
    ago: tuple[str, ...]
    closes: tuple[str, ...]
    last: tuple[str, ...]
    spans: tuple[str, ...]
    of: tuple[str, ...]
    was: tuple[str, ...]
    done: tuple[str, ...]
    goes_on: tuple[str, ...]
    on: tuple[str, ...]
    own_day: tuple[str, ...]
    with_it: tuple[str, ...]
    then: tuple[str, ...]
    made: tuple[str, ...]
    parts: tuple[str, ...]
    happened: tuple[str, ...]
    operations: tuple[str, ...]
    troubles: tuple[str, ...]
    reasons: tuple[str, ...]
    brought_about: tuple[str, ...]
    since: tuple[str, ...]
    of_the_limb: tuple[str, ...]
    what_is_there: tuple[str, ...]
    most_recent: tuple[str, ...]
    to_theatre: tuple[str, ...]


@dataclass(frozen=True)
class TimeExpressions:
    """`dates_cut` is what dates a cut ("the distal 1/3" is no day), `done` the way from an act to
    its day, `year_after` the year that may follow a date, `aside` what is told in brackets and has
    a day of its own, `made` what says behind a stump when it was made, `with_it` and `then` that a
    cut behind an earlier amputation is its own, and `parting` what parts one statement of a list
    from the next. `happened` is what tells another event, `troubles` and other operations too
    unless they are `reasons` of the act or what `brought_about` the act; `since` opens a time that
    is the act's only behind `of_the_limb`, and a time before `what_is_there` is none of the act's.
    `most_recent` opens the time of the last of several acts, `to_theatre` leads to all that was
    done there.
    """

    dates_cut: re.Pattern[str]
    done: re.Pattern[str]
    year_after: re.Pattern[str]
    aside: re.Pattern[str]
    made: re.Pattern[str]
    with_it: re.Pattern[str]
    then: re.Pattern[str]
    parting: re.Pattern[str]
    happened: re.Pattern[str]
    troubles: re.Pattern[str]
    reasons: re.Pattern[str]
    brought_about: re.Pattern[str]
    since: re.Pattern[str]
    of_the_limb: re.Pattern[str]
    what_is_there: re.Pattern[str]
    most_recent: re.Pattern[str]
    to_theatre: re.Pattern[str]


@cache
def time_expressions() -> TimeExpressions:
    """Made once. Raises RulesError for a file that is wrong."""
    told = load_toml(pattern_file("timeline/times.toml"), TimeWords)
    units, ago, last = any_of(told.units), any_of(told.ago), any_of(told.last)
    spans = any_of([*told.spans, *calendar_words().months])
    was, done, on = any_of(told.was), any_of(told.done), any_of(told.on)
    return TimeExpressions(
        dates_cut=re.compile(
            rf"\b{_YEAR}| {ago}\b|\b{units}s? {any_of(told.before_now)}\b"
            rf"|\b{last} {spans}\b"
        ),
        done=re.compile(
            rf"(?: {any_of(told.of)} (?:\w+ ){{0,3}}\w+)? {was} {done}"
            rf"(?: (?!{any_of(told.goes_on)} )[\w.]+){{0,6}}? (?={on} )"
        ),
        year_after=re.compile(rf"[,/ -]{{0,2}}'?\d{{2,4}}\b| {any_of(told.closes)}\b|\d*"),
        aside=re.compile(rf"\s*\((?!{any_of(told.own_day)} )[a-z]+[ .:]+"),
        made=re.compile(rf"[ ,]*\(? ?{any_of(told.made)}\b(?P<then>[^()]*)"),
        with_it=re.compile(rf"\b{any_of(told.with_it)} $"),
        then=re.compile(rf"\b{any_of(told.then)}\b"),
        # The comma before a year parts nothing.
        parting=re.compile(rf";|,(?! ?{_YEAR})| {any_of(told.parts)} "),
        happened=re.compile(rf"\b{any_of(told.happened)}\b"),
        troubles=re.compile(rf"\b{any_of([*told.troubles, *told.operations])}\b"),
        reasons=re.compile(rf"\b{any_of(told.reasons)} "),
        brought_about=re.compile(rf"\b{any_of(told.brought_about)} "),
        since=re.compile(rf"\b{any_of(told.since)} "),
        what_is_there=re.compile(rf"[^\w,;]*{any_of(told.what_is_there)}\b"),
        most_recent=re.compile(rf"\W*{any_of(told.most_recent)}\b"),
        to_theatre=re.compile(rf"\b{any_of(told.to_theatre)}\b"),
        of_the_limb=re.compile(rf"(?:\W|{any_of(told.of_the_limb)}\b)*"),
    )
