"""Tells tables, e-mails and texts of several reports from a note, so that none passes as one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import islice

from pydantic import BaseModel, ConfigDict, field_validator

from notecheck.errors import NotANoteError
from notecheck.rules.files import pattern_file
from notecheck.rules.toml_file import load_toml

_NAME = "read/one_note.toml"
_ROWS = 200  # of a table's rows, enough to see that they are alike
_LONGEST_NAME = 40  # characters of a column's name
_LEAST_CELLS = 3
_HEADER_LINES = 25  # of an e-mail
_WORDED_LINE = re.compile(r"[^\w\n]*\w")
_WORD = re.compile(r"[^\W_]+")
_EMAIL_LINE = re.compile(r"([A-Za-z-]{2,20}):[ \t]*\S")


_VALUE = r"\s*[:#]+\s*(?P<value>[^\s].{0,40}?)\s*(?:\s{2,}.*)?$"  # of a label


def _line_by_line(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Email(_Data):
    needs: frozenset[str]
    and_one_of: frozenset[str]


class _Several(_Data):
    kinds: int
    alone: tuple[re.Pattern[str], ...]
    once: tuple[re.Pattern[str], ...]
    patient: re.Pattern[str]
    day: re.Pattern[str]
    brought_in: tuple[re.Pattern[str], ...]

    @cached_property
    def any_once(self) -> re.Pattern[str]:
        """What matches wherever one of `once` or of `alone` does."""
        lines = (line.pattern.replace("?P<value>", "?:") for line in (*self.once, *self.alone))
        return _line_by_line("|".join(f"(?:{line})" for line in lines))

    def brings_in(self, text: str) -> bool:
        """Whether `text` tells that an earlier report is brought into it."""
        return any(line.search(text) for line in self.brought_in)

    @field_validator("patient", "day", mode="before")
    @classmethod
    def _labelled(cls, labels: list[str]) -> re.Pattern[str]:
        return _line_by_line(rf"^\W*(?P<label>{'|'.join(labels)}){_VALUE}")

    @field_validator("once", "alone", "brought_in", mode="before")
    @classmethod
    def _each_line_by_line(cls, patterns: list[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(map(_line_by_line, patterns))


class _File(_Data):
    email: _Email
    several: _Several


def require_one_note(text: str) -> None:
    """Raises InputError, saying what to do, when `text` is no single note.

    That is a table (rows of as many cells as its header), an e-mail, or two reports one after the
    other (`require_one_report`).
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if _is_table(plain):
        raise NotANoteError(
            "this is a table, not a note: `notecheck audit FILE --out DIR` reads tables"
        )
    if _is_email(plain):
        raise NotANoteError("this is an e-mail, not a note: save the note that it holds as a file")
    require_one_report(plain)


def require_one_report(text: str, where: str | None = None) -> None:
    """Raises NotANoteError when `text` holds two patients' or two operations' reports.

    They are told by two of a line that every report has once and, for one label, two values; by
    two each of several such lines; or by a line that tells reports apart by itself.
    """
    if _is_several(text.replace("\r\n", "\n").replace("\r", "\n")):
        raise NotANoteError(
            "this holds several reports: give each a file of its own, or an encounter with its "
            "documents (notecheck schema encounter)",
            where=where,
        )


def tells_two(text: str) -> bool:
    """Whether a label of the patient or of the operation's day has two values in `text`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [start for start in _line_starts(plain) if _WORDED_LINE.match(plain, start)]
    data = _data().several
    return _differ(data.patient, plain, starts) or _differ(data.day, plain, starts)


def _is_table(text: str) -> bool:
    lines = text.split("\n")
    for start, line in islice(((n, v) for n, v in enumerate(lines) if v.strip()), 5):
        for delimiter in "\t;,|":  # a title may stand above the header
            if line.count(delimiter) >= _LEAST_CELLS - 1 and _alike(lines[start:], delimiter):
                return True
    return False


def _alike(lines: list[str], delimiter: str) -> bool:
    """Whether the first line could be a header and nearly all rows have as many cells."""
    rows = _rows(lines, delimiter)
    first = next(rows, [])
    if delimiter != "|" and all(name.startswith(" ") for name in first[1:]):
        return False  # a list in a sentence: its commas are followed by blanks
    header = [name.strip() for name in first]
    if len(set(header)) < len(header) or not all(map(_is_name, header)):
        return False
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    return bool(widths) and sum(width == len(header) for width in widths) >= 0.9 * len(widths)


def _rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from islice(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter), _ROWS)
    except csv.Error:
        return


def _is_name(cell: str) -> bool:
    return 0 < len(cell) <= _LONGEST_NAME and ":" not in cell and not cell.endswith(".")


def _is_email(text: str) -> bool:
    top = text.lstrip().split("\n", _HEADER_LINES)[:_HEADER_LINES]
    names = {found[1].lower() for found in map(_EMAIL_LINE.match, top) if found}
    data = _data().email
    return data.needs <= names and bool(data.and_one_of & names)


def _is_several(text: str) -> bool:
    data = _data().several
    starts = [start for start in _line_starts(text) if _WORDED_LINE.match(text, start)]
    once = [start for start in starts if data.any_once.match(text, start)]
    if len(once) < 2:
        return False
    if any(_begins_again(line, text, once, data) for line in data.alone):
        return True
    twice = [line for line in data.once if len(list(islice(_at(line, text, once), 2))) == 2]
    if not twice:
        return False
    if _differ(data.patient, text, starts):
        return True
    again = len(twice) >= data.kinds or _differ(data.day, text, starts)
    return again and not data.brings_in(text)


def _line_starts(text: str) -> Iterator[int]:
    start = 0
    yield start
    while start := text.find("\n", start) + 1:
        yield start


def _begins_again(line: re.Pattern[str], text: str, starts: list[int], data: _Several) -> bool:
    """Whether a line that tells reports apart by itself is there with two values, or twice."""
    found = list(_at(line, text, starts))
    if "value" in line.groupindex:
        return len({match["value"] for match in found}) > 1
    return len(found) > 1 and not data.brings_in(text)


def _at(line: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """The lines of `text` that match, tried where one with a word begins.

    `finditer` would try every character, and each of many empty lines to the end of them all.
    """
    end = 0
    for start in starts:
        found = line.match(text, start) if start >= end else None
        if found:
            end = found.end()
            yield found


def _differ(labels: re.Pattern[str], text: str, starts: list[int]) -> bool:
    """Whether one label has two values, of which neither goes on with the other.

    Where a page's blanks were lost, the next label stands behind the value.
    """
    values: dict[str, set[tuple[str, ...]]] = {}
    for found in _at(labels, text, starts):
        label = " ".join(found["label"].lower().split())
        words = tuple(_WORD.findall(found["value"].lower()))
        told = values.setdefault(label, set())
        if any(words != other[: len(words)] and other != words[: len(other)] for other in told):
            return True
        told.add(words)
    return False


@cache
def _data() -> _File:
    return load_toml(pattern_file(_NAME), _File)
