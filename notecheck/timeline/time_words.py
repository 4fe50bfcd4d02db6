"""Words that tell a time, from `patterns/timeline/times.toml`, and the expressions made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.timeline.words import any_whole

_YEAR = r"(?:19|20)\d\d\b"


class TimeWords(BaseModel):
    """The lists; the file's remarks say what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    units: tuple[str, ...]
    before_now: tuple[str, ...]
    ago: tuple[str, ...]
    closes: tuple[str, ...]
    last: tuple[str, ...]
    spans: tuple[str, ...]
    months: tuple[str, ...]
    was: tuple[str, ...]
    done: tuple[str, ...]
    goes_on: tuple[str, ...]
    on: tuple[str, ...]
    own_day: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class TimeExpressions:
    """`dates_cut` is what dates a cut ("the distal 1/3" is no day), `done` the way from an act to
    its day, `year_after` the year that may follow a date, `aside` what is told in brackets and has
    a day of its own, and `parting` what parts one statement of a list from the next.
    """

    dates_cut: re.Pattern[str]
    done: re.Pattern[str]
    year_after: re.Pattern[str]
    aside: re.Pattern[str]
    parting: re.Pattern[str]


@cache
def time_expressions() -> TimeExpressions:
    """Made once. Raises RulesError for a file that is wrong."""
    told = load_toml(pattern_file("timeline/times.toml"), TimeWords)
    units, ago, last = any_whole(told.units), any_whole(told.ago), any_whole(told.last)
    spans, months = any_whole(told.spans), any_whole(told.months)
    was, done, on = any_whole(told.was), any_whole(told.done), any_whole(told.on)
    return TimeExpressions(
        dates_cut=re.compile(
            rf"\b{_YEAR}| {ago}\b|\b{units}s? {any_whole(told.before_now)}\b"
            rf"|\b{last} (?:{spans}|{months}[a-z]*)\b"
        ),
        done=re.compile(
            rf"(?: of (?:\w+ ){{0,3}}\w+)? {was} {done}"
            rf"(?: (?!{any_whole(told.goes_on)} )[\w.]+){{0,6}}? (?={on} )"
        ),
        year_after=re.compile(rf"[,/ -]{{0,2}}'?\d{{2,4}}\b| {any_whole(told.closes)}\b|\d*"),
        aside=re.compile(rf"\s*\((?!{any_whole(told.own_day)} )[a-z]+[ .:]+"),
        # The comma before a year parts nothing.
        parting=re.compile(rf";|,(?! ?{_YEAR})| {any_whole(told.parts)} "),
    )
