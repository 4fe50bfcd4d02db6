"""CDS Hooks: discovery, the service, and its feedback."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from notecheck.errors import InputError
from notecheck.serve.bodies import read_body
from notecheck.serve.cds_hooks.discovery import SERVICE, discovery
from notecheck.serve.cds_hooks.feedback import Feedback
from notecheck.serve.cds_hooks.fetching import with_attachments
from notecheck.serve.job import JSON
from notecheck.serve.problems import Refused
from notecheck.serve.routes.access import REFUSALS, Asker, Running, as_response

router = APIRouter(tags=["CDS Hooks"])
_MOST_FEEDBACK_BYTES = 100_000


@router.get("/cds-services")
async def services(caller: Asker) -> dict[str, Any]:
    """What an EHR can call, and what it should send along."""
    return discovery()


@router.post(f"/cds-services/{SERVICE}", responses=REFUSALS)
async def call(request: Request, service: Running, caller: Asker) -> Response:
    """Check the encounter that is discharged, and answer cards; none where 27596 is no matter."""
    limits = service.settings.limits
    body = await read_body(request, (JSON,), most=limits.body_bytes, seconds=limits.body_seconds)
    body = await with_attachments(body, service.settings.cds_clients)
    answer = await service.decide("cds-hooks", body, way="cds-hooks", by=caller.name)
    return as_response(answer)


@router.post(f"/cds-services/{SERVICE}/feedback", responses=REFUSALS)
async def feedback(request: Request, service: Running, caller: Asker) -> Response:
    """Log overridden cards as overrides by the user who got them."""
    body = await read_body(
        request, (JSON,), most=_MOST_FEEDBACK_BYTES, seconds=service.settings.limits.body_seconds
    )
    try:
        told = Feedback(body)
        drafts = await service.log.read(lambda log: told.drafts(log, caller.name))
    except InputError as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, error.message) from None
    for draft in drafts:
        await service.log.append(draft)
    return Response(status_code=HTTPStatus.OK)
