"""A FHIR resource as the response that the request asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from notecheck.serve.fhir.xml import fhir_xml
from notecheck.serve.job import FHIR, FHIR_XML

_XML = frozenset({FHIR_XML, "application/xml", "text/xml", "xml"})


def fhir_response(
    request: Request,
    resource: Mapping[str, Any],
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`resource` in JSON; in XML where `_format` or the first type of `Accept` is XML."""
    if _asked_for(request) in _XML:
        return Response(fhir_xml(resource), status, headers, FHIR_XML)
    return Response(json.dumps(resource), status, headers, FHIR)


def _asked_for(request: Request) -> str:
    told = request.query_params.get("_format") or request.headers.get("accept", "")
    return told.split(",")[0].split(";")[0].strip().lower()
