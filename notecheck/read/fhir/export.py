"""FHIR resources of any types, one a line (bulk export) -> a Bundle for each encounter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

from notecheck.errors import FhirError, InputError, TooLargeError
from notecheck.read.fhir.documents import KINDS
from notecheck.read.limits import megabytes

_WHOLE = frozenset({"Bundle", "Parameters"})  # what is an encounter by itself
_CLAIMS = frozenset({"Claim", "ExplanationOfBenefit"})
_REFERENCE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([^/]+)(?:/_history/[^/]+)?$")
_NEST = 3  # references that are followed from a document: to its Binary, its author's practice
_MOST = 200_000_000  # bytes of one file's resources, which are held until all are known

_Key = tuple[str, str]  # type and id
_Resource = Mapping[str, Any]


class _Line(NamedTuple):
    number: int
    resource: _Resource
    refers: frozenset[_Key]

    @property
    def kind(self) -> str:
        return str(self.resource["resourceType"])

    @property
    def own(self) -> _Key:
        return _key(self.resource)

    def of(self, kind: str) -> list[_Key]:
        """What of `kind` it names, or is."""
        named = {key for key in self.refers if key[0] == kind}
        return sorted(named | ({self.own} if self.kind == kind else set()))


class JoinedEncounter(NamedTuple):
    """The line of the first document, and the Bundle of all that belongs to its encounter.

    `claims` are the lines of the claims that were added to a whole Bundle.
    """

    number: int
    outcome: dict[str, Any] | InputError
    claims: tuple[int, ...] = ()


class Export:
    """The resources of one file; they may stand in any order."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._wholes: list[_Line] = []
        self._size = 0

    @staticmethod
    def takes(value: object) -> TypeGuard[dict[str, Any]]:
        """Whether `value` is a resource that is part of an encounter, and not a whole one."""
        kind = value.get("resourceType") if isinstance(value, dict) else None
        return isinstance(kind, str) and kind not in _WHOLE

    def add(self, number: int, resource: dict[str, Any], size: int) -> None:
        """Takes the resource of line `number`, of `size` bytes.

        Raises InputError when all together have become too many.
        """
        self._size += size
        if self._size > _MOST:
            raise TooLargeError(
                f"the FHIR resources of this file have more than {megabytes(_MOST)} together: "
                "split it by patients"
            )
        self._lines.append(_Line(number, resource, frozenset(_named(resource))))

    def add_whole(self, number: int, bundle: dict[str, Any]) -> None:
        """Takes a Bundle that is an encounter by itself, and may lack its claim."""
        own = {_key(one) for one in _entries(bundle)}
        if any(kind in KINDS for kind, _ in own):
            self._wholes.append(_Line(number, bundle, frozenset({*_named(bundle), *own})))

    def encounters(self) -> Iterator[JoinedEncounter]:
        """An encounter for each that documents name, in the order of its first document.

        Documents and claims that name no encounter belong to the only one of their patient. A
        claim without any document goes to the whole Bundle of its encounter, else it is an
        InputError; what no document needs is passed over. Of the whole Bundles those come out
        that a claim went to.
        """
        groups = self._groups()
        by_key = {line.own: line for line in self._lines}
        found = []
        added: dict[int, list[_Line]] = {}
        for group in groups:
            firsts = [line.number for line in group if line.kind in KINDS]
            if firsts:
                found.append(JoinedEncounter(firsts[0], _bundle(group, by_key)))
                continue
            for line in group:
                whole = self._whole_of(line) if line.kind in _CLAIMS else None
                if whole:
                    added.setdefault(whole.number, []).append(line)
                elif line.kind in _CLAIMS:
                    found.append(JoinedEncounter(line.number, _no_document(line.kind)))
        found += [
            JoinedEncounter(
                whole.number,
                _with_claims(whole, added[whole.number], by_key),
                tuple(claim.number for claim in added[whole.number]),
            )
            for whole in self._wholes
            if whole.number in added
        ]
        if not found and self._lines and not self._wholes:
            first = self._lines[0]
            found.append(JoinedEncounter(first.number, _no_document(first.kind)))
        yield from sorted(found, key=lambda one: one.number)

    def strangers(self) -> Iterator[tuple[int, InputError]]:
        """The lines of patients and encounters of which there is no document."""
        told = [line for group in self._groups() if _has_document(group) for line in group]
        known = {key for line in (*told, *self._wholes) for key in _owners(line)}
        claims = [line for line in self._lines if line.kind in _CLAIMS]
        used = {key for line in (*told, *claims) for key in line.refers}
        for line in self._lines:
            owners = _owners(line) if line.kind != "Patient" else set()
            if owners and not owners & known and line.own not in used:
                yield line.number, _no_document(line.kind)

    def _whole_of(self, claim: _Line) -> _Line | None:
        """The one Bundle that has the claim's encounter, or, where it names none, its patient."""
        keys = claim.of("Encounter") or claim.of("Patient")
        fits = [whole for whole in self._wholes if whole.refers.intersection(keys)]
        return fits[0] if len(fits) == 1 else None

    def _groups(self) -> list[list[_Line]]:
        visits: dict[_Key, list[_Line]] = {}
        without: list[_Line] = []
        for line in self._lines:
            named = line.of("Encounter")
            for key in named:
                visits.setdefault(key, []).append(line)
            if not named and (line.kind in KINDS or line.kind in _CLAIMS):
                without.append(line)
        told = {key: group for key, group in visits.items() if _has_document(group)}
        of_patient: dict[_Key, list[_Key]] = {}
        for key, group in told.items():
            for patient in {patient for line in group for patient in line.of("Patient")}:
                of_patient.setdefault(patient, []).append(key)
        alone: dict[object, list[_Line]] = {}
        for line in without:
            patients = line.of("Patient")
            visit = of_patient.get(patients[0], []) if len(patients) == 1 else []
            if len(visit) == 1:
                told[visit[0]].append(line)
            else:
                alone.setdefault(patients[0] if patients else line.number, []).append(line)
        unused = [group for key, group in visits.items() if key not in told]
        return [*told.values(), *alone.values(), *unused]


def _entries(bundle: _Resource) -> Iterator[_Resource]:
    """The resources of a Bundle's entries."""
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else ():
        held = entry.get("resource") if isinstance(entry, Mapping) else None
        if isinstance(held, Mapping):
            yield held


def _key(resource: _Resource) -> _Key:
    return str(resource.get("resourceType")), str(resource.get("id"))


def names_encounter(resource: _Resource) -> bool:
    """Whether a resource names an Encounter."""
    return any(kind == "Encounter" for kind, _ in _named(resource))


def _owners(line: _Line) -> set[_Key]:
    return {*line.of("Patient"), *line.of("Encounter")}


def _has_document(group: list[_Line]) -> bool:
    return any(line.kind in KINDS for line in group)


def _bundle(group: list[_Line], by_key: Mapping[_Key, _Line]) -> dict[str, Any]:
    """The group's resources and those that they refer to, such as the Binary with the text."""
    held = _with_named(group, by_key)
    entries = [{"resource": held[number].resource} for number in sorted(held)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    own = next((line.resource.get("id") for line in group if line.kind in KINDS), None)
    return bundle if own is None else {**bundle, "id": own}


def _with_claims(whole: _Line, claims: list[_Line], by_key: Mapping[_Key, _Line]) -> dict[str, Any]:
    """The whole Bundle with the claims and what they refer to that it does not have itself."""
    held = _with_named(claims, by_key)
    inside = {_key(one) for one in _entries(whole.resource)}
    more = [held[n].resource for n in sorted(held) if held[n].own not in inside]
    return {**whole.resource, "entry": [*whole.resource["entry"], *({"resource": r} for r in more)]}


def _with_named(group: list[_Line], by_key: Mapping[_Key, _Line]) -> dict[int, _Line]:
    """The lines of the group and those that they refer to, by number."""
    held = {line.number: line for line in group}
    edge = list(group)
    for _ in range(_NEST):
        named = {key for line in edge for key in line.refers if key[0] != "Encounter"}
        edge = [
            line
            for key in named
            if (line := by_key.get(key)) and line.number not in held
            and not line.of("Encounter") and line.kind not in _CLAIMS
        ]  # fmt: skip
        held.update((line.number, line) for line in edge)
    return held


def _no_document(kind: str) -> InputError:
    return FhirError(
        f"this {kind} has no document among the resources of the file: "
        "put the lines of its DocumentReference and Binary beside it"
    )


def _named(value: object) -> Iterator[_Key]:
    """What `value` refers to anywhere within: references, and the addresses of attachments."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in ("reference", "url") and isinstance(inner, str) and len(inner) < 2_000:
                if found := _REFERENCE.search(inner):
                    yield found[1], found[2]
            else:
                yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)
