"""FHIR R4: one operation, `$check`."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from notecheck.serve.bodies import read_body
from notecheck.serve.fhir.definitions import capabilities, operation_definition
from notecheck.serve.job import FHIR, FHIR_XML, JSON
from notecheck.serve.routes.access import REFUSALS, Asker, Running, as_response

PREFIX = "/fhir"
_XML = ("application/xml", "text/xml")
router = APIRouter(prefix=PREFIX, tags=["FHIR"])


@router.post("/$check", responses=REFUSALS)
async def check(request: Request, service: Running, caller: Asker) -> Response:
    """Check a Bundle (or one DocumentReference, DiagnosticReport or Composition), as it is or as a
    parameter of Parameters, in JSON or XML.

    The answer is Parameters: `outcome` (OperationOutcome), `decision`, `guidance`
    (GuidanceResponse), an `issue` (DetectedIssue) for each requirement that is not met, and
    `report` (our report, as Binary). Refusals are OperationOutcome too.
    """
    limits = service.settings.limits
    body = await read_body(
        request, (FHIR, JSON, FHIR_XML, *_XML), most=limits.body_bytes, seconds=limits.body_seconds
    )
    return as_response(await service.decide("fhir", body, way="fhir", by=caller.name))


@router.get("/metadata")
async def metadata(caller: Asker) -> JSONResponse:
    """The CapabilityStatement."""
    return JSONResponse(capabilities(), media_type=FHIR)


@router.get("/OperationDefinition/check")
async def definition(caller: Asker) -> JSONResponse:
    """The OperationDefinition of `$check`."""
    return JSONResponse(operation_definition(), media_type=FHIR)
