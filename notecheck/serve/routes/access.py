"""What every route begins with: the running service, and who asks."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from notecheck.serve.auth import Caller
from notecheck.serve.job import Answer
from notecheck.serve.problems import Refused
from notecheck.serve.scopes import SCOPES
from notecheck.serve.service import Service

REFUSALS: dict[int | str, dict[str, Any]] = {
    status.value: {"description": description, "content": {"application/problem+json": {}}}
    for status, description in {
        HTTPStatus.UNAUTHORIZED: "no valid key",
        HTTPStatus.FORBIDDEN: "the key has not the scope",
        HTTPStatus.REQUEST_TIMEOUT: "the body came too slowly",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "the body is too large",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "the body is of another type",
        HTTPStatus.UNPROCESSABLE_ENTITY: "the body is not what it should be; `detail` says where",
        HTTPStatus.TOO_MANY_REQUESTS: "too many wait; `Retry-After` says for how long",
        HTTPStatus.SERVICE_UNAVAILABLE: "no worker came to it, or the log failed: try again",
        HTTPStatus.GATEWAY_TIMEOUT: "the check took too long and was stopped",
    }.items()
}


def service_of(request: Request) -> Service:
    """The running service."""
    service: Service = request.app.state.service
    return service


def caller(request: Request) -> Caller:
    """Lets in who may ask the route, by `notecheck.serve.scopes`. Raises Refused."""
    route = request.method, request.scope["route"].path
    if route not in SCOPES:
        raise Refused(HTTPStatus.FORBIDDEN, "this path is open to nobody")
    return service_of(request).gate.caller(request, SCOPES[route])


Asker = Annotated[Caller, Depends(caller)]
Running = Annotated[Service, Depends(service_of)]
CodeInQuestion = Annotated[
    str | None, Query(description="The code to check, or `auto`: what the claim bills.")
]


def as_response(answer: Answer) -> Response:
    """The answer, with the id of its decision in the log."""
    headers = decision_header(answer)
    return Response(answer.body, answer.status, media_type=answer.media_type, headers=headers)


def decision_header(answer: Answer) -> dict[str, str]:
    """The header that names the decision in the log, where there is one."""
    return {"Notecheck-Decision": answer.draft.ref} if answer.draft else {}
