"""The time that words of a note tell, as a span of possible days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from notecheck.timeline.ages import age_expressions, age_then
from notecheck.timeline.ago_words import ago_words
from notecheck.timeline.calendar_days import (
    ISO,
    MONTH_YEAR,
    NUMERIC,
    SHORT_YEAR,
    YEAR,
    day_then_month,
    decade,
    era,
    iso,
    month_first,
    month_year,
    named_day,
    numeric,
    part_of_year,
    season,
    year_alone,
)
from notecheck.timeline.calendar_expressions import calendar_expressions
from notecheck.timeline.clock import Clock
from notecheck.timeline.span import Span, month_span, years_span
from notecheck.timeline.spoken import in_figures
from notecheck.timeline.times_ago import (
    ago,
    just_now,
    last_day,
    last_whole,
    long_ago,
    moved,
    running,
    within,
    years_back,
)

_SHORT = 300  # characters
# The comma before a year parts nothing, nor does the dot of "2.14.2026".
_PIECE = re.compile(r"[.;](?!\d)|,(?! ?(?:19|20)\d\d)")

_Reader = Callable[[re.Match[str], Clock], Span | None]


@cache
def _readers() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """How times are told and how each is read; the first that finds one is believed."""
    calendar, told = calendar_expressions(), ago_words()
    return (
        (ISO, iso),
        (NUMERIC, numeric),
        (MONTH_YEAR, month_year),
        (calendar.day_first, day_then_month),
        (calendar.month_first, month_first),
        (calendar.named_day, named_day),
        (calendar.season, season),
        (calendar.part_of_year, part_of_year),
        (told.yearly, years_back),
        (told.ago, ago),
        (told.within, within),
        (told.whole, last_whole),
        (told.running, running),
        (told.last_day, last_day),
        (told.just_now, just_now),
        (age_expressions().then, age_then),
        (told.long_ago, long_ago),
        (calendar.decade, decade),
        (YEAR, year_alone),
        (SHORT_YEAR, year_alone),
        (calendar.era, era),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A time and where it stands in the words."""

    span: Span
    start: int
    end: int


def find_date(words: str, clock: Clock) -> Span | None:
    """The time told in normalised `words`, or None."""
    # The same words are asked about again and again; a long text would only fill the memory.
    read = _find_date if len(words) <= _SHORT else _find_date.__wrapped__
    return read(words, clock)


@lru_cache(maxsize=2_000)
def _find_date(words: str, clock: Clock) -> Span | None:
    words = in_figures(words)
    told = _first(words, clock)
    if told is None:
        return None
    before = words[: told.start]
    away = ago_words().moved.search(before)
    span = moved(away, told.span) if away else told.span
    return _with_the_other(span, words, told, clock)


def _first(words: str, clock: Clock) -> _Told | None:
    for expression, read in _readers():
        match = expression.search(words)
        span = read(match, clock) if match else None
        if match and span:
            return _Told(span, *match.span())
    return None


def _with_the_other(span: Span, words: str, told: _Told, clock: Clock) -> Span:
    """A time, or both where another follows of which it may be: "in November or in January"."""
    said = ago_words()
    link = said.either.match(words, told.end)
    if link is None and said.between.search(words, 0, told.start):
        link = said.and_time.match(words, told.end)
    rest = words[link.end() :] if link else ""
    other = _first(rest, clock)
    if other is None or other.start:
        return span
    # "November or December 2024": the year is that of both.
    of_both = replace(clock, operation=other.span.latest)
    first = _first(words[: told.end], of_both) if span == told.span else None
    return (first.span if first else span).or_else(other.span)


def lasting_since(words: str, start: int, clock: Clock) -> Span | None:
    """When a state began that `words`, from `start` on, say has lasted so long."""
    said = ago_words()
    told = said.for_long.match(words, start) or said.long_alone.match(words, start)
    return ago(told, clock) if told else None


def time_after(words: str, before: str, clock: Clock) -> Span | None:
    """The time of "the same year" or "two days later" in `words`, by the last one told `before`."""
    said = ago_words()
    words = in_figures(words)
    same, later = said.same.search(words), said.later.search(words)
    if not same and not later:
        return None
    told = (find_date(piece, clock) for piece in reversed(_PIECE.split(before)))
    span = next(filter(None, told), None)
    if span is None or (same and same[1] in said.words.same_day):
        return span
    if later:
        return moved(later, span)
    first = span.earliest.replace(day=1)
    if same and same[1] in said.words.same_month:
        return month_span(first.year, first.month)
    return years_span(first.year, first.year)
