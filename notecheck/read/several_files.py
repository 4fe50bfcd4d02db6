"""Paths -> encounters: the parts of one encounter may have come in files of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from notecheck.errors import InputError, ShapeError
from notecheck.read.documents.kinds import HEAD_BYTES
from notecheck.read.encounters import ReadResult, read_path, results_of_visits
from notecheck.read.fhir.documents import KINDS
from notecheck.read.fhir.encounter import encounter_from_fhir
from notecheck.read.fhir.export import Export, names_encounter
from notecheck.read.hl7.envelope import is_hl7
from notecheck.read.hl7.files import visits
from notecheck.read.json_lines import json_lines
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.lines import byte_lines, joined
from notecheck.read.opening import STANDARD_INPUT, printable

_LINES = (".jsonl", ".ndjson")
_RESOURCE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{\s*\"resourceType\"\s*:\s*\"(\w+)\"")
_MOST = 200_000_000  # bytes of the files that are held together

_Together = Mapping[int, Sequence[ReadResult]]  # by the place of the path


def read_paths(paths: Iterable[str]) -> Iterator[ReadResult]:
    """The encounters of all `paths` in order; see `read_path`.

    HL7 messages of one visit, and FHIR resources (a file for each, or one a line as a bulk export
    has them) of one encounter, are put together whichever of the files they came in; the encounter
    stands where its first document's file stands. An encounter id is used once in a call: a later
    encounter with the same id is an error. Bare notes are named after their files; where two files
    share a name, the later goes by its path.
    """
    named = list(paths)
    together = _read_together(named)
    first_use: dict[str, str] = {}
    for number, path in enumerate(named):
        for result in together[number] if number in together else read_path(path):
            if isinstance(result.outcome, InputError):
                yield result
                continue
            encounter_id = result.outcome.encounter_id
            if first_use.get(encounter_id, result.where) != result.where and (
                encounter_id == Path(path).stem
            ):
                renamed = result.outcome.model_copy(update={"encounter_id": path})
                result, encounter_id = replace(result, outcome=renamed), path
            if encounter_id in first_use:
                error = ShapeError(
                    f"the encounter id is the same as that of {first_use[encounter_id]}: "
                    "give each encounter an id of its own"
                )
                yield ReadResult(result.where, error.at(result.where))
            else:
                first_use[encounter_id] = result.where
                yield result


def _read_together(paths: Sequence[str]) -> _Together:
    """The results of those files that have others of their kind beside them."""
    messages: list[int] = []
    resources: list[int] = []
    for number, path in enumerate(paths) if len(paths) > 1 else ():
        head = _head(path)
        kind = _RESOURCE.match(head)
        if kind and kind[1] not in (b"Bundle", b"Parameters"):
            resources.append(number)
        elif is_hl7(head) and not path.lower().endswith(_LINES):
            messages.append(number)
    found: dict[int, list[ReadResult]] = {}
    if len(messages) > 1 and _size(paths, messages) <= _MOST:
        found |= _of_messages(paths, messages)
    if len(resources) > 1 and _size(paths, resources) <= _MOST:
        found |= _of_resources(paths, resources)
    return found


def _head(path: str) -> bytes:
    if path == STANDARD_INPUT:
        return b""
    try:
        with open(path, "rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""  # reading it will say so


def _size(paths: Sequence[str], numbers: Iterable[int]) -> int:
    return sum(Path(paths[number]).stat().st_size for number in numbers)


def _of_messages(paths: Sequence[str], numbers: Sequence[int]) -> dict[int, list[ReadResult]]:
    found: dict[int, list[ReadResult]] = defaultdict(list)
    held: list[tuple[int, bytes]] = []
    for number in numbers:
        try:
            with open(paths[number], "rb") as stream:
                held.append((number, joined(byte_lines(stream), MAX_ENCOUNTER_BYTES)))
        except (InputError, OSError):
            continue  # reading it alone says what is wrong
        found[number] = []
    of_file = defaultdict(list)
    for visit in visits(*(data for _, data in held)) if held else ():
        of_file[visit.file].append(visit)
    for file, (number, _) in enumerate(held):
        found[number] += results_of_visits(of_file[file], printable(paths[number]))
    return found


def _of_resources(paths: Sequence[str], numbers: Sequence[int]) -> dict[int, list[ReadResult]]:
    export = Export()
    found: dict[int, list[ReadResult]] = {}
    places: list[tuple[int, str]] = []  # of each resource: the path's place, and how it is called
    for number in numbers:
        name = printable(paths[number])
        try:
            lines = list(_resources(paths[number], name))
        except (InputError, OSError):
            continue  # reading it alone says what is wrong
        found[number] = []
        for where, value, size in lines:
            export.add(len(places), value, size)
            places.append((number, where))
    for joint in export.encounters():
        number, where = places[joint.number]
        found[number].append(_result(where, joint.outcome))
    return found


def _resources(path: str, name: str) -> Iterator[tuple[str, dict[str, Any], int]]:
    """The resources of a file that are parts of encounters.

    Raises InputError for a file that is to be read alone: one that is damaged or holds something
    else too, and a single document that names no encounter.
    """
    with open(path, "rb") as file:
        if path.lower().endswith(_LINES):
            lines = json_lines(byte_lines(file))
        else:
            lines = json_lines(iter([joined(byte_lines(file), MAX_ENCOUNTER_BYTES)]))
        for line in lines:
            value = line.value
            if not Export.takes(value):
                raise ShapeError("this file is read alone")
            if path.lower().endswith(_LINES):
                yield f"{name}:{line.number}", value, line.size
            elif value["resourceType"] in KINDS and not names_encounter(value):
                raise ShapeError("this document is read alone")
            else:
                yield name, value, line.size


def _result(where: str, outcome: dict[str, Any] | InputError) -> ReadResult:
    try:
        if isinstance(outcome, InputError):
            raise outcome
        return ReadResult(where, encounter_from_fhir(outcome))
    except InputError as error:
        return ReadResult(where, error.at(where))
