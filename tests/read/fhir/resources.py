"""FHIR R4 resources for tests, each checked against the published shapes by `fhir.resources`."""

from __future__ import annotations

import base64
from typing import Any

from fhir.resources.R4B import get_fhir_model_class

NOTE = "OPERATION: Re-amputation of the left thigh.\nThe femur was cut with a saw at mid-shaft.\n"


def valid(resource: dict[str, Any]) -> dict[str, Any]:
    """`resource` itself, when it is right by FHIR R4B."""
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return resource


def coded(system: str, code: str, **more: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, **more}]}


def document_reference(
    doc_id: str = "op", data: bytes = NOTE.encode(), loinc: str = "11504-8", **more: Any
) -> dict[str, Any]:
    return valid({
        "resourceType": "DocumentReference",
        "id": doc_id,
        "status": "current",
        "type": coded("http://loinc.org", loinc),
        "context": {
            "encounter": [{"reference": "Encounter/V100"}],
            "period": {"start": "2026-03-02T08:00:00Z"},
        },
        "content": [{"attachment": {"data": base64.b64encode(data).decode()}}],
        **more,
    })  # fmt: skip


def composition(**more: Any) -> dict[str, Any]:
    def section(title: str, div: str) -> dict[str, Any]:
        return {
            "title": title,
            "text": {
                "status": "additional",
                "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{div}</div>',
            },
        }

    return valid({
        "resourceType": "Composition",
        "id": "comp",
        "status": "final",
        "type": coded("http://loinc.org", "34117-2"),
        "date": "2026-03-01T10:00:00Z",
        "author": [{"display": "A surgeon"}],
        "title": "History and physical",
        "section": [
            section("Indications:", "<p>Infected <b>left</b> stump.</p><p>Failed care.</p>"),
            {**section("Plan:", "Admit as<br/>an inpatient."), "section": [
                section("Orders:", "Nil by mouth")
            ]},
        ],
        **more,
    })  # fmt: skip


def claim(**more: Any) -> dict[str, Any]:
    claim_type = "http://terminology.hl7.org/CodeSystem/claim-type"
    info_type = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType"
    return valid({
        "resourceType": "Claim",
        "id": "claim-1",
        "identifier": [{"value": "C100"}],
        "status": "active",
        "use": "claim",
        "type": coded(claim_type, "professional"),
        "patient": {"reference": "Patient/1"},
        "created": "2026-03-05",
        "provider": {"display": "A surgeon"},
        "insurer": {"display": "Medicare"},
        "priority": {"coding": [{"code": "normal"}]},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": "Part B"}}],
        "supportingInfo": [
            {"sequence": 1, "category": coded(info_type, "typeofbill"),
             "code": {"coding": [{"code": "111"}]}},
            {"sequence": 2, "category": coded(info_type, "admissionperiod"),
             "timingPeriod": {"start": "2026-03-01"}},
        ],
        "diagnosis": [
            {"sequence": 1, "diagnosisCodeableConcept":
                coded("http://hl7.org/fhir/sid/icd-10-cm", "T87.44")},
            {"sequence": 2, "diagnosisReference": {"reference": "Condition/osteo"}},
        ],
        "procedure": [{"sequence": 1, "procedureReference": {"reference": "Procedure/p"}}],
        "item": [{
            "sequence": 1,
            "productOrService": coded("http://www.ama-assn.org/go/cpt", "27596"),
            "modifier": [{"coding": [{"code": "LT"}]}, {"coding": [{"code": "58"}]}],
            "servicedDate": "2026-03-02",
            "quantity": {"value": 1},
            "locationCodeableConcept": {"coding": [{"code": "21"}]},
            "diagnosisSequence": [2, 1],
        }],
        **more,
    })  # fmt: skip


def condition() -> dict[str, Any]:
    return valid({
        "resourceType": "Condition",
        "id": "osteo",
        "subject": {"reference": "Patient/1"},
        "code": {"coding": [
            {"system": "http://snomed.info/sct", "code": "60168000"},
            {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M86.652"},
        ]},
    })  # fmt: skip


def procedure() -> dict[str, Any]:
    return valid({
        "resourceType": "Procedure",
        "id": "p",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
        "code": coded("http://www.cms.gov/Medicare/Coding/ICD10", "0Y6D0Z2")
        | {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-pcs", "code": "0Y6D0Z2"}]},
        "performedDateTime": "2026-03-02",
    })  # fmt: skip


def bundle(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return valid({
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": resource} for resource in resources],
        **more,
    })  # fmt: skip
