"""Claim, with the Conditions and Procedures that it names -> Claim."""

from __future__ import annotations

from collections.abc import Iterator

from notecheck.errors import InputError
from notecheck.models import Claim, ClaimLine, ClaimProcedure
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources

_ICD10_PCS = ("icd-10-pcs", "icd10PCS", "2.16.840.1.113883.6.4")
_ICD10_CM = ("icd-10", "2.16.840.1.113883.6.90", "icd10")
_FORMS = {"professional": "professional", "institutional": "institutional"}
_BILL_TYPE = "typeofbill"
_ADMISSION = "admissionperiod"


def claim(resources: Resources) -> Claim | None:
    """The one Claim of `resources` that is not cancelled, or None.

    A diagnosis or procedure told by reference is looked up among `resources`. Raises InputError
    when there are several claims, or when one names what is not there.
    """
    found = [
        node
        for node in resources.of("Claim")
        if node.text("status") not in ("cancelled", "entered-in-error")
    ]
    if not found:
        return None
    if len(found) > 1:
        raise InputError(
            f"`{found[1].path}` is a second Claim: give one claim and its documents at a time"
        )
    return _ClaimReader(found[0], resources).claim()


class _ClaimReader:
    def __init__(self, node: Node, resources: Resources) -> None:
        self._node = node
        self._resources = resources
        self._diagnoses = dict(self._sequenced_diagnoses())

    def claim(self) -> Claim:
        node = self._node
        identifiers = [one.text("value") for one in node.children("identifier")]
        places = [code for item in node.children("item") for code in self._places(item)]
        insurer = node.child("insurer")
        return Claim.model_validate({
            "claim_id": next((name for name in identifiers if name), node.text("id")),
            "payer": self._payer(insurer),
            "form": next((_FORMS[c] for _, c in node.codes("type") if c in _FORMS), None),
            "place_of_service": places[0] if places else None,
            "type_of_bill": self._bill_type(),
            "admission_date": self._admission(),
            "procedures": tuple(self._procedures()),
            "lines": tuple(self._line(item) for item in node.children("item")),
        })  # fmt: skip

    def _line(self, item: Node) -> ClaimLine:
        code = next((code for _, code in item.codes("productOrService")), None)
        if code is None:
            raise item.fault("has no code", "productOrService")
        modifiers = [c for m in item.children("modifier") for c in _concept_codes(m)]
        quantity = item.child("quantity")
        return ClaimLine(
            code=code,
            modifiers=tuple(modifiers),
            units=quantity.number("value") if quantity else None,
            service_date=item.date("servicedDate", "servicedPeriod"),
            diagnoses=tuple(self._pointed(item)),
        )

    def _pointed(self, item: Node) -> Iterator[str]:
        for sequence in item.numbers("diagnosisSequence"):
            if sequence not in self._diagnoses:
                raise item.fault(
                    f"names diagnosis {sequence:g}, which the claim does not have",
                    "diagnosisSequence",
                )
            yield from self._diagnoses[sequence]

    def _sequenced_diagnoses(self) -> Iterator[tuple[float, list[str]]]:
        for diagnosis in self._node.children("diagnosis"):
            sequence = diagnosis.number("sequence")
            if sequence is None:
                raise diagnosis.fault("is missing", "sequence")
            codes = list(diagnosis.codes("diagnosisCodeableConcept"))
            if not codes:
                condition = self._referred(diagnosis, "diagnosisReference")
                codes = list(condition.codes("code")) if condition else []
            yield sequence, _of_system(codes, _ICD10_CM)

    def _procedures(self) -> Iterator[ClaimProcedure]:
        for given in self._node.children("procedure"):
            codes, date = list(given.codes("procedureCodeableConcept")), given.date("date")
            if not codes:
                procedure = self._referred(given, "procedureReference")
                if procedure:
                    codes = list(procedure.codes("code"))
                    date = date or procedure.date("performedDateTime", "performedPeriod")
            for system, code in codes:
                if any(name in system for name in _ICD10_PCS):
                    yield ClaimProcedure(code=code, date=date)

    def _referred(self, node: Node, name: str) -> Node | None:
        reference = node.reference(name)
        if reference is None:
            return None
        found = self._resources.target(reference, self._node)
        if found is None:
            raise node.fault("names a resource that was not supplied: add it", name)
        return found

    def _places(self, item: Node) -> Iterator[str]:
        return (code for _, code in item.codes("locationCodeableConcept"))

    def _bill_type(self) -> str | None:
        for info in self._node.children("supportingInfo"):
            if any(code == _BILL_TYPE for _, code in info.codes("category")):
                told = next((code for _, code in info.codes("code")), None)
                return told or info.text("valueString")
        return None

    def _admission(self) -> object:
        for info in self._node.children("supportingInfo"):
            if any(code == _ADMISSION for _, code in info.codes("category")):
                return info.date("timingPeriod", "timingDate")
        return None

    def _payer(self, insurer: Node | None) -> str | None:
        if insurer is None:
            return None
        organisation = self._resources.target(insurer.text("reference"), self._node)
        return (organisation.text("name") if organisation else None) or insurer.text("display")


def _concept_codes(concept: Node) -> list[str]:
    codes = (coding.text("code") for coding in concept.children("coding"))
    return [code for code in codes if code]


def _of_system(codes: list[tuple[str, str]], systems: tuple[str, ...]) -> list[str]:
    """The codes of one of `systems`; a code that tells no system is taken as one of them."""
    return [code for system, code in codes if not system or any(name in system for name in systems)]
