"""Paths -> encounters: the parts of one encounter may have come in files of their own."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from typing import BinaryIO

from notecheck.errors import InputError, ShapeError
from notecheck.read.encounters import read_path
from notecheck.read.opening import STANDARD_INPUT, printable
from notecheck.read.result import ReadResult, named_after_file
from notecheck.read.together.belonging import Belonging
from notecheck.read.together.claims import unmatched
from notecheck.read.together.joining import read_together
from notecheck.read.together.keys import keys_of
from notecheck.read.together.parts import MOST_TOGETHER, Part


def read_paths(paths: Iterable[str]) -> Iterator[ReadResult]:
    """The encounters of all `paths` in order; see `read_path`.

    What belongs to one encounter is put together whichever of the files it came in (`read_group`);
    the encounter stands where the first of these stands. An encounter id is
    used once in a call: a later encounter with the same id is an error. Bare notes are named after
    their files; where two files share a name, the later goes by its path.
    """
    named = list(paths)
    first_use: dict[str, str] = {}
    for path, result in _all(named):
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


def read_group(paths: Sequence[str]) -> Iterator[tuple[str, ReadResult]]:
    """The encounters of files that may belong together, each with its file's path, in their order.

    HL7 messages of one visit, FHIR resources (a file for each, or one a line as a bulk export has
    them) and Bundles of one encounter, and C-CDA documents of one encounter are put together, and
    X12 claims with any of these. What cannot be put together is read as `read_path` does; claims
    that no file here has the number of are passed over (`read_unmatched`).
    """
    together = read_together([part_of(path) for path in paths])
    for number, path in enumerate(paths):
        results = together[number] if number in together else read_path(path)
        yield from ((path, result) for result in results)


def read_unmatched(path: str, claims: Iterable[int]) -> Iterator[ReadResult]:
    """What is told of those `claims` of an X12 file, counted from 0, that no note belongs to."""
    return unmatched(part_of(path), claims)


def part_of(path: str) -> Part:
    """The file at `path` as a part."""

    def opened() -> AbstractContextManager[BinaryIO]:
        return io.BytesIO() if path == STANDARD_INPUT else open(path, "rb")

    try:
        size = 0 if path == STANDARD_INPUT else os.stat(path).st_size
    except OSError:
        size = 0  # reading it will say what is wrong
    return Part(printable(path), size, opened)


def _all(paths: Sequence[str]) -> Iterator[tuple[str, ReadResult]]:
    if len(paths) < 2:
        for path in paths:
            yield from ((path, result) for result in read_path(path))
        return
    with closing(Belonging(MOST_TOGETHER)) as belonging:
        for number, path in enumerate(paths):
            part = part_of(path)
            keys = keys_of(part)
            if keys is not None:
                belonging.add(number, part.size, os.fsencode(path), keys)
        belonging.settle()
        for number, path in enumerate(paths):
            claims = belonging.unmatched(number)
            together = belonging.members_at(number)
            if claims is not None:
                yield from ((path, result) for result in read_unmatched(path, claims))
            elif together is None:
                yield from ((path, result) for result in read_path(path))
            else:
                yield from read_group([os.fsdecode(member.name) for member in together])
