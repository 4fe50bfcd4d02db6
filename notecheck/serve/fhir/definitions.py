"""What the service offers, as FHIR R4 defines it: CapabilityStatement and OperationDefinition."""

from __future__ import annotations

from typing import Any

OPERATION = "urn:notecheck:operation:check"
_DATE = "2026-11-01"


def operation_definition() -> dict[str, Any]:
    """The operation `$check`: Parameters in, Parameters out."""
    return {
        "resourceType": "OperationDefinition",
        "id": "check",
        "url": OPERATION,
        "name": "Check",
        "title": "Check the documentation of an operation",
        "status": "active",
        "kind": "operation",
        "date": _DATE,
        "description": "Whether the operative note documents what its billed code requires.",
        "affectsState": False,
        "code": "check",
        "system": True,
        "type": False,
        "instance": False,
        "parameter": [
            _parameter("resource", "in", "Resource", "A Bundle, or one document alone", 1, "1"),
            _parameter(
                "code", "in", "code", "The code to check; else what the claim bills", 0, "1"
            ),
            _parameter("outcome", "out", "OperationOutcome", "What is not met", 1, "1"),
            _parameter("decision", "out", "code", "pass, review, hold or not_concerned", 1, "1"),
            _parameter("guidance", "out", "GuidanceResponse", "The decision's id", 1, "1"),
            _parameter("issue", "out", "DetectedIssue", "A requirement that is not met", 0, "*"),
            _parameter("report", "out", "Binary", "The whole report, as JSON", 1, "1"),
        ],
    }


def capabilities() -> dict[str, Any]:
    """The CapabilityStatement of the service."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": _DATE,
        "kind": "instance",
        "software": {"name": "notecheck"},
        "implementation": {"description": "notecheck: does the operative note document its code?"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "application/fhir+xml"],
        "rest": [
            {"mode": "server", "operation": [{"name": "check", "definition": OPERATION}]},
        ],
    }


def _parameter(
    name: str, use: str, kind: str, documentation: str, least: int, most: str
) -> dict[str, Any]:
    return {
        "name": name, "use": use, "min": least, "max": most, "documentation": documentation,
        "type": kind,
    }  # fmt: skip
