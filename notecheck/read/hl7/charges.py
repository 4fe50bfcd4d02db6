"""The charges of a DFT message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.errors import Hl7Error
from notecheck.models import ClaimLine, ClaimProcedure
from notecheck.read.coded import icd10_cm
from notecheck.read.dates import told_day
from notecheck.read.hl7.envelope import Envelope, Segment

_CHARGES = frozenset({"CG", ""})
_CREDITS = frozenset({"CD", "CR"})
_HCPCS = re.compile(r"[0-9A-V]\d{3}[0-9A-Z]")
_LOCAL_KINDS = frozenset({"L", "LOCAL", "CDM"})
_WITH_MODIFIERS = re.compile(r"([0-9A-V]\d{3}[0-9A-Z])((?:[- :][0-9A-Z]{2}){1,4})")
_PAIR = re.compile(r"[0-9A-Z]{2}")
_ICD9 = frozenset({"I9", "I9C", "ICD9", "ICD-9", "I9CM", "ICD9CM", "ICD-9-CM", "09"})
_ICD10_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")


@dataclass(frozen=True, slots=True)
class Hl7Charge:
    """One charge, or the credit that takes an earlier charge of the same code and day back."""

    line: ClaimLine
    transaction_id: str | None = None
    is_credit: bool = False


def charges_of(envelope: Envelope) -> tuple[Hl7Charge, ...]:
    """The charges and credits of FT1 segments; payments and adjustments are passed over.

    A charge of a negative number of units is a credit too. Where a charge has only a number of the
    charge master, the procedure (PR1) in the same place has its code. Raises InputError for a
    charge without a code, and for an amount that is none.
    """
    found = []
    for number, (name, segment) in enumerate(envelope.segments):
        kind = segment.get(6).upper() if name == "FT1" else None
        if kind in _CHARGES or kind in _CREDITS:
            found.append(_charge(envelope, number, segment, kind in _CREDITS))
    return tuple(found)


def procedures_of(envelope: Envelope) -> tuple[ClaimProcedure, ...]:
    """The ICD-10-PCS procedures of PR1 segments."""
    found = []
    for name, segment in envelope.segments:
        code = segment.get(3).replace(".", "") if name == "PR1" else ""
        if _ICD10_PCS.fullmatch(code):
            found.append(ClaimProcedure(code=code, date=told_day(segment.get(5))))
    return tuple(found)


def old_diagnoses(envelope: Envelope) -> bool:
    """Whether any diagnosis is coded in ICD-9-CM, which is not read."""
    named = [s.get(2) or s.get(3, 3) for name, s in envelope.segments if name == "DG1"]
    for name, segment in envelope.segments:
        if name == "FT1":
            named += [segment.component(part, 3) for part in segment.repeats(19)]
    return any(map(_is_old, named))


def _is_old(system: str) -> bool:
    return system.upper() in _ICD9


def _charge(envelope: Envelope, number: int, ft1: Segment, is_credit: bool) -> Hl7Charge:
    code, modifiers = _code(envelope, number, ft1)
    if not code:
        raise Hl7Error("a charge (FT1) has no procedure code (FT1-25)")
    diagnoses = [
        ft1.component(part, 1) for part in ft1.repeats(19) if not _is_old(ft1.component(part, 3))
    ]
    units = _amount(ft1.get(10))
    line = ClaimLine(
        code=code,
        modifiers=modifiers,
        units=abs(units) if units is not None else None,
        service_date=told_day(ft1.get(4)),
        diagnoses=tuple(map(icd10_cm, diagnoses or _diagnoses(envelope, number))),
    )
    return Hl7Charge(line, ft1.get(2) or None, is_credit or (units is not None and units < 0))


def _code(envelope: Envelope, number: int, ft1: Segment) -> tuple[str, tuple[str, ...]]:
    """The charge's code with its modifiers: its own, else that of its procedure (PR1).

    FT1 and PR1 go together as they stand: one behind the other, or the first with the first.
    """
    for field in (25, 7):
        together = _WITH_MODIFIERS.fullmatch(ft1.get(field))
        if together:
            return together[1], tuple(_PAIR.findall(together[2])) + _modifiers(ft1, 26)
        for code, kind in (
            (ft1.get(field), ft1.get(field, 3)),
            (ft1.get(field, 4), ft1.get(field, 6)),
        ):
            if _HCPCS.fullmatch(code) and (field == 25 or kind.upper() not in _LOCAL_KINDS):
                return code, _modifiers(ft1, 26)
    names = [name for name, _ in envelope.segments]
    charges = [n for n, name in enumerate(names) if name == "FT1"]
    procedures = [n for n, name in enumerate(names) if name == "PR1"]
    end = next((n for n in charges if n > number), len(names))
    own = [n for n in procedures if number < n < end]
    if not own or len(own) > 1:
        place = charges.index(number)
        own = procedures[place : place + 1] if len(charges) == len(procedures) else own[:1]
    for found in own:
        pr1 = envelope.segments[found][1]
        for code in (pr1.get(3), pr1.get(3, 4)):
            if _HCPCS.fullmatch(code):
                return code, _modifiers(pr1, 16) or _modifiers(ft1, 26)
    return ft1.get(25) or ft1.get(7), _modifiers(ft1, 26)


def _modifiers(segment: Segment, field: int) -> tuple[str, ...]:
    told = (segment.component(part, 1) for part in segment.repeats(field))
    return tuple(modifier for modifier in told if modifier)


def _diagnoses(envelope: Envelope, number: int) -> list[str]:
    """The diagnoses (DG1) behind this charge, else those of the whole message."""
    own = list(_codes_of_dg1(envelope.segments[number + 1 :], until="FT1"))
    return own or list(_codes_of_dg1(envelope.segments))


def _codes_of_dg1(
    segments: tuple[tuple[str, Segment], ...], until: str | None = None
) -> Iterator[str]:
    for name, segment in segments:
        if name == until:
            return
        system = segment.get(2) or segment.get(3, 3)
        if name == "DG1" and segment.get(3) and not _is_old(system):
            yield segment.get(3)


def _amount(value: str) -> float | None:
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        raise Hl7Error("FT1-10 is no number of units") from None
