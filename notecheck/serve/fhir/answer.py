"""A FHIR resource -> its check, answered as FHIR Parameters."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from notecheck.checker import check
from notecheck.errors import InputError
from notecheck.log.decision import decision_draft
from notecheck.models import Report, RequirementResult
from notecheck.read.fhir import encounter_from_fhir, fhir_json, is_fhir_xml
from notecheck.read.json_text import parse_json
from notecheck.read.text import decode
from notecheck.serve.fhir.outcome import SEVERITIES, outcome
from notecheck.serve.job import FHIR, Answer, Job, checked

_MODULE = "urn:notecheck:27596"


def answer_fhir(job: Job) -> Answer:
    """The answer to a Bundle, DocumentReference or Composition. Raises InputError."""
    resource = fhir_resource(job.body)
    encounter = encounter_from_fhir(resource)
    code = _code(resource) or job.code
    report = check(encounter, code)
    draft = decision_draft(encounter, report, asked=code, keep_input=job.keep_input)
    body = json.dumps(
        _parameters(resource, job.shown(report), draft.ref), ensure_ascii=False
    ).encode()
    return Answer(200, FHIR, body, draft, checked(job, encounter, report))


def _code(resource: Mapping[str, Any]) -> str | None:
    """The code that Parameters ask for, if they name one."""
    if resource.get("resourceType") != "Parameters":
        return None
    for parameter in resource.get("parameter") or ():
        if isinstance(parameter, dict) and parameter.get("name") == "code":
            told = parameter.get("valueCode") or parameter.get("valueString")
            if not isinstance(told, str):
                raise InputError("the parameter `code` has no `valueCode`")
            return told
    return None


def fhir_resource(body: bytes) -> dict[str, Any]:
    """The JSON object of a FHIR resource in JSON or XML. Raises InputError."""
    if is_fhir_xml(body[:4096]):
        return fhir_json(body)
    value = parse_json(decode(body))
    if not isinstance(value, dict):
        raise InputError("a FHIR resource is a JSON object with a `resourceType`")
    return value


def _parameters(resource: Mapping[str, Any], report: Report, ref: str) -> dict[str, Any]:
    """The outcome, the guidance, an issue for each requirement not met, and our own report."""
    bundled = _Bundled(resource)
    issues = [
        {"name": "issue", "resource": _detected_issue(result, bundled)}
        for result in report.requirements
        if result.status in SEVERITIES
    ]
    return {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "outcome", "resource": outcome(report)},
            {"name": "verdict", "valueCode": report.release.verdict},
            {"name": "decision", "valueCode": report.decision},
            {"name": "guidance", "resource": _guidance(report, ref, bundled)},
            *issues,
            {"name": "report", "resource": _binary(report)},
        ],
    }


class _Bundled:
    """What of the given resources the answer refers to."""

    def __init__(self, resource: Mapping[str, Any]) -> None:
        if resource.get("resourceType") == "Parameters":
            held = [p.get("resource") for p in _listed(resource.get("parameter"))]
            resource = next((found for found in held if isinstance(found, Mapping)), resource)
        entries = resource.get("entry") if resource.get("resourceType") == "Bundle" else None
        given = [entry.get("resource") for entry in _listed(entries)] or [resource]
        self._given = [found for found in given if isinstance(found, Mapping)]

    def reference(self, *kinds: str, own_id: str | None = None) -> dict[str, str] | None:
        """A reference to the first resource of these kinds (with this id), if there is one."""
        for found in self._given:
            name = found.get("id")
            if found.get("resourceType") in kinds and name and own_id in (None, name):
                return {"reference": f"{found['resourceType']}/{name}"}
        return None

    def subject(self) -> dict[str, str] | None:
        """The patient that the documents are about."""
        for found in self._given:
            subject = found.get("subject")
            if isinstance(subject, Mapping) and isinstance(subject.get("reference"), str):
                return {"reference": subject["reference"]}
        return self.reference("Patient")


def _listed(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a list; one alone stands for a list of one, as the readers take it."""
    several = value if isinstance(value, list) else [value]
    return [one for one in several if isinstance(one, Mapping)]


def _guidance(report: Report, ref: str, bundled: _Bundled) -> dict[str, Any]:
    """`requestIdentifier` is the decision's id in the audit log."""
    return _without_none(
        {
            "resourceType": "GuidanceResponse",
            "requestIdentifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{ref}"},
            "moduleUri": _MODULE,
            "status": "success",
            "subject": bundled.subject(),
            "encounter": bundled.reference("Encounter"),
            "note": [{"text": f"Decision: {report.decision}. Score: {report.score:g} of 100."}],
        }
    )


def _detected_issue(result: RequirementResult, bundled: _Bundled) -> dict[str, Any]:
    documents = dict.fromkeys(evidence.doc_id for evidence in result.evidence)
    references = [
        bundled.reference("DocumentReference", "Composition", own_id=name) or {"display": name}
        for name in documents
    ]
    return _without_none(
        {
            "resourceType": "DetectedIssue",
            "status": "final",
            "code": {"text": result.id},
            "severity": "high" if SEVERITIES[result.status] == "error" else "moderate",
            "patient": bundled.subject(),
            "implicated": list(_implicated(bundled)) or None,
            "evidence": [{"detail": references}] if references else None,
            "detail": result.message,
        }
    )


def _implicated(bundled: _Bundled) -> Iterator[dict[str, str]]:
    for kind in ("Claim", "Procedure"):
        found = bundled.reference(kind)
        if found:
            yield found


def _binary(report: Report) -> dict[str, str]:
    data = base64.b64encode(report.model_dump_json().encode()).decode()
    return {"resourceType": "Binary", "contentType": "application/json", "data": data}


def _without_none(value: dict[str, Any]) -> dict[str, Any]:
    return {name: found for name, found in value.items() if found is not None}
