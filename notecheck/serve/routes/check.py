"""POST /v1/check: an encounter in, its report out."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from notecheck.models import Report
from notecheck.serve.bodies import read_body
from notecheck.serve.job import JSON
from notecheck.serve.routes.access import REFUSALS, Checker, Running, as_response

router = APIRouter(tags=["check"])


@router.post("/v1/check", response_model=Report, responses=REFUSALS)
async def check(request: Request, service: Running, caller: Checker) -> Response:
    """Check one encounter. The header `Notecheck-Decision` is its id in the audit log."""
    limits = service.settings.limits
    body = await read_body(request, (JSON,), most=limits.body_bytes, seconds=limits.body_seconds)
    return as_response(await service.decide("encounter", body, way="http", by=caller.name))
