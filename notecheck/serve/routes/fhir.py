"""FHIR R4: one operation, `$check`."""

from __future__ import annotations

import json

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from notecheck.serve.bodies import read_body
from notecheck.serve.fhir.definitions import capabilities, operation_definition
from notecheck.serve.fhir.response import fhir_response
from notecheck.serve.job import FHIR, FHIR_XML, JSON
from notecheck.serve.routes.access import REFUSALS, Asker, CodeInQuestion, Running, decision_header

PREFIX = "/fhir"
_XML = ("application/xml", "text/xml")
router = APIRouter(prefix=PREFIX, tags=["FHIR"])


@router.post("/$check", responses=REFUSALS)
async def check(
    request: Request, service: Running, caller: Asker, code: CodeInQuestion = None
) -> Response:
    """Check a Bundle (or one DocumentReference, DiagnosticReport or Composition), as it is or as a
    parameter of Parameters, in JSON or XML.

    The answer is Parameters: `outcome` (OperationOutcome), `decision`, `guidance`
    (GuidanceResponse), an `issue` (DetectedIssue) for each requirement that is not met, and
    `report` (our report, as Binary). Refusals are OperationOutcome too. `Accept` or `_format` asks
    for JSON or XML.
    """
    limits = service.settings.limits
    body = await read_body(
        request, (FHIR, JSON, FHIR_XML, *_XML), most=limits.body_bytes, seconds=limits.body_seconds
    )
    answer = await service.decide("fhir", body, way="fhir", by=caller.name, code=code)
    headers = decision_header(answer)
    return fhir_response(request, json.loads(answer.body), answer.status, headers)


@router.get("/metadata")
async def metadata(request: Request, caller: Asker) -> Response:
    """The CapabilityStatement."""
    return fhir_response(request, capabilities())


@router.get("/OperationDefinition/check")
async def definition(request: Request, caller: Asker) -> Response:
    """The OperationDefinition of `$check`."""
    return fhir_response(request, operation_definition())
