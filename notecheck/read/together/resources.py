"""Files of FHIR resources, a type or a resource in each, and Bundles -> their encounters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from notecheck.errors import InputError, ShapeError
from notecheck.models import Encounter
from notecheck.read.dates import told_day
from notecheck.read.fhir.bundle import collection
from notecheck.read.fhir.documents import KINDS
from notecheck.read.fhir.encounter import encounter_from_fhir
from notecheck.read.fhir.export import (
    CLAIMS,
    Export,
    JoinedEncounter,
    names_encounter,
    resources_in,
)
from notecheck.read.json_lines import json_lines
from notecheck.read.lines import byte_lines
from notecheck.read.remarks import distinct, unreadable
from notecheck.read.result import ReadResult, failed, read_by
from notecheck.read.together.parts import Part

_Place = tuple[int, str]  # the part's place, and how the resource is called


def of_resources(
    parts: Sequence[Part], numbers: Sequence[int], bundles: Sequence[int], *, alone: bool
) -> dict[int, list[ReadResult]]:
    """By the place of the part that has its first document, each encounter.

    `numbers` are the parts of lone resources, `bundles` those of whole Bundles; of these there are
    only those that something was put together with, unless those that stand `alone` are wanted.
    """
    read = _Resources(parts)
    for number in numbers:
        read.add_lone(number)
    for number in bundles:
        read.add_bundle(number)
    for joint in read.export.encounters(alone=alone):
        read.tell(joint, bundles)
    read.tell_strangers()
    return read.found


class _Resources:
    """The resources of all parts, and by part what was `found` of them."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.export = Export()
        self.found: dict[int, list[ReadResult]] = {}
        self._parts = parts
        self._places: list[_Place] = []
        self._values: list[dict[str, Any]] = []

    def add_lone(self, number: int) -> None:
        try:
            lines = list(lone_resources(self._parts[number]))
        except (InputError, OSError):
            return  # reading it alone says what is wrong
        self.found[number] = []
        for where, value, size in lines:
            self.export.add(len(self._places), value, size)
            self._places.append((number, where))
            self._values.append(value)

    def add_bundle(self, number: int) -> None:
        try:
            value = whole_bundle(self._parts[number])
        except (InputError, OSError):
            return
        self.export.add_whole(len(self._places), value)
        self._places.append((number, self._parts[number].name))
        self._values.append(value)

    def tell(self, joint: JoinedEncounter, bundles: Sequence[int]) -> None:
        """One encounter, at the part of its first document; each line that it lost, at its own."""
        number, where = self._places[joint.number]
        result, lost = _read(joint, where, self._places, self._values)
        lone = [line for line in joint.lines if self._places[line][0] not in bundles]
        if isinstance(result.outcome, InputError) and joint.whole:
            lost = dict.fromkeys(lone[:1], result.outcome)  # the Bundles are read alone
        else:
            self.found.setdefault(number, []).append(self._whole(joint, result, lost))
            for line in joint.lines:
                self.found.setdefault(self._places[line][0], [])
        for line, error in lost.items():
            place, name = self._places[line]
            self.found.setdefault(place, []).append(failed(name, error))

    def _whole(
        self, joint: JoinedEncounter, result: ReadResult, lost: Container[int]
    ) -> ReadResult:
        brought = {self._places[line][0] for line in joint.lines if line not in lost}
        names = tuple(self._parts[n].name for n in sorted(brought))
        return replace(
            result,
            files=names if len(names) > 1 else (),
            numbers=frozenset(_numbers(result.outcome, joint.outcome)),
            born=frozenset(_born(joint.outcome)),
        )

    def tell_strangers(self) -> None:
        """What is of no encounter, once a part, and only of parts that brought nothing."""
        strange = defaultdict(list)
        for place, error in self.export.strangers():
            number, _ = self._places[place]
            strange[number].append(failed(self._parts[number].name, error))
        for number, told in strange.items():
            if not self.found[number]:
                self.found[number] = told[:1]


def lone_resources(part: Part) -> Iterator[tuple[str, dict[str, Any], int]]:
    """The resources of a file that are parts of encounters: name, resource, bytes.

    Raises InputError for a file that is to be read alone: one that is damaged or holds something
    else too, and a single document that names no encounter. OSError.
    """
    with part.opened() as file:
        lines = (
            json_lines(byte_lines(file)) if part.of_lines else json_lines(iter([part.content()]))
        )
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


def whole_bundle(part: Part) -> dict[str, Any]:
    """The Bundle that a file holds. Raises InputError where it holds none, OSError."""
    for line in json_lines(iter([part.content()])):
        if isinstance(line.value, dict):
            return line.value
    raise ShapeError("this file is read alone")


def _read(
    joint: JoinedEncounter, where: str, places: Sequence[_Place], values: Sequence[dict[str, Any]]
) -> tuple[ReadResult, Mapping[int, InputError]]:
    """The encounter, and the line that it had to be read without, with its fault."""
    result = read_by(encounter_from_fhir, joint.outcome, where)
    if isinstance(result.outcome, Encounter) or not joint.whole:
        return result, {}
    # What cannot be read keeps the rest not back: claims are the likeliest, and come first.
    for line in sorted(joint.lines, key=lambda n: values[n]["resourceType"] not in CLAIMS):
        rest = [values[other] for other in joint.lines if other != line]
        again = read_by(encounter_from_fhir, _together(rest), where)
        if isinstance(again.outcome, Encounter):
            told = unreadable(places[line][1], result.outcome.message)
            reading = distinct((*again.outcome.reading, told))
            outcome = again.outcome.model_copy(update={"reading": reading})
            return replace(again, outcome=outcome), {line: result.outcome}
    return result, {}


def _together(resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if len(resources) == 1:
        return resources[0]
    entries = [{"resource": one} for one in resources]
    return collection(entries)


def _numbers(
    outcome: Encounter | InputError, resource: dict[str, Any] | InputError
) -> Iterator[str]:
    """What the encounter is known by: the hospital's numbers, its id on the server."""
    if isinstance(outcome, Encounter):
        yield outcome.encounter_id
    for one in resources_in(resource) if isinstance(resource, dict) else ():
        if one.get("resourceType") == "Encounter":
            yield from numbers_of_encounter(one)


def numbers_of_encounter(resource: Mapping[str, Any]) -> Iterator[str]:
    """The numbers of a FHIR Encounter: those that the hospital gave it, and its id."""
    given = resource.get("identifier")
    for one in given if isinstance(given, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("value"), str):
            yield one["value"]
    if isinstance(resource.get("id"), str):
        yield resource["id"]


def _born(resource: dict[str, Any] | InputError) -> Iterator[Any]:
    for one in resources_in(resource) if isinstance(resource, dict) else ():
        if one.get("resourceType") == "Patient" and isinstance(one.get("birthDate"), str):
            day = told_day(one["birthDate"])
            if day:
                yield day
