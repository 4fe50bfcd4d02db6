"""The charges of a DFT message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from notecheck.errors import InputError
from notecheck.models import ClaimLine, ClaimProcedure
from notecheck.read.coded import icd10_cm
from notecheck.read.hl7.envelope import Envelope, Segment
from notecheck.read.hl7.values import day

_CHARGES = frozenset({"CG", ""})
_CREDITS = frozenset({"CD", "CR"})
_ICD10_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")


@dataclass(frozen=True, slots=True)
class Hl7Charge:
    """One charge, or the credit that takes an earlier charge of the same code and day back."""

    line: ClaimLine
    transaction_id: str | None = None
    is_credit: bool = False


def charges_of(envelope: Envelope) -> tuple[Hl7Charge, ...]:
    """The charges and credits of FT1 segments; payments and adjustments are passed over.

    Raises InputError for a charge without a code, and for a date or amount that is none.
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
            found.append(ClaimProcedure(code=code, date=day(segment.get(5), "PR1-5")))
    return tuple(found)


def _charge(envelope: Envelope, number: int, ft1: Segment, is_credit: bool) -> Hl7Charge:
    code = ft1.get(25) or ft1.get(7)
    if not code:
        raise InputError("a charge (FT1) has no procedure code (FT1-25)")
    modifiers = (ft1.component(part, 1) for part in ft1.repeats(26))
    diagnoses = [ft1.component(part, 1) for part in ft1.repeats(19)]
    line = ClaimLine(
        code=code,
        modifiers=tuple(modifier for modifier in modifiers if modifier),
        units=_amount(ft1.get(10)),
        service_date=day(ft1.get(4), "FT1-4"),
        diagnoses=tuple(map(icd10_cm, diagnoses or _diagnoses(envelope, number))),
    )
    return Hl7Charge(line, ft1.get(2) or None, is_credit)


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
        if name == "DG1" and segment.get(3):
            yield segment.get(3)


def _amount(value: str) -> float | None:
    if not value:
        return None
    try:
        return abs(float(value))
    except ValueError:
        raise InputError("FT1-10 is no number of units") from None
