"""FHIR resources of any types, one a line (bulk export) -> a Bundle for each encounter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

from notecheck.errors import FhirError, InputError, TooLargeError
from notecheck.read.fhir.bundle import BUNDLE, WHOLE, collection
from notecheck.read.fhir.documents import KINDS
from notecheck.read.limits import megabytes

CLAIMS = frozenset({"Claim", "ExplanationOfBenefit"})
_IDENTIFIED = "Encounter.identifier"
_REFERENCE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/([^/]+)(?:/_history/[^/]+)?$")
_NEST = 3  # references that are followed from a document: to its Binary, its author's practice
_DEEPEST = 5  # Bundles within Bundles
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
        is_one = self.kind == kind and self.resource.get("id") is not None
        return sorted(named | ({self.own} if is_one else set()))


class JoinedEncounter(NamedTuple):
    """The line of the first document, and the Bundle of all that belongs to its encounter.

    `lines` are those that it came in, the first of them too; `whole` says that whole Bundles are
    in it, each of which is an encounter by itself.
    """

    number: int
    outcome: dict[str, Any] | InputError
    lines: tuple[int, ...] = ()
    whole: bool = False


class Export:
    """The resources of one file; they may stand in any order."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._wholes: list[_Line] = []
        self._bills: list[_Line] = []  # Bundles of claims alone
        self._size = 0

    @staticmethod
    def takes(value: object) -> TypeGuard[dict[str, Any]]:
        """Whether `value` is a resource that is part of an encounter, and not a whole one."""
        kind = value.get("resourceType") if isinstance(value, dict) else None
        return isinstance(kind, str) and kind not in WHOLE

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
        self._lines.append(_Line(number, resource, frozenset(references(resource))))

    def add_whole(self, number: int, bundle: dict[str, Any]) -> None:
        """Takes a Bundle: an encounter by itself, that may lack documents or its claim, or a part
        of one, where it has claims alone."""
        kinds = {_key(one)[0] for one in _entries(bundle)}
        own = {_key(one) for one in _entries(bundle) if one.get("id") is not None}
        line = _Line(number, bundle, frozenset({*references(bundle), *own, *_identified(bundle)}))
        if kinds.intersection(KINDS):
            self._wholes.append(line)
        elif kinds & CLAIMS:
            self._bills.append(line)

    def encounters(self, *, alone: bool = False) -> Iterator[JoinedEncounter]:
        """An encounter for each that documents name, in the order of its first document.

        Documents and claims that name no encounter belong to the only one of their patient. A
        claim without any document goes to the whole Bundle of its encounter, else it is an
        InputError; what no document needs is passed over. Of the whole Bundles those come out
        that something was put together with, or those `alone` too.
        """
        groups = self._groups()
        by_key = {line.own: line for line in self._lines}
        found = []
        stays = self._stays()
        added: dict[int, list[_Line]] = {}  # by the place of the stay
        for group in groups:
            firsts = [line.number for line in group if line.kind in KINDS]
            home = _stay_of_group(group, stays) if firsts else None
            if home is not None:
                added.setdefault(home, []).extend(group)
            elif firsts:
                held = _with_named(group, by_key)
                lines = (firsts[0], *(n for n in sorted(held) if n != firsts[0]))
                found.append(JoinedEncounter(firsts[0], _bundle(group, held), lines))
            for line in group if not firsts else ():
                stay = _stay_of(line, stays) if line.kind in CLAIMS else None
                if stay is not None:
                    added.setdefault(stay, []).append(line)
                elif line.kind in CLAIMS:
                    found.append(JoinedEncounter(line.number, _no_document(line.kind)))
        for bill in self._bills:
            stay = _stay_of(bill, stays)
            if stay is not None:
                added.setdefault(stay, []).append(bill)
        for place, wholes in enumerate(stays):
            more = added.get(place, [])
            if more or len(wholes) > 1 or alone:
                held = _with_named(more, by_key)
                brought = [line.number for line in more if line.kind in KINDS]
                first = min([*(whole.number for whole in wholes), *brought])
                numbers = sorted({*held, *(whole.number for whole in wholes)} - {first})
                joint = _with_more(wholes, held)
                found.append(JoinedEncounter(first, joint, (first, *numbers), whole=True))
        if not found and self._lines and not self._wholes:
            only = self._lines[0]
            found.append(JoinedEncounter(only.number, _no_document(only.kind)))
        yield from sorted(found, key=lambda one: one.number)

    def strangers(self) -> Iterator[tuple[int, InputError]]:
        """The lines of patients and encounters of which there is no document."""
        told = [line for group in self._groups() if _has_document(group) for line in group]
        known = {key for line in (*told, *self._wholes) for key in _owners(line)}
        claims = [line for line in self._lines if line.kind in CLAIMS]
        used = {key for line in (*told, *claims) for key in line.refers}
        for line in self._lines:
            owners = _owners(line) if line.kind != "Patient" else set()
            if owners and not owners & known and line.own not in used:
                yield line.number, _no_document(line.kind)

    def _stays(self) -> list[list[_Line]]:
        """The whole Bundles, those of one Encounter and no two patients together."""
        stays: list[list[_Line]] = []
        for whole in self._wholes:
            for stay in stays:
                if all(_of_one_stay(whole, other) for other in stay):
                    stay.append(whole)
                    break
            else:
                stays.append([whole])
        return stays

    def _groups(self) -> list[list[_Line]]:
        visits: dict[_Key, list[_Line]] = {}
        without: list[_Line] = []
        for line in self._lines:
            named = line.of("Encounter")
            for key in named:
                visits.setdefault(key, []).append(line)
            if not named and (line.kind in KINDS or line.kind in CLAIMS):
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


def resources_in(resource: _Resource, depth: int = 0) -> Iterator[_Resource]:
    """A resource, or those in a Bundle and in the Bundles within it."""
    if resource.get("resourceType") != BUNDLE:
        yield resource
    elif depth < _DEEPEST:
        for held in _entries(resource):
            yield from resources_in(held, depth + 1)


def _key(resource: _Resource) -> _Key:
    return str(resource.get("resourceType")), str(resource.get("id"))


def names_encounter(resource: _Resource) -> bool:
    """Whether a resource names an Encounter."""
    return any(kind == "Encounter" for kind, _ in references(resource))


def _owners(line: _Line) -> set[_Key]:
    return {*line.of("Patient"), *line.of("Encounter")}


def _has_document(group: list[_Line]) -> bool:
    return any(line.kind in KINDS for line in group)


def _stay_of(claim: _Line, stays: list[list[_Line]]) -> int | None:
    """The one stay that has the claim's encounter, or, where it names none, its patient."""
    keys = claim.of("Encounter") or claim.of("Patient")
    fits = [n for n, stay in enumerate(stays) if any(w.refers.intersection(keys) for w in stay)]
    return fits[0] if len(fits) == 1 else None


def _stay_of_group(group: list[_Line], stays: list[list[_Line]]) -> int | None:
    """The one stay of the Encounter that lone documents name, and of no other patient."""
    named = {key for line in group for key in line.of("Encounter")}
    fits = [
        n
        for n, stay in enumerate(stays)
        if any(set(whole.of("Encounter")) == named for whole in stay)
        and not any(_of_two_patients(line, whole) for line in group for whole in stay)
    ]
    return fits[0] if len(named) == len(fits) == 1 else None


def _of_one_stay(one: _Line, other: _Line) -> bool:
    """Whether two whole Bundles name the same single Encounter, and no two patients."""
    mine, theirs = one.of("Encounter"), other.of("Encounter")
    if len(mine) > 1 or len(theirs) > 1 or _of_two_patients(one, other):
        return False
    known = set(one.of(_IDENTIFIED)) & set(other.of(_IDENTIFIED))
    return bool(known) or (mine == theirs and bool(mine))


def _of_two_patients(one: _Line, other: _Line) -> bool:
    mine, theirs = set(one.of("Patient")), set(other.of("Patient"))
    return bool(mine and theirs) and not mine & theirs


def _identified(bundle: _Resource) -> Iterator[_Key]:
    """The numbers that the hospital knows a Bundle's Encounters by, with who gave them."""
    for resource in _entries(bundle):
        given = resource.get("identifier")
        for one in given if resource.get("resourceType") == "Encounter" and given else ():
            if isinstance(one, Mapping) and one.get("value"):
                yield _IDENTIFIED, f"{one.get('system') or ''}|{one['value']}"


def _bundle(group: list[_Line], held: Mapping[int, _Line]) -> dict[str, Any]:
    """The group's resources and those that they refer to, such as the Binary with the text."""
    entries = [{"resource": held[number].resource} for number in sorted(held)]
    bundle = collection(entries)
    own = next((line.resource.get("id") for line in group if line.kind in KINDS), None)
    return bundle if own is None else {**bundle, "id": own}


def _with_more(wholes: list[_Line], held: Mapping[int, _Line]) -> dict[str, Any]:
    """The whole Bundles with the resources `held` that they do not have themselves."""
    inside = {_key(one) for whole in wholes for one in _entries(whole.resource)}
    more = [held[n].resource for n in sorted(held) if held[n].own not in inside]
    if len(wholes) == 1:
        only = wholes[0].resource
        return {**only, "entry": [*only["entry"], *({"resource": r} for r in more)]}
    # Each as it is, with its own addresses and history.
    entries = [{"resource": one} for one in (*_without_repeats(wholes), *more)]
    own = next((w.resource["id"] for w in wholes if w.resource.get("id")), None)
    joint = collection(entries)
    return joint if own is None else {**joint, "id": own}


def _without_repeats(wholes: list[_Line]) -> Iterator[_Resource]:
    """The Bundles, each without the documents and claims that an earlier one has as they are."""
    seen: list[_Resource] = []
    for whole in wholes:
        entries = whole.resource["entry"]
        kept = [
            entry for entry in entries
            if not isinstance(entry, Mapping) or entry.get("resource") not in seen
        ]  # fmt: skip
        seen += [
            one for one in _entries(whole.resource) if one.get("resourceType") in {*KINDS, *CLAIMS}
        ]
        yield {**whole.resource, "entry": kept}


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
            and not line.of("Encounter") and line.kind not in CLAIMS
        ]  # fmt: skip
        held.update((line.number, line) for line in edge)
    return held


def _no_document(kind: str) -> InputError:
    return FhirError(
        f"this {kind} has no document among the resources of the file: "
        "put the lines of its DocumentReference and Binary beside it"
    )


def references(value: object) -> Iterator[_Key]:
    """What `value` refers to anywhere within: references, and the addresses of attachments."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in ("reference", "url") and isinstance(inner, str) and len(inner) < 2_000:
                if found := _REFERENCE.search(inner):
                    yield found[1], found[2]
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)
