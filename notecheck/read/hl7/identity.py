"""Whose a message is: patient and visit, each with the authority that gave the number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from notecheck.read.dates import told_day
from notecheck.read.hl7.envelope import Envelope, Segment

# A null (`""`), zeros and the words that stand for "none" name nobody.
_NOTHING = re.compile(r"\W*|0+|n/?a|none|null|nil|unk(?:nown)?|tbd", re.IGNORECASE)
_PLACES = (("PV1", 19, "visit"), ("PID", 18, "account"), ("PV1", 50, "alternate"))

Kinship = Literal["same", "likely", "other", "contradiction"]


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """An identifier (CX): the number, who assigned it (CX.4) and its type (CX.5), or ""."""

    number: str
    authority: str = ""
    kind: str = ""

    def could_be(self, other: Number) -> bool:
        """Whether both may be of one authority and kind: an untold one may be any."""
        return (
            not self.authority or not other.authority or self.authority == other.authority
        ) and (not self.kind or not other.kind or self.kind == other.kind)

    def __str__(self) -> str:
        return f"{self.number}^^^{self.authority}" if self.authority else self.number


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a message, or a group of them, is.

    `patients` are the patient's numbers (PID-3, else PID-2), `visits` those of the visit: PV1-19,
    PID-18 and PV1-50, whose kind is the field. `facility` is MSH-4, `born` the days in PID-7.
    """

    patients: frozenset[Number] = frozenset()
    visits: frozenset[Number] = frozenset()
    facility: str = ""
    born: frozenset[dt.date] = frozenset()

    def __or__(self, other: Identity) -> Identity:
        return Identity(
            self.patients | other.patients,
            self.visits | other.visits,
            self.facility if self.facility == other.facility else "",
            self.born | other.born,
        )

    def patient(self) -> str | None:
        """The patient's number with its authority, or None."""
        return str(min(self.patients)) if self.patients else None

    def visit(self) -> Number | None:
        """The number that the encounter goes by: the visit's, else the account's."""
        for _, _, kind in _PLACES:
            found = sorted(number for number in self.visits if number.kind == kind)
            if found:
                return found[-1]  # one with its authority, where there is one
        return None


def identity_of(envelope: Envelope) -> Identity:
    """The identity that PID and PV1 tell."""
    pid = envelope.first("PID")
    patients = _numbers(pid, 3) or _numbers(pid, 2)
    visits = frozenset(
        Number(found.number, found.authority, kind)
        for name, field, kind in _PLACES
        for found in _numbers(envelope.first(name), field)
    )
    born = told_day(pid.get(7)) if pid else None
    return Identity(patients, visits, envelope.header.sender[1], frozenset({born} if born else ()))


def kinship(one: Identity, other: Identity) -> Kinship:
    """Whether two are of one visit.

    They are where they share any number of the visit and tell no two patients. The same number of
    two authorities is two numbers, and so is one of no authority that two facilities use for
    patients whose numbers cannot be compared, or that is told with two patients' numbers of one
    kind by two authorities. Two visits' own numbers (PV1-19) are one visit by the account that
    they share where the patient surely is one, or where one side tells none and the account has
    its authority. Where the number is of one authority, or of one facility, and the patients are
    two, they contradict each other. They are likely of one where only such a number speaks for it,
    and the patients' numbers cannot be compared.
    """
    shared = [
        (a, b) for a in one.visits for b in other.visits
        if a.number == b.number and _same_authority(a, b)
    ]  # fmt: skip
    if not shared:
        return "other"
    sure = any(a.authority and a.authority == b.authority for a, b in shared)
    same = same_patient(one, other)
    strange = bool(one.patients and other.patients and not same)  # two, or not to be compared
    if _told_apart(one, other) and (strange or not (same or sure)):
        return "other"
    other_facility = bool(one.facility and other.facility and one.facility != other.facility)
    if _two_patients(one, other):
        return "contradiction" if sure or not other_facility else "other"
    apart = other_facility or _alike_by_two(one, other)
    if not strange or sure:
        return "same"
    return "other" if apart else "likely"


def same_patient(one: Identity, other: Identity) -> bool:
    """Whether both surely name one patient."""
    return any(a.number == b.number and a.could_be(b) for a in one.patients for b in other.patients)


def _two_patients(one: Identity, other: Identity) -> bool:
    """Whether the patients' numbers can be compared, and none is shared."""
    if same_patient(one, other):
        return False
    return any(a.could_be(b) for a in one.patients for b in other.patients)


def _alike_by_two(one: Identity, other: Identity) -> bool:
    """Whether two authorities gave the patients numbers of one kind, or one and the same number."""
    return any(
        a.number == b.number or (a.kind and a.kind == b.kind)
        for a in one.patients for b in other.patients
    )  # fmt: skip


def _told_apart(one: Identity, other: Identity) -> bool:
    """Whether the visits' own numbers (PV1-19) are two of one authority, or one of two."""
    mine = [number for number in one.visits if number.kind == "visit" and number.authority]
    theirs = [number for number in other.visits if number.kind == "visit" and number.authority]
    if any(a.number == b.number and a.authority == b.authority for a in mine for b in theirs):
        return False
    return any(a.authority == b.authority or a.number == b.number for a in mine for b in theirs)


def _same_authority(one: Number, other: Number) -> bool:
    return not one.authority or not other.authority or one.authority == other.authority


def _numbers(segment: Segment | None, field: int) -> frozenset[Number]:
    if segment is None:
        return frozenset()
    found = set()
    for repetition in segment.repeats(field):
        number = segment.component(repetition, 1)
        if _NOTHING.fullmatch(number):
            continue
        authority, kind = segment.component(repetition, 4), segment.component(repetition, 5)
        found.add(
            Number(
                number,
                "" if _NOTHING.fullmatch(authority) else authority.upper(),
                "" if _NOTHING.fullmatch(kind) else kind.upper(),
            )
        )
    return frozenset(found)


def identity_to_json(identity: Identity) -> dict[str, object]:
    """The identity as values that JSON keeps."""
    return {
        "patients": [[n.number, n.authority, n.kind] for n in sorted(identity.patients)],
        "visits": [[n.number, n.authority, n.kind] for n in sorted(identity.visits)],
        "facility": identity.facility,
    }


def identity_from_json(value: Mapping[str, Any]) -> Identity:
    """What `identity_to_json` made."""
    return Identity(
        frozenset(Number(*number) for number in value["patients"]),
        frozenset(Number(*number) for number in value["visits"]),
        value["facility"],
    )
