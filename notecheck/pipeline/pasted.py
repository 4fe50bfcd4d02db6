"""Reports of another day or patient that a note brings in without quotation marks.

"August report: femur sawn 13 cm above the joint, no closure." An introduction in the midst of a
paragraph covers the rest of its sentence; one that begins a line covers its paragraph, unless a
sentence of it turns back to today. The words are data: `patterns/pasted/reports.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from notecheck.pipeline.calendar_words import calendar_words
from notecheck.pipeline.mentions import Sentence
from notecheck.pipeline.wrapping import WIDEST_WRAPPED_LINE
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml
from notecheck.rules.word_table import WordTable, any_of, none_before

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?\b")
_LATE_MONTHS = 1  # a day of this month or the last one
_WAY = r"[^.;:\n]"  # one character of the way from a paper to what it says


class PastedReports(WordTable):
    """The words of the file; see its own remarks."""

    paper: tuple[str, ...]
    earlier: tuple[str, ...]
    of: tuple[str, ...]
    own_title: tuple[str, ...]
    says: tuple[str, ...]
    it: tuple[str, ...]
    again: tuple[str, ...]
    author: tuple[str, ...]
    other_paper: tuple[str, ...]
    brings: tuple[str, ...]
    stranger: tuple[str, ...]
    per: tuple[str, ...]
    inside: tuple[str, ...]
    today: tuple[str, ...]
    turns: tuple[str, ...]
    facts: frozenset[str]
    then_facts: frozenset[str]
    now: tuple[str, ...]
    lately: tuple[str, ...]


def pasted_reports(
    text: str, normalized: str, sentences: Sequence[Sentence], written: dt.date | None
) -> list[tuple[int, int, bool]]:
    """The stretches that tell another report, of `text` and its normalised copy.

    Each is (start, end, whether it tells of its own day and not of the present). `written` is the
    note's own day: a report of that day is the note's own. What a heading brings in is a section,
    and is taken as that.
    """
    headings = {(s.section.start, s.section.body) for s in sentences}
    places = [(s.start, s.end) for s in sentences]
    found = []
    for match in _introductions(text, normalized):
        if (
            match.start() == 0
            or _is_of(match[0], written)
            or any(start <= match.start() < body for start, body in headings)
        ):
            continue
        end = _end(text, normalized, places, match.start(), match.end())
        then = not _is_late(match[0], written) and not _present().search(
            normalized, match.end(), end
        )
        found.append((match.end(), end, then))
    return found


@cache
def _present() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(pasted_words().now)}\b")


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(rf"{any_of(pasted_words().turns)}\b")


def _is_late(introduction: str, written: dt.date | None) -> bool:
    """Whether the introduction names a day of the weeks before the note."""
    if re.search(rf"\b{any_of(pasted_words().lately)}\b", introduction):
        return True
    day = _DAY.search(introduction)
    if day is None or written is None:
        return False
    months = (written.month - int(day[1])) % 12
    return months <= _LATE_MONTHS and (not day[3] or day[3][-2:] == f"{written.year % 100:02}")


def _introductions(text: str, normalized: str) -> Iterator[re.Match[str]]:
    words = pasted_words()
    # Few of the words stand in a note, and fewer lines hold one that begins and one that ends an
    # introduction: only those are searched, which takes long.
    telling = _held((*words.paper, *words.author, *words.stranger), normalized)
    if not telling:
        return
    telling += _held(words.again, normalized)
    ends = [":", *_held((*words.says, *words.per, *words.inside, *words.stranger), normalized)]
    lines = _with_lines(text, normalized)
    start = 0
    for line in lines.split("\n"):  # an introduction is within one
        end = start + len(line)
        if any(word in line for word in telling) and any(word in line for word in ends):
            yield from _expression().finditer(lines, start, end)
        start = end + 1


def _held(words: Sequence[str], text: str) -> list[str]:
    return [word for word in words if word in text]


def _with_lines(text: str, normalized: str) -> str:
    """The normalised copy with the text's own ends of lines."""
    pieces, start = [], 0
    for line in text.split("\n"):
        pieces.append(normalized[start : start + len(line)])
        start += len(line) + 1
    return "\n".join(pieces)


@cache
def pasted_words() -> PastedReports:
    """The file, read once. Raises RulesError for one that is wrong."""
    return load_toml(pattern_file("pasted/reports.toml"), PastedReports)


@cache
def _expression() -> re.Pattern[str]:
    words = pasted_words()
    calendar = calendar_words()
    told_of = [*words.earlier, *calendar.months, *calendar.words.seasons]
    paper, earlier, says = map(any_of, (words.paper, told_of, words.says))
    date = r"\(?(?:\d{1,2}/[\d/]{1,7}|(?:19|20)\d\d)\)?"
    none = none_before(words.other_paper)
    begins = rf"(?:{earlier}|{date}) (?:[\w.']+ ){{0,4}}?{none}{paper}{_WAY}{{0,60}}?"
    title = rf"(?!{any_of(words.own_title)}\b)"
    dated = rf"{none}{paper} {any_of(words.of)} {title}{_WAY}{{1,60}}?"
    wrote = rf"{earlier} {any_of(words.author)} "
    per = rf"{any_of(words.per)} (?:[\w.'/]+ ){{0,4}}?{none}{paper}{_WAY}{{0,40}}?,"
    few = r"(?:[\w.']+ ){0,3}?"
    whose = rf"(?:{earlier} {few}{none}{paper}|{none}{paper} {any_of(words.of)} {few}{earlier})"
    inside = rf"{any_of(words.inside)} (?:[\w']+ )?{whose} "
    named = rf"{earlier} (?:[\w.']+ ){{0,4}}?{none}{paper}{_WAY}{{0,60}}\. {any_of(words.it)} "
    again = rf"{any_of(words.again)} "
    stranger = rf"{any_of(words.brings)} {_WAY}{{0,40}}?{any_of(words.stranger)}"
    return re.compile(
        rf"\b(?:(?:{begins}|{dated})(?::(?!\d)|\b{says}\b:?)|(?:{wrote}|{named}|{again}){says}\b:?|{per}|{inside}"
        rf"|{stranger}\b{_WAY}{{0,40}}[.:])"
    )


def _is_of(introduction: str, written: dt.date | None) -> bool:
    """Whether the introduction names the day of the note itself."""
    day = _DAY.search(introduction)
    return (
        written is not None
        and day is not None
        and (written.month, written.day)
        == (
            int(day[1]),
            int(day[2]),
        )
    )


def _end(
    text: str, normalized: str, sentences: Sequence[tuple[int, int]], start: int, end: int
) -> int:
    """Where the pasted words end."""
    here = next((last for _, last in sentences if last > end), len(text))
    turn = _turn().search(normalized, end, here)
    if turn:
        return turn.start()
    if text[text.rfind("\n", 0, start) + 1 : start].strip():
        return here
    paragraph = _paragraph_end(text, end)
    for first, last in sentences:
        if end < first < paragraph and normalized.startswith(pasted_words().today, first):
            return first
        if last >= paragraph:
            break
    return max(here, paragraph)


def _paragraph_end(text: str, place: int) -> int:
    """Where the paragraph of a place ends.

    A line wider than a machine breaks them at is one by itself, where no empty line parts any of
    the text; not right below an introduction that says nothing on its own line.
    """
    if blank := _BLANK_LINE.search(text, place):
        return blank.start()
    if _BLANK_LINE.search(text):
        return len(text)
    said = place
    for start, end in _lines(text, place):
        if end - start > WIDEST_WRAPPED_LINE and text[place:said].strip():
            return said
        said = end
    return len(text)


def _lines(text: str, place: int) -> Iterator[tuple[int, int]]:
    """The lines from that of a place on, as (start, end)."""
    start = text.rfind("\n", 0, place) + 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1
