"""What reading one input came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from notecheck.errors import InputError
from notecheck.models import Encounter

Value = TypeVar("Value")


@dataclass(frozen=True)
class ReadResult:
    """One encounter, or why there is none.

    `where` is how the input is named to the user: `note.txt`, `batch.jsonl:3`, `stdin`.
    `as_text` says that the input is itself the text of the one document, so that lines and columns
    of the document are those of the file. `files` names all the files that it came in, where there
    are several. By `numbers` (of visit and account) and `born` (the patient's birth) it is known
    whose claim is its own.
    """

    where: str
    outcome: Encounter | InputError
    as_text: bool = False
    files: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    born: frozenset[dt.date] = frozenset()


def failed(where: str, error: InputError) -> ReadResult:
    """The result of an input that cannot be read."""
    return ReadResult(where, error.at(where))


def read_by(
    read: Callable[[Value], Encounter], value: Value | InputError, where: str
) -> ReadResult:
    """What `read` makes of a value that may be an error already, or why it cannot be read."""
    try:
        if isinstance(value, InputError):
            raise value
        return ReadResult(where, read(value))
    except InputError as error:
        return failed(where, error)


def named_after_file(result: ReadResult, path: str) -> bool:
    """Whether an encounter has its id from the file at `path`, or from its place in that archive.

    An id that the input itself tells is the encounter's own.
    """
    if isinstance(result.outcome, InputError):
        return False
    own = result.outcome.encounter_id
    inner = result.where.removeprefix(f"{path}/")
    if inner == result.where:
        return own == PurePath(path).stem
    return own.partition("/")[2] == PurePath(inner).with_suffix("").as_posix()
