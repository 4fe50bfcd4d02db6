"""The lines of a JSON Lines file -> their values; a bad line never stops the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from notecheck.errors import InputError, NotANoteError
from notecheck.read.binary import binary_kind
from notecheck.read.json_text import parse_json
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.lines import byte_lines, joined
from notecheck.read.text import decode


@dataclass(frozen=True)
class JsonLine:
    """One line of a JSON Lines file: its number from 1, its value or what is wrong, its bytes."""

    number: int
    value: object | InputError
    size: int = 0


def json_lines(lines: Iterator[bytes], *, first: int = 1) -> Iterator[JsonLine]:
    """The values of a JSON Lines file, or of its lines from number `first`; blank ones are none.

    A bad line yields its InputError and the next lines are still read. A file that begins as
    binary content is refused once for the whole of it.
    """
    head = next(lines, b"")
    kind = binary_kind(head)
    if kind and first == 1:
        yield JsonLine(1, NotANoteError(f"this is {kind}, not JSON Lines: save it as UTF-8 text"))
        return
    for number, line in enumerate(chain([head], lines), start=first):
        try:
            text = decode(joined([line], MAX_ENCOUNTER_BYTES)).rstrip("\r\n")
            if text.strip():
                yield JsonLine(number, parse_json(text, line=number), len(line))
        except InputError as error:
            yield JsonLine(number, error)


def placed_values(path: Path) -> Iterator[tuple[str, object]]:
    """Each value of a JSON Lines file with its place, `file.jsonl:3`.

    Raises InputError, naming file and line, at the first that is wrong, and for an unreadable file.
    """
    try:
        with path.open("rb") as stream:
            for line in json_lines(byte_lines(stream)):
                where = f"{path}:{line.number}"
                if isinstance(line.value, InputError):
                    raise InputError(line.value.message, where=where)
                yield where, line.value
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path)) from None
