"""Claims, with the Conditions and Procedures that they name -> Claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from notecheck.errors import InputError
from notecheck.models import Claim, ClaimDiagnosis, ClaimLine, ClaimProcedure, ReadingRemark
from notecheck.read.claim_lines import net_lines
from notecheck.read.fhir.node import Node
from notecheck.read.fhir.resources import Resources
from notecheck.read.remarks import remark, unreadable

_ICD10_PCS = ("icd-10-pcs", "icd10PCS", "2.16.840.1.113883.6.4")
_ICD10_CM = ("icd-10", "2.16.840.1.113883.6.90", "icd10")
_ICD9 = ("icd-9", "2.16.840.1.113883.6.103", "2.16.840.1.113883.6.42")
_PROCEDURE_SYSTEMS = (("cpt", "2.16.840.1.113883.6.12"), ("hcpcs", "2.16.840.1.113883.6.14"))
_HCPCS = re.compile(r"[0-9A-V]\d{3}[0-9A-Z]|[0-9A-Z]{2}")
_KINDS = ("Claim", "ExplanationOfBenefit")
# What a claim is used for: R4's words, and those of STU3.
_ASKING = frozenset({"preauthorization", "predetermination", "proposed", "exploratory"})
_BEFOREHAND = "it asks the payer beforehand (use) and bills nothing"
_REPLACING = frozenset({"prior", "replaces", "replaced"})
_FORMS = {"professional": "professional", "institutional": "institutional"}
_BILL_TYPE = "typeofbill"
_ADMISSION = "admissionperiod"


@dataclass(slots=True)
class Claims:
    """The claims, the professional one first, their nodes, and what of them could not be read."""

    claims: list[Claim] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    remarks: list[ReadingRemark] = field(default_factory=list)


def read_claims(resources: Resources) -> Claims:
    """The Claims of `resources` that are not cancelled, nor replaced by another one here.

    What only asks a payer beforehand is a remark. Where there is none, a payer's account of one
    (ExplanationOfBenefit) tells the same lines. A diagnosis or procedure told by reference is
    looked up among `resources`. Raises InputError when the only claim names what is not there; of
    several it is a remark.
    """
    asking = [node for kind in _KINDS for node in resources.of(kind) if node.text("use") in _ASKING]
    asked = {id(node.value) for node in asking}
    billed = ([n for n in resources.of(kind) if id(n.value) not in asked] for kind in _KINDS)
    given = [
        node
        for node in next(filter(None, billed), [])
        if node.text("status") not in ("cancelled", "entered-in-error")
    ]
    replaced = {id(old.value) for node in given for old in _replaced(node, resources)}
    given = [node for node in given if id(node.value) not in replaced]
    read = Claims(nodes=given)
    read.remarks += [
        remark(
            f"{node.text('resourceType')} {node.text('id') or ''}".strip(), "resource", _BEFOREHAND
        )
        for node in asking
    ]
    for node in given:
        try:
            reader = _ClaimReader(node, resources)
            read.claims.append(reader.claim())
            read.remarks += reader.remarks
        except InputError as error:
            if len(given) == 1:
                raise
            read.remarks.append(unreadable(f"Claim {node.text('id') or ''}".strip(), error.message))
    read.claims.sort(key=lambda found: found.form == "institutional")
    return read


def _replaced(node: Node, resources: Resources) -> Iterator[Node]:
    for relation in node.children("related"):
        if any(code in _REPLACING for _, code in relation.codes("relationship")):
            target = resources.target(relation.reference("claim"), node)
            if target:
                yield target


class _ClaimReader:
    def __init__(self, node: Node, resources: Resources) -> None:
        self._node = node
        self._resources = resources
        self.remarks: list[ReadingRemark] = []
        self._diagnoses = dict(self._sequenced_diagnoses())

    def claim(self) -> Claim:
        node = self._node
        identifiers = [one.text("value") for one in node.children("identifier")]
        places = [code for item in node.children("item") for code in self._places(item)]
        insurer = node.child("insurer")
        return Claim.model_validate({
            "claim_id": next((name for name in identifiers if name), node.text("id")),
            "payer": self._payer(insurer),
            "form": self._form(),
            "place_of_service": places[0] if places else None,
            "type_of_bill": self._bill_type(),
            "frequency": self._frequency(),
            "admission_date": self._admission(),
            "procedures": tuple(self._procedures()),
            "diagnoses": tuple(self._whole_claims()) if self._is_institutional() else (),
            "lines": net_lines(self._line(item) for item in node.children("item")),
        })  # fmt: skip

    def _line(self, item: Node) -> ClaimLine:
        codes = [*item.codes("productOrService"), *item.codes("service")]  # STU3: service
        named = item.child("productOrService") or item.child("service")
        code = _preferred(codes) or (_told_in_words(named) if named else None)
        if code is None:
            raise item.fault("has no code", "productOrService")
        modifiers = [
            told
            for given in item.children("modifier")
            if (told := _preferred(list(given.own_codes())) or _told_in_words(given))
        ]
        quantity = item.child("quantity")
        return ClaimLine(
            code=code,
            modifiers=tuple(modifiers),
            units=quantity.number("value") if quantity else None,
            service_date=item.date("servicedDate", "servicedPeriod"),
            place_of_service=next(self._places(item), None),
            diagnoses=tuple(self._pointed(item)),
        )

    def _pointed(self, item: Node) -> Iterator[str]:
        for sequence in [*item.numbers("diagnosisSequence"), *item.numbers("diagnosisLinkId")]:
            if sequence not in self._diagnoses:
                raise item.fault(
                    f"names diagnosis {sequence:g}, which the claim does not have",
                    "diagnosisSequence",
                )
            yield from self._diagnoses[sequence]

    def _form(self) -> str | None:
        return next((_FORMS[c] for _, c in self._node.codes("type") if c in _FORMS), None)

    def _is_institutional(self) -> bool:
        return self._form() == "institutional"

    def _whole_claims(self) -> Iterator[ClaimDiagnosis]:
        """A facility's diagnoses in their order, the first being the principal one."""
        present = {
            given.number("sequence"): next((code for _, code in given.codes("onAdmission")), None)
            for given in self._node.children("diagnosis")
        }
        for number, sequence in enumerate(sorted(self._diagnoses)):
            for code in self._diagnoses[sequence]:
                yield ClaimDiagnosis(
                    code=code,
                    kind="secondary" if number else "principal",
                    poa=present.get(sequence),
                )

    def _sequenced_diagnoses(self) -> Iterator[tuple[float, list[str]]]:
        for diagnosis in self._node.children("diagnosis"):
            sequence = diagnosis.number("sequence")
            if sequence is None:
                raise diagnosis.fault("is missing", "sequence")
            codes = list(diagnosis.codes("diagnosisCodeableConcept"))
            if not codes:
                condition = self._referred(diagnosis, "diagnosisReference")
                codes = list(condition.codes("code")) if condition else []
            if codes and all(any(name in system for name in _ICD9) for system, _ in codes):
                self.remarks.append(
                    remark("diagnoses", "icd-9", "they are coded in ICD-9-CM, which is not read")
                )
                codes = []
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
        for info in (*self._node.children("supportingInfo"), *self._node.children("information")):
            if any(code == _BILL_TYPE for _, code in info.codes("category")):
                told = next((code for _, code in info.codes("code")), None)
                return told or info.text("valueString")
        return None

    def _frequency(self) -> str | None:
        bill = self._bill_type() or ""
        return bill[-1] if len(bill) in (3, 4) and bill.isdecimal() else None

    def _admission(self) -> object:
        for info in (*self._node.children("supportingInfo"), *self._node.children("information")):
            if any(code == _ADMISSION for _, code in info.codes("category")):
                return info.date("timingPeriod", "timingDate")
        return None

    def _payer(self, insurer: Node | None) -> str | None:
        if insurer is None:
            return None
        organisation = self._resources.target(insurer.text("reference"), self._node)
        return (organisation.text("name") if organisation else None) or insurer.text("display")


def _preferred(codes: list[tuple[str, str]]) -> str | None:
    """The code of a national system, wherever it stands among those of others; else the first."""
    for names in _PROCEDURE_SYSTEMS:
        for system, code in codes:
            if any(name in system.lower() for name in names):
                return code
    national = (code for _, code in codes if _HCPCS.fullmatch(code))
    return next(national, codes[0][1] if codes else None)


def _told_in_words(concept: Node) -> str | None:
    """The code that a concept without codings has as its text."""
    words = concept.text("text") or ""
    return words if _HCPCS.fullmatch(words) else None


def _of_system(codes: list[tuple[str, str]], systems: tuple[str, ...]) -> list[str]:
    """The codes of one of `systems`; a code that tells no system is taken as one of them."""
    return [code for system, code in codes if not system or any(name in system for name in systems)]
