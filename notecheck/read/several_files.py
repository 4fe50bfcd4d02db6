"""Paths -> encounters: the parts of one encounter may have come in files of their own."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import BinaryIO

from notecheck.errors import InputError, ShapeError
from notecheck.read.encounters import read_path
from notecheck.read.opening import STANDARD_INPUT, printable
from notecheck.read.result import ReadResult, named_after_file
from notecheck.read.together import Part, read_together


def read_paths(paths: Iterable[str]) -> Iterator[ReadResult]:
    """The encounters of all `paths` in order; see `read_path`.

    HL7 messages of one visit, and FHIR resources (a file for each, or one a line as a bulk export
    has them, or a Bundle and its claim) of one encounter, are put together whichever of the files
    they came in; the encounter stands where its first document's file stands. An encounter id is
    used once in a call: a later encounter with the same id is an error. Bare notes are named after
    their files; where two files share a name, the later goes by its path.
    """
    named = list(paths)
    together = read_together([_part(path) for path in named])
    first_use: dict[str, str] = {}
    for number, path in enumerate(named):
        for result in together[number] if number in together else read_path(path):
            if isinstance(result.outcome, InputError):
                yield result
                continue
            encounter_id = result.outcome.encounter_id
            if first_use.get(encounter_id, result.where) != result.where and named_after_file(
                result, printable(path)
            ):
                encounter_id = path if result.where == printable(path) else result.where
                renamed = result.outcome.model_copy(update={"encounter_id": encounter_id})
                result = replace(result, outcome=renamed)
            if encounter_id in first_use:
                error = ShapeError(
                    f"the encounter id is the same as that of {first_use[encounter_id]}: "
                    "give each encounter an id of its own"
                )
                yield ReadResult(result.where, error.at(result.where))
            else:
                first_use[encounter_id] = result.where
                yield result


def _part(path: str) -> Part:
    def opened() -> AbstractContextManager[BinaryIO]:
        return io.BytesIO() if path == STANDARD_INPUT else open(path, "rb")

    try:
        size = 0 if path == STANDARD_INPUT else os.stat(path).st_size
    except OSError:
        size = 0  # reading it will say what is wrong
    return Part(printable(path), size, opened)
