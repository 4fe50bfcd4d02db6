"""Cuts long runs of one separator short before anything is matched, and remembers where they were.

Ruled lines, rows of dots, blanks and empty lines say no more by being long, and an expression that
can match such a run in more than one way takes its time from the run's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notecheck.pipeline.repair import Repaired, edited

_MOST = 8  # signs of a run that stay
_MOST_BLANKS = 16  # columns are told by them
_MOST_TIMES = 4  # of two or three signs over and over
_MOST_EMPTY_LINES = 3
# All of them stand in a run of what is no letter or figure, which most notes have none of.
_RUN = re.compile(r"[\W_]{5,}")
# Each of these has one way to match a run, so that the search is linear itself.
_SIGNS = re.compile(rf"((?!\s)[\W_])\1{{{_MOST},}}")
_BLANKS = re.compile(rf"([^\S\n])\1{{{_MOST_BLANKS},}}")
_PERIODIC = re.compile(rf"(?!(.)\1)((?:(?!\n)[\W_]){{2,3}}?)\2{{{_MOST_TIMES},}}")
_LINE_ENDS = re.compile(r"\n(?:[^\S\n]*\n)+")


def shortened(text: str, before: Repaired | None = None) -> Repaired:
    """`text`, tidied, with its long runs cut short; the very same text when there are none.

    `before` is the change that `text` comes from.
    """
    edits: dict[int, tuple[int, str]] = {}
    for start, end in _superfluous(text):
        edits[start] = max(edits.get(start, (0, "")), (end, ""))
    before = before if before and before.changed else None
    return edited(text, edits, before) if edits else Repaired(text, before=before)


def _superfluous(text: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        yield from _superfluous_in(text, *run.span())


def _superfluous_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SIGNS.finditer(text, start, end):
        yield match.start() + _MOST, match.end()
    for match in _BLANKS.finditer(text, start, end):
        yield match.start() + _MOST_BLANKS, match.end()
    for match in _PERIODIC.finditer(text, start, end):
        yield match.start() + _MOST_TIMES * len(match[2]), match.end()
    for match in _LINE_ENDS.finditer(text, start, end):
        kept = match[0].split("\n", _MOST_EMPTY_LINES + 1)
        if len(kept) == _MOST_EMPTY_LINES + 2 and kept[-1]:
            yield match.end() - len(kept[-1]), match.end()
