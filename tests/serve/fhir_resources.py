"""FHIR R4 resources to send and to judge answers by, with the shapes of `fhir.resources`."""

from __future__ import annotations

import base64
from typing import Any

from fhir.resources.R4B import get_fhir_model_class

from .encounters import SECRET

NOTE = f"""OPERATION: Re-amputation of the left thigh of {SECRET} through the femur.
INDICATIONS: Osteomyelitis of the left above-knee amputation stump.
DESCRIPTION: The femur was divided with a saw at mid-shaft. The skin was closed in layers.
"""


def valid(resource: dict[str, Any]) -> dict[str, Any]:
    """`resource` itself, when it is right by FHIR R4B."""
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    return resource


def coded(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def document(note: str = NOTE) -> dict[str, Any]:
    return valid(
        {
            "resourceType": "DocumentReference",
            "id": "op",
            "status": "current",
            "type": coded("http://loinc.org", "11504-8"),
            "subject": {"reference": "Patient/p1"},
            "content": [{"attachment": {"data": base64.b64encode(note.encode()).decode()}}],
        }
    )


def claim(code: str = "27596") -> dict[str, Any]:
    return valid(
        {
            "resourceType": "Claim",
            "id": "c1",
            "status": "active",
            "use": "claim",
            "type": coded("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
            "patient": {"reference": "Patient/p1"},
            "created": "2026-03-05",
            "provider": {"display": "A surgeon"},
            "priority": {"coding": [{"code": "normal"}]},
            "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": "Part B"}}],
            "item": [
                {
                    "sequence": 1,
                    "productOrService": coded("http://www.ama-assn.org/go/cpt", code),
                    "modifier": [{"coding": [{"code": "LT"}]}],
                    "servicedDate": "2026-03-02",
                }
            ],
        }
    )


def encounter() -> dict[str, Any]:
    return valid(
        {
            "resourceType": "Encounter",
            "id": "V7",
            "status": "finished",
            "class": {"code": "IMP"},
        }
    )


def bundle(*resources: dict[str, Any], kind: str = "collection") -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [{"resource": resource} for resource in resources],
    }
