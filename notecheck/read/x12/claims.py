"""The claims of an X12 837P or 837I file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from notecheck.errors import ClaimFileError, InputError
from notecheck.models import Claim
from notecheck.read.coded import payer
from notecheck.read.dates import told_day
from notecheck.read.text import shown_id
from notecheck.read.x12.claim_segments import ClaimSegments
from notecheck.read.x12.interchange import segments

Form = Literal["professional", "institutional"]

# The implementation guides, as GS08 names them, for versions 4010 and 5010.
_FORMS: dict[str, Form] = {
    "X098": "professional", "X222": "professional",
    "X096": "institutional", "X223": "institutional",
}  # fmt: skip
_SUBSCRIBER, _PAYER = "22", "PR"


@dataclass(frozen=True, slots=True)
class X12Claim:
    """One claim of a file; `number` counts the file's claims from 1.

    `control_numbers` holds the patient control number (CLM01) first and then the others that a
    note may be filed under: clearing house, payer and medical record number (REF D9, F8, EA).
    `outcome` is the claim, or what is wrong with it; `born` is when the patient was.
    """

    number: int
    control_numbers: tuple[str, ...]
    outcome: Claim | InputError
    born: dt.date | None = None

    @property
    def name(self) -> str:
        """How the claim is named to people: its place and its number, never the patient."""
        return f"claim {self.number} (control number {shown_id(self.control_numbers[0])})"


def parse_claims(data: bytes) -> list[X12Claim]:
    """All claims of an 837 file, in its order. A claim that is wrong never stops the others.

    Raises InputError when the file is no 837P or 837I, is cut off or damaged, or has no claim.
    """
    found = [
        _claim(number, claim) for number, claim in enumerate(_Transactions().claims(data), start=1)
    ]
    if not found:
        raise ClaimFileError("the X12 file holds no claim (CLM)")
    return found


def _claim(number: int, read: ClaimSegments) -> X12Claim:
    try:
        outcome: Claim | InputError = read.claim()
    except InputError as error:
        outcome = error
    return X12Claim(number, read.control_numbers, outcome, read.born)


class _Transactions:
    """Follows the file to its claims, and what stands above each: form and payer."""

    def __init__(self) -> None:
        self._form: Form = "professional"
        self._filing_indicator: str | None = None
        self._payer_name: str | None = None
        self._born: dt.date | None = None
        self._current: ClaimSegments | None = None

    def claims(self, data: bytes) -> Iterator[ClaimSegments]:
        for segment in segments(data):
            name = segment.get_seg_id()
            if name in ("CLM", "HL", "SE") and self._current:
                yield self._current
                self._current = None
            if name == "CLM":
                named = payer(self._filing_indicator, self._payer_name)
                self._current = ClaimSegments(self._form, named, segment, self._born)
            elif self._current:
                self._current.add(segment)
            else:
                self._above(name, segment)

    def _above(self, name: str, segment: Any) -> None:
        if name == "GS":
            self._form = _form(segment.get_value("GS08") or "")
        elif name == "ST" and segment.get_value("ST01") != "837":
            raise ClaimFileError("the X12 file is no claim file: its transactions must be 837")
        elif name == "HL" and segment.get_value("HL03") == _SUBSCRIBER:
            self._filing_indicator = self._payer_name = self._born = None
        elif name == "DMG":  # of the subscriber, and behind it of a patient who is another
            self._born = told_day(segment.get_value("DMG02") or "")
        elif name == "SBR":
            self._filing_indicator = segment.get_value("SBR09") or None
        elif name == "NM1" and segment.get_value("NM101") == _PAYER:
            self._payer_name = segment.get_value("NM103") or None


def _form(guide: str) -> Form:
    for name, form in _FORMS.items():
        if name in guide:
            return form
    raise ClaimFileError(
        "the X12 file follows a guide (GS08) that is not read: give an 837P (005010X222) or an "
        "837I (005010X223)"
    )
