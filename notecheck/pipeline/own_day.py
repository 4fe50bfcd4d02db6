"""The day of the operation by the note's own heading: "DATE OF PROCEDURE: 03/02/2026".

The headings are data: `patterns/structure/own_day.toml`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from notecheck.pipeline.section import Section
from notecheck.read.dates import told_day
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable

_LONGEST_DAY = 40  # characters
_TOP = 600  # characters of a note in which nothing is told yet


class _Headings(WordTable):
    titles: frozenset[str]
    at_top: frozenset[str]


@cache
def _headings() -> _Headings:
    return load_toml(pattern_file("structure/own_day.toml"), _Headings)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """`day` stands at `start` to `end`; `named` is whether its heading names the operation."""

    day: dt.date
    start: int
    end: int
    named: bool


def own_day(text: str, normalized: str, sections: Sequence[Section]) -> OwnDay | None:
    """The first day that a heading tells for the operation; None where there is none.

    What stands behind a report that the note brings in may be that report's.
    """
    return next(_days(text, normalized, sections), None)


def _days(text: str, normalized: str, sections: Sequence[Section]) -> Iterator[OwnDay]:
    headings = _headings()
    for section in sections:
        if section.category == "quoted_report":
            return
        title = normalized[section.start : section.body].strip(" :-*#").replace("-", " ")
        named = title in headings.titles
        if not named and (title not in headings.at_top or section.start > _TOP):
            continue
        body = text[section.body : section.end]
        start = section.body + len(body) - len(body.lstrip(" \t:-"))
        words = text[start : min(section.end, start + _LONGEST_DAY)].partition("\n")[0].rstrip()
        day = told_day(words)
        if day is not None:
            yield OwnDay(day, start, start + len(words), named)
