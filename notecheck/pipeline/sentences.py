"""Splits a section into sentences, the unit within which phrases and their context are read.

Operative notes run on, are typed in lists, glue a full stop to the next word, wrap lines anywhere,
and, when a machine wrote them down, have no punctuation at all. A plain expression that knows
these habits is some hundred times faster than medspaCy's default splitter and needs no training.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notecheck.pipeline.sentence_words import sentence_words
from notecheck.pipeline.speech import is_unpunctuated
from notecheck.pipeline.wrapping import WIDEST_WRAPPED_LINE, had_room

# Each of these begins with the few signs that it can match at: for them Python looks ten times
# faster than it tries an expression at every character.
_GLUED = re.compile(
    r"[.!?:](?:(?<=[A-Za-z0-9)%\"][.!?])(?=[A-Z][a-z'A-Z ])|(?<=[a-z)]:)(?=[A-Z][a-z]))"
)
_COMMA_BREAK = re.compile(r"[.:],\s*(?=[A-Z0-9])")
_LIST_NUMBER = re.compile(
    r"[#\d](?:(?<=[A-Za-z)][.,:;].)|(?<=[A-Za-z)][.,:;]\s.)|(?<=[.,:;]\s\s.)|(?<=[a-z]{3}.))"
    r"(?=(?:(?<=#)\s*\d{1,2}|(?<=\d)\d?)[.)]\s*[A-Z][A-Za-z])"
)
_LONE_NUMBER = re.compile(r"(?:^|[\s.,:;])\d{1,2}$")
_LETTER_STOP = re.compile(r"\b[a-z]\.[ \t]*\Z")  # "Sister on duty: L." ends with its line
_SHORT_WORD = re.compile(r"(?:^|[\s.,:;(])[a-z]{1,3}$")  # "2 in. off", "approx. 3"
_BULLET = re.compile(
    r"[\r\n](?<![\r\n][\r\n])[\r\n]*"
    r"(?=[ \t]*(?:[-*\u2022\u25cf>]|\d{1,2}[.)](?!\d)|\[.?\]|[a-z]\))\s*\S)"
)
_BLANK_LINE = re.compile(r"[\r\n](?:(?<=\r)\n)?[ \t]*[\r\n]\s*")
_LINE = re.compile(r"\r?\n|\r")
_RUN_ON = 48  # words; counted so that "left" and "right" are as long as each other
_LONGEST = 3000  # no writer's sentence: tables, dumps, hostile text; matching must stay linear


def sentence_spans(text: str, normalized: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`, in order, as (start, end) without outer blanks."""
    cuts = {start, end}
    for match in sentence_words().stop.finditer(normalized, start, end):
        before = normalized[max(start, match.start() - 6) : match.start()]
        following = text[match.end() : match.end() + 1]
        if not _LONE_NUMBER.search(before) and not (
            following.islower() and _SHORT_WORD.search(before)
        ):
            cuts.add(match.end())
    cuts.update(match.start() for match in _LIST_NUMBER.finditer(text, start, end))
    has_lines = "\n" in text[start:end] or "\r" in text[start:end]
    within_line, at_lines = (_GLUED, _COMMA_BREAK), (_BULLET, _BLANK_LINE)
    for expression in (*within_line, *at_lines) if has_lines else within_line:
        cuts.update(match.end() for match in expression.finditer(text, start, end))
    if has_lines:
        for first, last in _paragraphs(text, start, end):
            cuts |= _line_ends(text, normalized, first, last)
    ordered = sorted(cuts)
    for left, right in zip(ordered, ordered[1:], strict=False):
        yield from _without_run_on(normalized, left, right)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What empty lines part: how one is broken into lines says nothing of the others."""
    for blank in _BLANK_LINE.finditer(text, start, end):
        yield start, blank.start()
        start = blank.end()
    yield start, end


def _line_ends(text: str, normalized: str, start: int, end: int) -> set[int]:
    """Line ends that end a sentence: of short lines, not of lines that were merely wrapped."""
    breaks = list(_LINE.finditer(text, start, end))
    edges = [start, *(b.end() for b in breaks), end]
    widths = [right - left for left, right in zip(edges, edges[1:], strict=False)]
    widest = max(widths)
    unpunctuated = is_unpunctuated(normalized[start:end])
    cuts: set[int] = set()
    for index, match in enumerate(breaks):
        following = text[match.end() : match.end() + 40].split(maxsplit=1)
        if unpunctuated and widths[index] > WIDEST_WRAPPED_LINE:
            cuts.add(match.end())  # no stop tells the end of a paragraph
        if not following or following[0][0].islower():
            continue
        ends = bool(_LETTER_STOP.search(normalized, edges[index], match.start()))
        # A capital in the midst of a sentence is rare: the line was filled to its last blank.
        room = widest - widths[index] if following[0].istitle() else 0
        if ends or room >= len(following[0]) or had_room(widths[index], following[0], widest):
            cuts.add(match.end())
    return cuts


def _without_run_on(normalized: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Break a stretch too long to be one sentence where a new subject meets its verb."""
    while normalized.count(" ", start, end) > _RUN_ON:
        cut = next(
            (
                m.start()
                for m in sentence_words().clause.finditer(normalized, start + 30, end)
                if m.start() - start >= 60
            ),
            None,
        )
        if cut is None or normalized.count(",", start, end) > (end - start) / 60:
            break
        yield from _trimmed(normalized, start, cut)
        start = cut
    while end - start > _LONGEST:
        blank = normalized.rfind(" ", start + 1, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield from _trimmed(normalized, start, cut)
        start = cut
    yield from _trimmed(normalized, start, end)


def _trimmed(normalized: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and normalized[start].isspace():
        start += 1
    while end > start and normalized[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
