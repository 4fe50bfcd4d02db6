"""The segments of one claim (loops 2300 and 2400 of an 837) -> Claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Literal

from notecheck.errors import ClaimFileError
from notecheck.models import Claim, ClaimDiagnosis, ClaimLine, ClaimProcedure
from notecheck.read.claim_lines import net_lines
from notecheck.read.coded import icd10_cm

_CONTROL_REFERENCES = ("D9", "F8", "EA")
_KINDS: dict[str, Literal["principal", "secondary"]] = {"ABK": "principal", "ABF": "secondary"}
_ICD9 = frozenset({"BK", "BF", "BR", "BQ"})  # ICD-9-CM diagnoses and procedures
_GROUP = "DR"  # diagnosis-related group
_PROCEDURES = frozenset({"BBR", "BBQ"})  # ICD-10-PCS, principal and other
_SERVICE, _ADMISSION = "472", "435"
_HCPCS = "HC"
_COMPOSITES = range(1, 13)  # an HI segment has up to twelve codes
_MODIFIERS = range(3, 7)  # after qualifier and code
_POINTERS = range(1, 5)

_Stage = Literal["claim", "parties", "line", "line parties"]


class ClaimSegments:
    """Gathers one claim, from its CLM on."""

    def __init__(
        self,
        form: Literal["professional", "institutional"],
        payer: str | None,
        clm: Any,
        born: dt.date | None = None,
    ) -> None:
        self.born = born
        self._form = form
        self._payer = payer
        self._clm = clm
        self._stage: _Stage = "claim"
        self._references: dict[str, str] = {}
        self._codes: list[tuple[str, str, str, str]] = []  # qualifier, code, date, POA
        self._admission = ""
        self._services: list[tuple[Any, str]] = []  # SV1 or SV2, and its date

    @property
    def control_numbers(self) -> tuple[str, ...]:
        """CLM01 first, then the numbers of REF segments that the claim is known by."""
        others = (self._references.get(name, "") for name in _CONTROL_REFERENCES)
        own = self._clm.get_value("CLM01") or ""
        return (own, *(number for number in others if number and number != own))

    def add(self, segment: Any) -> None:
        """The next segment of the claim. Those about providers and other payers are passed over."""
        name = segment.get_seg_id()
        if name == "LX":
            self._stage = "line"
        elif name in ("NM1", "SBR", "SVD"):
            self._stage = "line parties" if self._stage.startswith("line") else "parties"
        elif self._stage == "claim":
            self._add_to_claim(name, segment)
        elif self._stage == "line":
            self._add_to_line(name, segment)

    def claim(self) -> Claim:
        """The claim. Raises InputError for a date, a number or a pointer that cannot be."""
        if any(kind in _ICD9 for kind, *_ in self._codes):
            raise ClaimFileError(
                "the claim is coded in ICD-9-CM (HI with BK, BF or BR), which is not read: send it "
                "in ICD-10"
            )
        diagnoses = [icd10_cm(code) for kind, code, *_ in self._codes if kind in _KINDS]
        place, kind = self._value(self._clm, "CLM05-1"), self._value(self._clm, "CLM05-2")
        frequency = self._value(self._clm, "CLM05-3")
        return Claim(
            claim_id=self._value(self._clm, "CLM01") or None,
            payer=self._payer,
            form=self._form,
            place_of_service=(place or None) if kind == "B" else None,
            type_of_bill=(place + frequency) or None if kind == "A" else None,
            frequency=frequency or None,
            drg=next((code for kind, code, *_ in self._codes if kind == _GROUP), None),
            admission_date=_date(self._admission, "DTP*435"),
            procedures=tuple(
                ClaimProcedure(code=code, date=_date(date, "HI"))
                for kind, code, date, _ in self._codes
                if kind in _PROCEDURES
            ),
            diagnoses=tuple(
                ClaimDiagnosis(code=icd10_cm(code), kind=_KINDS[kind], poa=poa or None)
                for kind, code, _, poa in self._codes
                if kind in _KINDS and self._form == "institutional"
            ),
            lines=net_lines(self._line(sv, date, diagnoses) for sv, date in self._services),
        )

    def _add_to_claim(self, name: str, segment: Any) -> None:
        if name == "REF":
            self._references.setdefault(
                self._value(segment, "REF01"), self._value(segment, "REF02")
            )
        elif name == "DTP" and self._value(segment, "DTP01") == _ADMISSION:
            self._admission = self._value(segment, "DTP03")
        elif name == "HI":
            self._codes += self._coded(segment)

    def _add_to_line(self, name: str, segment: Any) -> None:
        if name in ("SV1", "SV2"):
            self._services.append((segment, ""))
        elif name == "DTP" and self._value(segment, "DTP01") == _SERVICE and self._services:
            self._services[-1] = (self._services[-1][0], self._value(segment, "DTP03"))

    def _coded(self, hi: Any) -> Iterator[tuple[str, str, str, str]]:
        """Qualifier, code, date and present-on-admission indicator of each composite."""
        for number in _COMPOSITES:
            told = [self._value(hi, f"HI{number:02}-{part}") for part in (1, 2, 4, 9)]
            if told[1]:
                kind, code, date, poa = told
                yield kind, code, date, poa

    def _line(self, service: Any, date: str, diagnoses: list[str]) -> ClaimLine:
        sv1 = service.get_seg_id() == "SV1"
        composite = "SV101" if sv1 else "SV202"
        unit, quantity = ("SV103", "SV104") if sv1 else ("SV204", "SV205")
        is_hcpcs = self._value(service, f"{composite}-1") == _HCPCS
        # A facility's line may have a revenue code alone.
        code = self._value(service, f"{composite}-2") if is_hcpcs or sv1 else ""
        code = code or ("" if sv1 else self._value(service, "SV201"))
        if not code:
            raise ClaimFileError("a service line has no procedure code (SV101, SV202)")
        modifiers = [self._value(service, f"{composite}-{part}") for part in _MODIFIERS]
        counted = self._value(service, unit) == "UN"
        return ClaimLine(
            code=code,
            modifiers=tuple(modifier for modifier in modifiers if modifier),
            units=_number(self._value(service, quantity), quantity) if counted else None,
            service_date=_date(date, "DTP*472"),
            place_of_service=(self._value(service, "SV105") or None) if sv1 else None,
            # A facility's lines have no pointers: the diagnoses are those of the whole claim.
            diagnoses=tuple(self._pointed(service, diagnoses) if sv1 else diagnoses),
        )

    def _pointed(self, sv1: Any, diagnoses: list[str]) -> Iterator[str]:
        for number in _POINTERS:
            pointer = self._value(sv1, f"SV107-{number}")
            if not pointer:
                continue
            if not pointer.isdecimal() or not 1 <= int(pointer) <= len(diagnoses):
                raise ClaimFileError(
                    "a service line points to a diagnosis (SV107) that the claim does not have"
                )
            yield diagnoses[int(pointer) - 1]

    @staticmethod
    def _value(segment: Any, place: str) -> str:
        return (segment.get_value(place) or "").strip()


def _date(value: str, place: str) -> dt.date | None:
    """The day of `20260302`, of a time, or the first day of a range; None for none."""
    if not value:
        return None
    try:
        return dt.datetime.strptime(value[:8], "%Y%m%d").date()
    except ValueError:
        raise ClaimFileError(f"{place} is no date, written YYYYMMDD") from None


def _number(value: str, place: str) -> float | None:
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        raise ClaimFileError(f"{place} is no number of units") from None
