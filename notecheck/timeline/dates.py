"""The time that words of a note tell, as a span of possible days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache, partial

from notecheck.timeline.ago_words import ago_words
from notecheck.timeline.calendar_days import (
    day_then_month,
    decade,
    iso,
    month_first,
    month_year,
    numeric,
    season,
    year_alone,
)
from notecheck.timeline.span import Span, month_span
from notecheck.timeline.spoken import in_figures
from notecheck.timeline.times_ago import (
    ago,
    just_now,
    last_day,
    last_whole,
    long_ago,
    years_back,
)

_SHORT = 300  # characters


def find_date(
    words: str,
    operation: dt.date | None,
    told_on: dt.date | None = None,
    *,
    day_first: bool = False,
) -> Span | None:
    """The first time told in normalised `words`, or None.

    `operation` supplies a missing year; `told_on`, the date of the document, anchors "six weeks
    ago" (the operation's date where the document has none). Without them such times are not
    known. `day_first` says how "3/2/2026" is meant.
    """
    # The same words are asked about again and again; a long text would only fill the memory.
    read = _find_date if len(words) <= _SHORT else _find_date.__wrapped__
    return read(words, operation, told_on, day_first=day_first)


@lru_cache(maxsize=2_000)
def _find_date(
    words: str, operation: dt.date | None, told_on: dt.date | None, *, day_first: bool
) -> Span | None:
    words = in_figures(words)
    for read in (
        iso,
        partial(numeric, written_day_first=day_first),
        month_year,
        day_then_month,
        month_first,
        season,
        years_back,
        ago,
        last_whole,
        last_day,
        just_now,
        long_ago,
        decade,
        year_alone,
    ):
        span = read(
            words,
            (told_on or operation) if read in (ago, last_whole, last_day, just_now) else operation,
        )
        if span:
            return span
    return None


def same_time(
    words: str,
    before: str,
    operation: dt.date | None,
    told_on: dt.date | None,
    *,
    day_first: bool = False,
) -> Span | None:
    """The time of "the same year" or "that day" in `words`: the last one told `before` them."""
    match, said = ago_words().same.search(words), ago_words().words
    if not match:
        return None
    told = [
        find_date(piece, operation, told_on, day_first=day_first)
        for piece in re.split(r"[.;,]", before)
    ]
    span = next((span for span in reversed(told) if span), None)
    if span is None or match[1] in said.same_day:
        return span
    first = span.earliest.replace(day=1)
    if match[1] in said.same_month:
        return month_span(first.year, first.month)
    return Span(dt.date(first.year, 1, 1), dt.date(first.year, 12, 31))
