"""FHIR R4: one operation, `$check`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from notecheck.serve.bodies import read_body
from notecheck.serve.job import FHIR, JSON
from notecheck.serve.routes.access import REFUSALS, Anyone, Checker, Running, as_response

PREFIX = "/fhir"
router = APIRouter(prefix=PREFIX, tags=["FHIR"])


@router.post("/$check", responses=REFUSALS)
async def check(request: Request, service: Running, caller: Checker) -> Response:
    """Check a Bundle (or one DocumentReference or Composition).

    The answer is Parameters: `outcome` (OperationOutcome), `decision`, `guidance`
    (GuidanceResponse), an `issue` (DetectedIssue) for each requirement that is not met, and
    `report` (our report, as Binary). Refusals are OperationOutcome too.
    """
    limits = service.settings.limits
    body = await read_body(
        request, (FHIR, JSON), most=limits.body_bytes, seconds=limits.body_seconds
    )
    return as_response(await service.decide("fhir", body, way="fhir", by=caller.name))


@router.get("/metadata")
async def metadata(caller: Anyone) -> JSONResponse:
    """The CapabilityStatement."""
    return JSONResponse(_CAPABILITIES, media_type=FHIR)


_CAPABILITIES: dict[str, Any] = {
    "resourceType": "CapabilityStatement",
    "status": "active",
    "date": "2026-01-01",
    "kind": "instance",
    "implementation": {"description": "notecheck: does the operative note document its code?"},
    "fhirVersion": "4.0.1",
    "format": ["application/fhir+json"],
    "rest": [
        {
            "mode": "server",
            "operation": [{"name": "check", "definition": "urn:notecheck:operation:check"}],
        }
    ],
}
