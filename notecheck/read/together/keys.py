"""A part -> the numbers by which it may belong to other parts.

Whoever gave a number is left out: the files that share one are then read together, by rules that
know who did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from notecheck.errors import InputError
from notecheck.read.documents.ccda import ccda_identity
from notecheck.read.fhir.documents import KINDS
from notecheck.read.fhir.export import CLAIMS, references, resources_in
from notecheck.read.hl7.files import identities
from notecheck.read.limits import MAX_ENCOUNTER_BYTES
from notecheck.read.together.claims import claims_in
from notecheck.read.together.parts import MOST_TOGETHER, Format, Part, format_of
from notecheck.read.together.resources import lone_resources, numbers_of_encounter, whole_bundle


@dataclass(frozen=True, slots=True)
class Keys:
    """`visits` are numbers of visits, accounts and encounters, `patients` those of patients.

    `of_patient` says that something names no visit: it may go to the patient's only one. `beside`
    says that there are only resources that stand beside documents and claims; `own` are what others
    name them by, and `names` what a file names. `claims` are the control numbers of X12 claims, in
    their order.
    """

    visits: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    of_patient: bool = False
    beside: bool = False
    own: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    claims: tuple[str, ...] = ()


def keys_of(part: Part) -> Keys | None:
    """The keys of a part; None for what is read by itself, and for what cannot be read at all."""
    told = format_of(part)
    if told is None or part.size > (MOST_TOGETHER if part.of_lines else MAX_ENCOUNTER_BYTES):
        return None
    try:
        return _keys(part, told)
    except (InputError, OSError):
        return None  # reading it alone says what is wrong


def _keys(part: Part, told: Format) -> Keys:
    if told == "messages":
        return _of_messages(part)
    if told == "document":
        identity = ccda_identity(part.content())
        return Keys(visits=frozenset(number for number, _ in identity.visits))
    if told == "claims":
        return Keys(claims=tuple(claim.control_numbers[0] for claim in claims_in(part)))
    if told == "bundle":
        return _of_bundle(whole_bundle(part))
    return _of_resources(value for _, value, _ in lone_resources(part))


def _of_messages(part: Part) -> Keys:
    visits: set[str] = set()
    patients: set[str] = set()
    of_patient = False
    for identity in identities(part.content()):
        visits.update(number.number for number in identity.visits)
        patients.update(number.number for number in identity.patients)
        of_patient |= bool(identity.patients) and not identity.visits
    return Keys(frozenset(visits), frozenset(patients), of_patient)


def _of_bundle(bundle: Mapping[str, Any]) -> Keys:
    """A Bundle of one encounter belongs to others by it; what names none by its patient, where it
    has claims alone."""
    inside = list(resources_in(bundle))
    kinds = {one.get("resourceType") for one in inside}
    named = _ids(bundle, "Encounter") | _own(inside, "Encounter")
    visits = set(named) if len(named) == 1 else set()
    for one in inside:
        if one.get("resourceType") == "Encounter" and len(named) < 2:
            visits.update(numbers_of_encounter(one))
    if not kinds.intersection({*KINDS, *CLAIMS}) or len(named) > 1:
        return Keys()
    patients = frozenset(_ids(bundle, "Patient") | _own(inside, "Patient"))
    bills = not kinds.intersection(KINDS) and not visits and bool(patients)
    names = frozenset(f"{kind}/{own}" for kind, own in references(bundle)) if bills else frozenset()
    return Keys(frozenset(visits), patients, bills, names=names)


def _of_resources(resources: Iterable[Mapping[str, Any]]) -> Keys:
    visits: set[str] = set()
    patients: set[str] = set()
    own: set[str] = set()
    names: set[str] = set()
    of_patient, beside = False, True
    for one in resources:
        kind = one.get("resourceType")
        encounters = _ids(one, "Encounter")
        if kind == "Encounter":
            encounters.update(numbers_of_encounter(one))
        visits |= encounters
        patients |= _ids(one, "Patient")
        if kind in KINDS or kind in CLAIMS:
            beside = False
            of_patient |= not encounters
        if one.get("id") is not None:
            own.add(f"{kind}/{one['id']}")
        names.update(f"{kind}/{number}" for kind, number in references(one) if kind != "Encounter")
    beside = beside and not visits
    return Keys(
        frozenset(visits), frozenset(patients), of_patient, beside, frozenset(own), frozenset(names)
    )


def _ids(value: object, kind: str) -> set[str]:
    return {own for named, own in references(value) if named == kind}


def _own(resources: Iterable[Mapping[str, Any]], kind: str) -> set[str]:
    return {
        str(one["id"])
        for one in resources
        if one.get("resourceType") == kind and one.get("id") is not None
    }
