"""POST /v1/check: an encounter in, its report out."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from notecheck.models import Report
from notecheck.serve.bodies import media_type, read_body
from notecheck.serve.job import FHIR, FHIR_XML, JSON
from notecheck.serve.routes.access import REFUSALS, Asker, CodeInQuestion, Running, as_response

router = APIRouter(tags=["check"])
# Every format that the readers take; what a body really is, its content tells.
_FORMATS = (
    FHIR, FHIR_XML, "text/plain", "text/html", "text/xml", "application/xml", "application/pdf",
    "application/rtf", "text/rtf", "application/hl7-v2", "application/hl7-v2+er7",
    "x-application/hl7-v2+er7",
    "application/cda+xml", "message/rfc822", "application/vnd.ms-outlook",
    "image/tiff", "image/png", "image/jpeg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-word.document.macroenabled.12", "application/msword",
    "application/vnd.oasis.opendocument.text", "application/zip", "application/xhtml+xml",
    "application/octet-stream",
)  # fmt: skip


@router.post("/v1/check", response_model=Report, responses=REFUSALS)
async def check(
    request: Request, service: Running, caller: Asker, code: CodeInQuestion = None
) -> Response:
    """Check one encounter, in our shape (`application/json`) or in any format that is read.

    The body may be compressed (`Content-Encoding: gzip`). The header `Notecheck-Decision` is its
    id in the audit log.
    """
    limits = service.settings.limits
    body = await read_body(
        request, (JSON, *_FORMATS), most=limits.body_bytes, seconds=limits.body_seconds
    )
    name = "" if media_type(request) == JSON else "request"
    return as_response(
        await service.decide("encounter", body, way="http", by=caller.name, name=name, code=code)
    )
