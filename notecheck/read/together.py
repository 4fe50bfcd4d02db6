"""Files that came together -> the encounters whose parts are in several of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, BinaryIO

from notecheck.errors import InputError, ShapeError
from notecheck.read.documents.kinds import HEAD_BYTES, packed_kind
from notecheck.read.fhir.documents import KINDS
from notecheck.read.fhir.encounter import encounter_from_fhir
from notecheck.read.fhir.export import Export, names_encounter
from notecheck.read.hl7.envelope import is_hl7
from notecheck.read.hl7.files import Visit, visits
from notecheck.read.json_lines import json_lines
from notecheck.read.json_text import parse_json
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.lines import byte_lines, joined
from notecheck.read.result import ReadResult, failed, read_by
from notecheck.read.text import decode

LINES = (".jsonl", ".ndjson")
_RESOURCE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*\{\s*\"resourceType\"\s*:\s*\"(\w+)\"")
_OBJECT = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{\s*"')
_OURS = (b'"encounter_id"', b'"documents"')  # an encounter of our own shape
_MOST = 200_000_000  # bytes of the files that are held together

Together = Mapping[int, Sequence[ReadResult]]  # by the place of the part


@dataclass(frozen=True)
class Part:
    """One of the files that came together: how it is named to the user, and what opens it."""

    name: str
    size: int
    opened: Callable[[], AbstractContextManager[BinaryIO]]

    @property
    def of_lines(self) -> bool:
        return self.name.lower().endswith(LINES)

    def head(self) -> bytes:
        try:
            with self.opened() as file:
                return file.read(HEAD_BYTES)
        except OSError:
            return b""  # reading it will say so


def read_together(parts: Sequence[Part]) -> Together:
    """The results of those parts that have others of their kind beside them.

    HL7 messages of one visit, and FHIR resources of one encounter, are put together. A claim that
    none of the lone resources have a document for goes to the one Bundle of its encounter.
    """
    if len(parts) < 2:
        return {}
    messages: list[int] = []
    resources: list[int] = []
    bundles: list[int] = []
    for number, part in enumerate(parts):
        head = part.head()
        kind = _resource_type(part, head)
        if kind == "Bundle" and not part.of_lines:
            bundles.append(number)
        elif kind and kind not in ("Bundle", "Parameters"):
            resources.append(number)
        elif is_hl7(head) and not part.of_lines and not packed_kind(head):
            messages.append(number)
    found: dict[int, list[ReadResult]] = {}
    if len(messages) > 1 and _size(parts, messages) <= _MOST:
        found |= _of_messages(parts, messages)
    if resources and _size(parts, [*resources, *bundles]) > _MOST:
        bundles = []
    if len(resources) + len(bundles) > 1 and resources and _size(parts, resources) <= _MOST:
        found |= _of_resources(parts, resources, bundles)
    return found


def _resource_type(part: Part, head: bytes) -> str | None:
    """The type of the FHIR resource that a file begins with, wherever in it that stands."""
    told = _RESOURCE.match(head)
    if told:
        return told[1].decode()
    if not _OBJECT.match(head) or any(name in head for name in _OURS) or part.size > _MOST:
        return None
    try:
        with part.opened() as file:
            lines = byte_lines(file)
            data = next(lines, b"") if part.of_lines else joined(lines, MAX_ENCOUNTER_BYTES)
        value = parse_json(decode(data)) if b'"resourceType"' in data else None
    except (InputError, OSError):
        return None  # reading it alone says what is wrong
    kind = value.get("resourceType") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None


def _size(parts: Sequence[Part], numbers: Iterable[int]) -> int:
    return sum(parts[number].size for number in numbers)


def _of_messages(parts: Sequence[Part], numbers: Sequence[int]) -> dict[int, list[ReadResult]]:
    found: dict[int, list[ReadResult]] = defaultdict(list)
    held: list[tuple[int, bytes]] = []
    for number in numbers:
        try:
            held.append((number, _content(parts[number])))
        except (InputError, OSError):
            continue  # reading it alone says what is wrong
        found[number] = []
    of_file = defaultdict(list)
    for visit in visits(*(data for _, data in held)) if held else ():
        of_file[visit.file].append(visit)
    for file, (number, _) in enumerate(held):
        found[number] += results_of_visits(of_file[file], parts[number].name)
    return found


def results_of_visits(found: Sequence[Visit], name: str) -> Iterator[ReadResult]:
    """The results of the visits whose first messages are in the file `name`."""
    for visit in found:
        where = name if len(found) == 1 else f"{name}, {visit.name}"
        if isinstance(visit.outcome, InputError):
            yield failed(where, visit.outcome)
        else:
            yield ReadResult(where, visit.outcome)


def _of_resources(
    parts: Sequence[Part], numbers: Sequence[int], bundles: Sequence[int]
) -> dict[int, list[ReadResult]]:
    export = Export()
    found: dict[int, list[ReadResult]] = {}
    places: list[tuple[int, str]] = []  # of each resource: the part's place, and how it is called
    for number in numbers:
        try:
            lines = list(_resources(parts[number]))
        except (InputError, OSError):
            continue  # reading it alone says what is wrong
        found[number] = []
        for where, value, size in lines:
            export.add(len(places), value, size)
            places.append((number, where))
    for number in bundles:
        try:
            (line,) = json_lines(iter([_content(parts[number])]))
        except (InputError, OSError, ValueError):
            continue
        if isinstance(line.value, dict):
            export.add_whole(len(places), line.value)
            places.append((number, parts[number].name))
    for joint in export.encounters():
        number, where = places[joint.number]
        result = read_by(encounter_from_fhir, joint.outcome, where)
        if joint.claims and isinstance(result.outcome, InputError):
            number, where = places[joint.claims[0]]  # the Bundle is read without its claim
            result = read_by(encounter_from_fhir, result.outcome, where)
        found.setdefault(number, []).append(result)
    strange = defaultdict(list)
    for place, error in export.strangers():
        number, where = places[place]
        strange[number].append(failed(parts[number].name, error))
    for number, told in strange.items():
        if not found[number]:
            found[number] = told[:1]
    return found


def _resources(part: Part) -> Iterator[tuple[str, dict[str, Any], int]]:
    """The resources of a file that are parts of encounters.

    Raises InputError for a file that is to be read alone: one that is damaged or holds something
    else too, and a single document that names no encounter.
    """
    with part.opened() as file:
        if part.of_lines:
            lines = json_lines(byte_lines(file))
        else:
            lines = json_lines(iter([joined(byte_lines(file), MAX_ENCOUNTER_BYTES)]))
        for line in lines:
            value = line.value
            if not Export.takes(value):
                raise ShapeError("this file is read alone")
            if part.of_lines:
                yield f"{part.name}:{line.number}", value, line.size
            elif value["resourceType"] in KINDS and not names_encounter(value):
                raise ShapeError("this document is read alone")
            else:
                yield part.name, value, line.size


def _content(part: Part) -> bytes:
    with part.opened() as stream:
        return joined(byte_lines(stream), MAX_ENCOUNTER_BYTES)
