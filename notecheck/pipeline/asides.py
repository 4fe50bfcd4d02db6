"""What a sentence says in passing: what an earlier year's operation did, what a consent lists.

The words are data: `patterns/structure/asides.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from notecheck.models import ExclusionReason
from notecheck.pipeline.calendar_words import calendar_words
from notecheck.read.dates import told_day
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import Words, WordTable, any_of


class _Consent(WordTable):
    named: Words
    lists: Words


class _Earlier(WordTable):
    during: Words
    past: Words
    to_this_day: Words


class _AsideFile(WordTable):
    """The file; its remarks say what its words are for."""

    dated_by: Words
    ago: Words
    consent: _Consent
    earlier: _Earlier


@dataclass(frozen=True, slots=True)
class _Asides:
    """The file's expressions.

    `year_then_aside` a year and the parentheses after it; `day_then_aside` the same right behind
    an operation, of any time; `consent_list` what a consent lists, to its sentence's end, an empty
    line or a line with a label; `told_of_a_day` a month or year and what follows it, to the next
    comma or stop, in a text that `names_a_day`; `past` and `to_this_day` the tense.
    """

    year_then_aside: re.Pattern[str]
    day_then_aside: re.Pattern[str]
    consent_list: re.Pattern[str]
    told_of_a_day: re.Pattern[str]
    names_a_day: re.Pattern[str]
    past: re.Pattern[str]
    to_this_day: re.Pattern[str]


_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH_BACK = 200  # characters of a clause before its day


@cache
def _asides() -> _Asides:
    """The expressions, made once. Raises RulesError for a file that is wrong."""
    file = load_toml(pattern_file("structure/asides.toml"), _AsideFile)
    earlier, during = file.earlier, any_of(file.earlier.during)
    calendar = calendar_words()
    day_ends = any_of(calendar.words.day_ends)
    sure = [month for month in calendar.months if month not in calendar.words.doubtful]
    return _Asides(
        year_then_aside=re.compile(
            rf"\b{any_of(file.dated_by)} (?:[a-z]+ )?(?:\d{{1,2}}{day_ends}?,? )?"
            r"((?:19|20)\d\d)\b[^().;]{0,60}\(([^()]{10,200})\)",
            re.I,
        ),
        day_then_aside=re.compile(
            rf"[ ,]{{0,2}}(?:{any_of(file.dated_by)} )?"
            r"(\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d|(?:[a-z]{3,9}\.? (?:\d{1,2},? )?"
            r"|\d{1,2} [a-z]{3,9}\.? |\d{1,2}/)?(?:19|20)\d\d"
            rf"|[^().;\n]{{1,20}}? {any_of(file.ago)})"
            r"[ ,]{0,2}\(([^()]{10,200})\)",
            re.I,
        ),
        consent_list=re.compile(
            rf"\b{any_of(file.consent.named)}\b[^.:;\n]{{0,60}}\b{any_of(file.consent.lists)}"
            r"\b[^.:;\n]{0,20}:((?:[^.:\n]|\n(?!\s*\n|[^\n]{0,40}:)){1,400})",
            re.I,
        ),
        told_of_a_day=re.compile(
            rf"\b{during} ([a-z]{{3,9}}\b\.?)?,? ?((?:19|20)\d\d)?\b"
            r"[^.;,\n]{0,200}",
            re.I,
        ),
        names_a_day=re.compile(
            rf"\b{during} (?:(?:[a-z]{{3,9}}\b\.?)?,? ?(?:19|20)\d\d\b|{any_of(sure)})", re.I
        ),
        past=re.compile(rf"\b{any_of(earlier.past)}\b", re.I),
        to_this_day=re.compile(rf"\b{any_of(earlier.to_this_day)}\b", re.I),
    )


def earlier_days(text: str, operated: dt.date | None) -> Iterator[tuple[int, int, bool]]:
    """The stretches, (start, end, whether a year is told), in the past tense, of an earlier time.

    A month without a year is not that of the operation. Without a date of the operation there are
    none.
    """
    words, calendar = _asides(), calendar_words()
    if operated is None or not words.names_a_day.search(text):
        return
    end = 0
    for match in words.told_of_a_day.finditer(text):
        # Looked for backwards, from the few days: forwards it would be from every character.
        start, end = _clause_before(text, match.start(), end), match.end()
        name, year = (match[1] or "").lower().rstrip("."), match[2]
        month = None if name in calendar.words.doubtful else calendar.months.get(name)
        if year is None and month is None:
            continue
        past = int(year) < operated.year if year else month != operated.month
        told = text[start:end]
        if past and words.past.search(told) and not words.to_this_day.search(told):
            yield start, end, year is not None


def opens_on_a_day(clause: str) -> bool:
    """Whether a clause begins with its day: "in March 2025 cefazolin was given"."""
    return _asides().names_a_day.match(clause.lstrip()) is not None


def _is_earlier(time: str, operated: dt.date | None) -> bool:
    """Whether a time told behind an operation is before the day of the document."""
    if day := told_day(time):
        return operated is None or day < operated
    year = _YEAR.search(time)
    return year is None or operated is None or int(year[0]) < operated.year


def _clause_before(text: str, place: int, earliest: int) -> int:
    """Where the clause begins that a place stands in, no earlier than some place and its reach."""
    earliest = max(earliest, place - _REACH_BACK)
    return max(earliest, 1 + max(text.rfind(sign, earliest, place) for sign in ".;:,\n"))


def asides(
    text: str, operated: dt.date | None, operations: Iterable[int]
) -> Iterator[tuple[int, int, ExclusionReason]]:
    """The stretches of `text`, (start, end), with the reason why they tell nothing of today.

    `operated` is the date of the document: an aside on its own year or day is none. `operations`
    are where the names of amputations end.
    """
    for end in operations:
        told = _asides().day_then_aside.match(text, end)
        if told and _is_earlier(told[1], operated):
            yield told.start(2), told.end(2), "history"
    for match in _asides().year_then_aside.finditer(text):
        if _is_earlier(match[1], operated):
            yield match.start(2), match.end(2), "history"
    for match in _asides().consent_list.finditer(text):
        yield match.start(1), match.end(1), "consent"
