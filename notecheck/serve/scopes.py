"""What a client may do, and which scope each route asks for: the table its test is made from.

A route that is not in the table is closed to everybody.
"""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What a client may do."""

    CHECK = "check"
    OVERRIDE = "override"
    METRICS = "metrics"
    # At the workbench: see the queue, work on items, approve overrides, export.
    VIEW = "view"
    WORK = "work"
    APPROVE = "approve"
    ADMIN = "admin"


# None: any valid key will do.
SCOPES: dict[tuple[str, str], Scope | None] = {
    ("POST", "/v1/check"): Scope.CHECK,
    ("POST", "/v1/check/batch"): Scope.CHECK,
    ("POST", "/fhir/$check"): Scope.CHECK,
    ("POST", "/cds-services/notecheck-27596"): Scope.CHECK,
    ("POST", "/cds-services/notecheck-27596/feedback"): Scope.OVERRIDE,
    ("POST", "/v1/decisions/{decision}/override"): Scope.OVERRIDE,
    ("GET", "/metrics"): Scope.METRICS,
    ("GET", "/cds-services"): None,
    ("GET", "/fhir/metadata"): None,
    ("GET", "/fhir/OperationDefinition/check"): None,
    ("GET", "/healthz"): None,
    ("GET", "/readyz"): None,
    ("GET", "/openapi.json"): None,
    ("GET", "/docs"): None,
}
